"""Why something about a breach is not done."""

from mizban.core.refusals import Refusal


class NotBroken(Refusal):
    """A new date is given only after a promise was broken, while the answer is owed."""

    code = "promise-not-broken"
    status = 409
    message = "موعد تازه تنها برای پرونده‌ای است که موعدش گذشته و هنوز پاسخ نگرفته است."


class DateGiven(Refusal):
    """The new date is changed once."""

    code = "new-date-given"
    status = 409
    message = "موعد تازهٔ این پرونده یک بار تغییر کرده است و دیگر تغییر نمی‌کند."


class Acknowledged(Refusal):
    """Somebody was quicker."""

    code = "already-acknowledged"
    status = 409
    message = "این ارجاع پیش‌تر دیده و پاسخ داده شده است."
