"""What the calendar refuses, one name for each reason."""

from mizban.core.refusals import Refusal


class CalendarError(Refusal):
    """Something a calendar cannot do; `detail` says to the log which value was wrong."""

    code = "calendar"
    status = 422
    message = "این کار با تقویم کاری ممکن نیست."

    def __init__(self, detail: str = "") -> None:
        super().__init__()
        self.detail = detail

    def __str__(self) -> str:
        """The code, and what was wrong where it is known."""
        return f"{self.code}: {self.detail}" if self.detail else self.code


class NaiveTime(CalendarError):
    """A time without a zone: nobody can say which minute it means."""

    code = "naive-time"
    message = "زمان بدون منطقهٔ زمانی پذیرفته نمی‌شود."


class NoWorkingTime(CalendarError):
    """A week in which the office never opens: no deadline would ever come."""

    code = "no-working-time"
    message = "هفتهٔ کاری باید دست‌کم یک نوبت کاری داشته باشد."


class BadShift(CalendarError):
    """A shift that ends before it starts, or runs into the next one."""

    code = "bad-shift"
    message = "ساعت آغاز و پایان نوبت کاری درست نیست."


class FridayIsOff(CalendarError):
    """Friday is the weekly day off by law."""

    code = "friday-is-off"
    message = "جمعه روز کاری نیست."


class BadClosure(CalendarError):
    """A closure that ends before it starts."""

    code = "bad-closure"
    message = "ساعت پایان تعطیلی باید پس از آغاز آن باشد."


class BadSeason(CalendarError):
    """Seasonal hours that end before they start."""

    code = "bad-season"
    message = "پایان ساعت کار فصلی باید پس از آغاز آن باشد."


class NotAWorkingDay(CalendarError):
    """A day off has no closing time."""

    code = "not-a-working-day"
    message = "این روز، روز کاری نیست."


class BeyondCalendar(CalendarError):
    """A date no calendar of today can speak about."""

    code = "beyond-calendar"
    message = "این تاریخ بیرون از بازهٔ تقویم است."


class NegativeAmount(CalendarError):
    """Targets and steps count forwards only."""

    code = "negative-amount"
    message = "مهلت نمی‌تواند منفی باشد."


class PauseBackwards(CalendarError):
    """A pause that ends before it starts."""

    code = "pause-backwards"
    message = "پایان توقف باید پس از آغاز آن باشد."


class AfterTheFact(CalendarError):
    """Working time that has passed would be closed: two officers decide that."""

    code = "after-the-fact"
    message = "بخشی از این زمان گذشته است؛ تعطیلی پس از وقوع را مسئول دومی هم باید تأیید کند."


class ComesTooLate(CalendarError):
    """A change that could make a past deadline earlier."""

    code = "comes-too-late"
    message = "این تغییر از فردا به بعد ممکن است؛ روزهای گذشته و امروز همان که بود می‌ماند."


class NotIndependent(CalendarError):
    """Two accounts are not two people where the first officer held the password or gave the role of the second."""

    code = "not-independent"
    status = 403
    message = (
        "پیشنهاددهنده در هفت روز پیش از پیشنهاد یا پس از آن، حساب، سمت یا گذرواژهٔ شما را داده است؛ "
        "همکار دیگری آن را تأیید کند."
    )


class NeedsAnotherOfficer(CalendarError):
    """Whoever proposed a late closure does not confirm it, nor does who stands in for them."""

    code = "needs-another-officer"
    status = 403
    message = "پیشنهاد را کس دیگری تأیید می‌کند: مسئول سایت دیگر یا مدیرکل."


class AlreadyDecided(CalendarError):
    """Somebody was quicker."""

    code = "already-decided"
    status = 409
    message = "دربارهٔ این پیشنهاد پیش‌تر تصمیم گرفته شده است."


class CalendarMissing(CalendarError):
    """An agency for which nobody has made a calendar yet."""

    code = "calendar-missing"
    status = 409
    message = "برای این دستگاه هنوز تقویم کاری ساخته نشده است."
