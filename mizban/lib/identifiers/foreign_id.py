"""کد فراگیر: twelve digits of a foreign person (formats.md §3).

No check digit is public, so an inquiry must confirm it.
"""

from ..text import persian_digits
from .malformed import Malformed
from .rules import RULES, Rules
from .typed import bare_digits

LENGTH = 12
_ASKED = "کد فراگیر اتباع ۱۲ رقم است؛ نمونه: ۱۰۵۱۲۳۴۵۶۷۸۹"


def parse(text: str, *, rules: Rules = RULES) -> str:
    """Return the twelve ASCII digits of a typed foreign person's code; Malformed when it cannot be one."""
    digits = bare_digits(text, asked=_ASKED)
    if len(digits) != LENGTH:
        raise Malformed("wrong-length", f"شما {persian_digits(len(digits))} رقم نوشته‌اید. {_ASKED}")
    if digits[0] not in rules.foreign_id_first_digits:
        raise Malformed("wrong-start", f"کد فراگیر با صفر آغاز نمی‌شود. {_ASKED}")
    return digits


def show(value: str) -> str:
    """Return a stored code in Persian digits."""
    return persian_digits(value)
