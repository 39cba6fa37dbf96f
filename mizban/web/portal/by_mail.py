"""The form that asks for news by mail, wherever it stands."""

from dataclasses import dataclass, field

from mizban.core.agencies.models import Agency
from mizban.core.declarations.fields import Field
from mizban.kit.environment import url
from mizban.kit.forms import Bound
from mizban.office.mailing.chosen import is_on

FIELD = Field(
    "email",
    "email",
    "نشانی ایمیل",
    help="رمزشده نگه داشته می‌شود و جز برای همین به کار نمی‌رود؛ پای هر ایمیل پیوندی برای پایان آن است.",
    max_length=254,
)


@dataclass(frozen=True, slots=True)
class ByMail:
    """What is promised, where the form leads, its one question, and the page to go back to (words, address)."""

    promise: str
    address: str
    back: tuple[str, str]
    bound: Bound = field(default_factory=lambda: Bound(FIELD))


def by_mail(agency: Agency | None) -> ByMail | None:
    """The form for an office, or for all; None where no mail is sent."""
    if not is_on():
        return None
    if agency is None:
        promise = "قطعی، نگهداری و اطلاعیه‌های همهٔ دستگاه‌های این درگاه را همان دم به شما ایمیل می‌کنیم."
        return ByMail(promise, url("portal:site-mail"), ("وضعیت درگاه‌ها", url("portal:site-status")))
    return ByMail(
        f"قطعی، نگهداری و اطلاعیه‌های «{agency.short_name}» را همان دم به شما ایمیل می‌کنیم.",
        url("portal:mail", agency.slug),
        ("وضعیت درگاه", url("portal:status", agency.slug)),
    )


def of_case() -> ByMail | None:
    """The form on the way from a case's own page."""
    if not is_on():
        return None
    promise = "اگر درگاه قطع یا برای نگهداری بسته شود و وقتی دوباره باز شد، ایمیل می‌زنیم؛ تا وقتی درخواست شما باز است."
    return ByMail(promise, url("portal:case-mail"), ("بازگشت به درخواست", url("portal:case")))
