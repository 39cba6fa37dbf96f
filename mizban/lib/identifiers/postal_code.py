"""کد پستی: ten digits with a hard rule and a softer one, over which sources disagree (formats.md §6)."""

import re

from ..text import persian_digits
from .malformed import Malformed
from .typed import bare_digits

LENGTH = 10
_ASKED = "کد پستی ۱۰ رقم است؛ نمونه: ۵۱۶۶۶۱۶۴۷۱"
_HARD = re.compile(r"(?!([0-9])\1{3})[13-9]{5}[0-9]{5}")
_SOFT = re.compile(r"[13-9]{4}[1346-9](?!00000)[013-9]{5}")


def parse(text: str) -> str:
    """Return the ten ASCII digits of a typed postal code; Malformed when the hard rule forbids it."""
    digits = bare_digits(text, asked=_ASKED)
    if len(digits) != LENGTH:
        raise Malformed("wrong-length", f"شما {persian_digits(len(digits))} رقم نوشته‌اید. {_ASKED}")
    if not _HARD.fullmatch(digits):
        raise Malformed(
            "never-issued", f"پنج رقم اول کد پستی ۰ و ۲ ندارد و چهار رقم اول یکسان نیست. {_ASKED}"
        )
    return digits


def looks_unusual(value: str) -> bool:
    """Say whether a stored code breaks the softer rule: worth a question, never a refusal."""
    return not _SOFT.fullmatch(value)


def show(value: str) -> str:
    """Return a stored postal code in Persian digits."""
    return persian_digits(value)
