"""Why something is not done. One class per reason; the doors turn them into a page or a problem document."""

from collections.abc import Mapping

from mizban.lib.identifiers.malformed import Malformed


class Refusal(Exception):
    """`code` for programs, `status` for HTTP, `message` for people (Persian)."""

    code = "refused"
    status = 409
    message = "این کار اکنون شدنی نیست."

    def __init__(self, message: str = "") -> None:
        self.message = message or self.message
        super().__init__(self.code)


class FormRefused(Refusal):
    """A form has errors; `errors` has them all, by field name."""

    code = "form-refused"
    status = 422
    message = "چند پاسخ نیاز به اصلاح دارد."

    def __init__(self, errors: Mapping[str, Malformed]) -> None:
        super().__init__()
        self.errors = dict(errors)


class NotFound(Refusal):
    """There is no such thing, or this actor may not know of it: the same answer for both."""

    code = "not-found"
    status = 404
    message = "چنین صفحه‌ای نیست. شاید نشانی جابه‌جا شده است."


class NotYours(Refusal):
    """The actor sees the case but this step belongs to somebody else."""

    code = "not-yours"
    status = 403
    message = "این گام با شما نیست."


class TooManyTries(Refusal):
    """Guessing is slowed down by address; never the applicant's own case."""

    code = "too-many-tries"
    status = 429
    message = "چند بار پیاپی نادرست بود. ۱۵ دقیقهٔ دیگر دوباره بیازمایید."
