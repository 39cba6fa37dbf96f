"""شناسه ملی: eleven digits of a company or a body, the last one a check digit (formats.md §2)."""

from ..text import persian_digits
from .malformed import Malformed
from .typed import bare_digits

LENGTH = 11
_ASKED = "شناسهٔ ملی ۱۱ رقم است؛ نمونه: ۱۰۳۸۰۲۸۴۷۹۰"
_WEIGHTS = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)


def parse(text: str) -> str:
    """Return the eleven ASCII digits of a typed legal national id; Malformed when it cannot be one."""
    digits = bare_digits(text, asked=_ASKED)
    if len(digits) != LENGTH:
        raise Malformed("wrong-length", f"شما {persian_digits(len(digits))} رقم نوشته‌اید. {_ASKED}")
    if digits[3:9] == "000000":
        raise Malformed("never-issued", f"چنین شناسه‌ای صادر نمی‌شود. {_ASKED}")
    if digits[-1] != check_digit(digits[:-1]):
        raise Malformed("check-digit", "رقم آخر با بقیه جور نیست. شناسه را از روی آگهی ثبت دوباره بنویسید.")
    return digits


def check_digit(first_ten: str) -> str:
    """Return the eleventh digit that belongs to ten ASCII digits."""
    key = int(first_ten[-1]) + 2
    rest = sum((int(digit) + key) * weight for digit, weight in zip(first_ten, _WEIGHTS, strict=True)) % 11
    return str(rest % 10)


def show(value: str) -> str:
    """Return a stored legal id in Persian digits."""
    return persian_digits(value)
