"""Why something is not done with an agreement, one class a reason."""

from collections.abc import Sequence

from mizban.core.refusals import NotYours, Refusal

from .gate import Obstacle


class ValidityBackwards(Refusal):
    """The last day stands before the first."""

    code = "validity-backwards"
    status = 422
    message = "پایان اعتبار پیش از آغاز آن است. یکی از دو تاریخ را اصلاح کنید."


class TwoInForce(Refusal):
    """A second version, or another agreement of the same service, would bind at the same time."""

    code = "two-in-force"
    message = "در یک زمان تنها یک نسخه می‌تواند پابرجا باشد و این خدمت اکنون توافق‌نامهٔ دیگری دارد."


class OneOnItsWay(Refusal):
    """Another version of the agreement waits for its signatures or for its first day."""

    code = "version-on-its-way"
    message = "نسخهٔ دیگری از این توافق‌نامه در انتظار امضا یا آغاز است. نخست کار آن را تمام کنید."


class NotTheDirector(NotYours):
    """Who signs holds no office that could: the director-general of a party signs, nobody else."""

    code = "not-the-director"
    message = "توافق‌نامه را تنها مدیرکل همین دستگاه، یا مدیرکل دستگاه طرف آن، امضا می‌کند."


class NothingToSign(Refusal):
    """The version does not wait for this party's signature."""

    code = "nothing-to-sign"
    message = "این نسخه در انتظار امضای دستگاه شما نیست."


class TextChanged(Refusal):
    """What is stored is not what was shown: the hash of the document differs."""

    code = "text-changed"
    message = "متن از هنگامی که آن را دیدید تغییر کرده است. دوباره بخوانید و امضا کنید."


class EffectNotCounted(Refusal):
    """The new promise was not yet held against last year's cases."""

    code = "effect-not-counted"
    message = "اثر مهلت تازه بر پرونده‌های سال گذشته هنوز شمرده نشده است. چند لحظهٔ دیگر دوباره بیازمایید."


class Obstructed(Refusal):
    """A draft cannot be sent for signature; `obstacles` says what stands in the way."""

    code = "draft-obstructed"
    status = 422
    message = "این پیش‌نویس هنوز برای امضا آماده نیست."

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__()
        self.obstacles = list(obstacles)


class ChangedMeanwhile(Refusal):
    """Somebody else changed the draft since the page was shown."""

    code = "changed-meanwhile"
    message = "همکار دیگری این پیش‌نویس را تغییر داد. صفحه را دوباره ببینید."


class AlreadySent(Refusal):
    """A draft that was sent for signature is not changed."""

    code = "already-sent"
    message = "این پیش‌نویس برای امضا فرستاده شده است و دیگر تغییر نمی‌کند."


class NoVerifiedBackup(Refusal):
    """An end without a backup that was restored and compared."""

    code = "no-verified-backup"
    message = "تا پشتیبان داده‌های کاربران ساخته، بازگردانی و با اصل مقایسه نشود، پایان امضا نمی‌شود."


class BackupOutdated(NoVerifiedBackup):
    """Something happened to the cases since the backup."""

    code = "backup-outdated"
    message = "پس از پشتیبان‌گیری، پرونده‌ای تازه شده است. پشتیبان تازه‌ای بگیرید."


class Ended(Refusal):
    """What was ended is not taken up again: its users' data are on their way to erasure."""

    code = "agreement-ended"
    message = "این توافق‌نامه پایان یافته است. برای ادامهٔ خدمت توافق‌نامهٔ تازه‌ای بنویسید."


class NothingInForce(Refusal):
    """There is no version to replace or end."""

    code = "nothing-in-force"
    message = "این توافق‌نامه نسخهٔ پابرجایی ندارد."


class StillOpen(Refusal):
    """Whoever waits for an answer would never get one."""

    code = "still-open"
    message = "هنوز پرونده‌ای از این توافق‌نامه باز است. نخست همهٔ پرونده‌ها را به پایان برسانید."


class StillKept(Refusal):
    """The retention time is not over."""

    code = "still-kept"
    message = "زمان نگهداری داده‌ها هنوز به پایان نرسیده است."
