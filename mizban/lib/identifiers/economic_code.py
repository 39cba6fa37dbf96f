"""کد اقتصادی: a legal id, a national id and four digits, or the old twelve digits (formats.md §11)."""

from ..text import persian_digits
from . import legal_id, national_id
from .malformed import Malformed
from .rules import RULES, Rules
from .typed import bare_digits

_ASKED = "کد اقتصادی شناسهٔ ملی ۱۱ رقمی یا کد ملی با ۴ رقم پس از آن است؛ نمونه: ۱۰۳۸۰۲۸۴۷۹۰"


def parse(text: str, *, rules: Rules = RULES) -> str:
    """Return the ASCII digits of a typed economic code; Malformed when it cannot be one."""
    digits = bare_digits(text, asked=_ASKED)
    if len(digits) == legal_id.LENGTH:
        return legal_id.parse(digits)
    if len(digits) == national_id.LENGTH + 4:
        return _of_a_person(digits)
    if len(digits) == 12 and rules.old_economic_code_accepted:
        return digits
    raise Malformed("wrong-length", f"شما {persian_digits(len(digits))} رقم نوشته‌اید. {_ASKED}")


def show(value: str) -> str:
    """Return a stored economic code in Persian digits."""
    return persian_digits(value)


def _of_a_person(digits: str) -> str:
    try:
        national_id.parse(digits[: national_id.LENGTH])
    except Malformed as error:
        raise Malformed(error.code, f"ده رقم اول، کد ملی درستی نیست. {_ASKED}") from error
    return digits
