"""VIN: seventeen characters without I, O and Q (formats.md §9)."""

import re

from .malformed import Malformed
from .typed import bare_capitals

LENGTH = 17
_ASKED = "شمارهٔ VIN هفده حرف و رقم لاتین است؛ نمونه: NAAM01CA5DE123456"
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")


def parse(text: str) -> str:
    """Return a typed VIN in capitals and ASCII digits; Malformed otherwise.

    The check digit in the ninth place is a North American rule that Iranian makers need not keep: not asked.
    """
    value = bare_capitals(text, asked=_ASKED)
    if any(letter in "IOQ" for letter in value):
        raise Malformed("forbidden-letter", f"VIN حرف‌های I و O و Q ندارد؛ شاید رقم ۱ یا ۰ باشد. {_ASKED}")
    if not _VIN.fullmatch(value):
        raise Malformed("not-a-vin", f"این VIN نیست یا نویسه‌ای کم و زیاد دارد. {_ASKED}")
    return value
