"""Why a report is not made, signed or published, one class a reason."""

from mizban.core.refusals import NotYours, Refusal


class MonthNotOver(Refusal):
    """The month still runs, or has not begun."""

    code = "month-not-over"
    status = 422
    message = "این ماه هنوز به پایان نرسیده است. گزارش هر ماه از نخستین روز ماه پس از آن ساخته می‌شود."


class NothingPromised(Refusal):
    """No agreement bound the office in that month."""

    code = "nothing-promised"
    status = 422
    message = "در این ماه توافق‌نامه‌ای پابرجا نبود تا گزارشی از آن ساخته شود."


class OnlyTheDirectorSigns(NotYours):
    """Who signs does not hold the office: the director-general of this very office signs, nobody else."""

    code = "not-the-director"
    message = "گزارش را تنها مدیرکل همین دستگاه امضا می‌کند."


class AlreadySigned(Refusal):
    """A report is signed once, and from then on never made anew."""

    code = "report-signed"
    message = "این گزارش امضا شده است و دیگر نه تغییر می‌کند و نه دوباره امضا می‌شود."


class NotMadeYet(Refusal):
    """There is nothing to sign: the report is being made, or could not be."""

    code = "report-not-made"
    message = "این گزارش هنوز آماده نیست. چند لحظهٔ دیگر دوباره ببینید."


class NumbersChanged(Refusal):
    """What is stored is not what was shown: the report was made anew since."""

    code = "numbers-changed"
    message = "این گزارش از هنگامی که آن را دیدید دوباره ساخته شده است. دوباره بخوانید و امضا کنید."


class NotSignedYet(Refusal):
    """Only what the director signed is published."""

    code = "report-not-signed"
    message = "تنها گزارش امضاشده منتشر می‌شود."
