"""What is refused about probes, outages and maintenance, one name for each reason."""

from mizban.core.refusals import Refusal


class AvailabilityRefusal(Refusal):
    status = 422


class ProbeInFuture(AvailabilityRefusal):
    """The prober's clock is ahead of ours."""

    code = "probe-in-future"
    message = "ساعت این سنجشگر جلوتر از ساعت درگاه است؛ ساعت دستگاه را درست کنید."


class ProbeLongPast(AvailabilityRefusal):
    """Too old to be believed, or its day is already vouched for."""

    code = "probe-long-past"
    message = "زمان این سنجش بیش از یک شبانه‌روز گذشته است و دیگر پذیرفته نمی‌شود؛ ساعت سنجشگر را هم ببینید."


class UnknownTarget(AvailabilityRefusal):
    """Nothing of that name is probed at that office."""

    code = "unknown-target"
    message = "چنین هدفی برای سنجش نیست."


class AlreadyRunning(AvailabilityRefusal):
    """One outage at a time: what breaks meanwhile is part of it."""

    code = "outage-already-running"
    status = 409
    message = "برای این اداره قطعی دیگری باز است؛ نخست آن را ببندید."


class NotRunning(AvailabilityRefusal):
    """It ended before."""

    code = "outage-not-running"
    status = 409
    message = "این قطعی پیش‌تر پایان یافته است."


class OutageAhead(AvailabilityRefusal):
    """An outage is what happens, not what is planned."""

    code = "outage-ahead"
    message = "قطعی نمی‌تواند در آینده باشد؛ برای کار برنامه‌ریزی‌شده «نگهداری» ثبت کنید."


class EndsBeforeItBegins(AvailabilityRefusal):
    code = "ends-before-it-begins"
    message = "پایان باید پس از آغاز باشد."


class OverlapsAnother(AvailabilityRefusal):
    """Two outages in one hour would be counted twice."""

    code = "outage-overlaps"
    message = "در این زمان قطعی دیگری ثبت شده است."


class EvidenceMissing(AvailabilityRefusal):
    """A telecom outage lowers what the office owes: somebody else must have written that it was."""

    code = "telecom-evidence-missing"
    message = "قطعی مخابرات بدون مدرک ثبت نمی‌شود: شمارهٔ نامه یا پیگیری، و نام صادرکننده لازم است."


class EvidenceAhead(AvailabilityRefusal):
    code = "telecom-evidence-ahead"
    message = "تاریخ مدرک نمی‌تواند در آینده باشد."


class WindowBegun(AvailabilityRefusal):
    """What has begun cannot be announced beforehand."""

    code = "maintenance-already-begun"
    message = "آغاز نگهداری باید در آینده باشد؛ برای آنچه اکنون در دسترس نیست «قطعی» ثبت کنید."


class TooLate(AvailabilityRefusal):
    """Announced later than the office owes (S0–S3, 3.5): refused, unless it is marked as late with its reason."""

    code = "maintenance-too-late"


class WindowOverlaps(AvailabilityRefusal):
    """Two windows at once: one of them is enough, or they are to be one."""

    code = "maintenance-overlaps"


class WindowTooLong(AvailabilityRefusal):
    """Weeks of maintenance are a closure."""

    code = "maintenance-too-long"
    message = "نگهداری بیش از یک هفته پذیرفته نمی‌شود؛ آن را چند پنجره کنید."


class WindowOver(AvailabilityRefusal):
    code = "maintenance-over"
    status = 409
    message = "این نگهداری پایان یافته یا لغو شده است."
