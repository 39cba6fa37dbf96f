"""کد ملی: ten digits of a person, the last one a check digit (formats.md §1)."""

from ..text import persian_digits
from .malformed import Malformed
from .typed import bare_digits, is_digits

LENGTH = 10
HIDDEN = "•••"
_ASKED = "کد ملی ۱۰ رقم است؛ نمونه: ۰۰۶۵۱۲۳۴۹۲"


def parse(text: str) -> str:
    """Return the ten ASCII digits of a typed national id; Malformed when it cannot be one."""
    digits = bare_digits(text, asked=_ASKED)
    _check_length(digits)
    # Ten equal digits pass the check digit; 000 and a middle of zeros are never issued.
    if len(set(digits)) == 1 or digits.startswith("000") or digits[3:9] == "000000":
        raise Malformed("never-issued", "چنین کد ملی‌ای صادر نمی‌شود. کد را از روی کارت ملی دوباره بنویسید.")
    if digits[-1] != check_digit(digits[:-1]):
        raise Malformed("check-digit", "رقم آخر با بقیه جور نیست. کد را از روی کارت ملی دوباره بنویسید.")
    return digits


def check_digit(first_nine: str) -> str:
    """Return the tenth digit that belongs to nine ASCII digits."""
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(first_nine)) % 11
    return str(rest if rest < 2 else 11 - rest)


def show(value: str) -> str:
    """Return a stored national id in Persian digits."""
    return persian_digits(value)


def mask(value: str) -> str:
    """Return it for lists, with its middle hidden: «۰۵۲•••۲۷۳۴» (service_desk_rules.md §9)."""
    if len(value) != LENGTH or not is_digits(value):
        return HIDDEN
    return persian_digits(value[:3] + HIDDEN + value[-4:])


def _check_length(digits: str) -> None:
    if len(digits) in {8, 9}:
        raise Malformed(
            "leading-zero",
            f"کد ملی ۱۰ رقم است و شما {persian_digits(len(digits))} رقم نوشته‌اید. "
            "اگر با صفر آغاز می‌شود، صفرهای اول را هم بنویسید؛ نمونه: ۰۰۶۵۱۲۳۴۹۲",
        )
    if len(digits) != LENGTH:
        raise Malformed("wrong-length", f"شما {persian_digits(len(digits))} رقم نوشته‌اید. {_ASKED}")
