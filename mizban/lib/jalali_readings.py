"""How a typed date may be read: text to (year, month, day), before a calendar is asked (formats.md §13)."""

import re

from .identifiers.malformed import Malformed
from .text import search_key

EXAMPLE = "نمونه: ۱۴۰۵/۰۸/۲۹"
_LONGEST_TYPED = 60
# A Persian keyboard gives several slashes, dashes and points for the same key.
_BETWEEN = r"(?: ?[/\\.٫⁄∕\-–−] ?| )"
_GROUPS = re.compile(rf"([0-9]{{1,4}}){_BETWEEN}([0-9]{{1,2}}){_BETWEEN}([0-9]{{1,4}})")


class MalformedDate(Malformed):
    """What was typed is no Jalali date, or could be more than one."""


def readings(text: str, *, this_year: int) -> list[tuple[int | None, int, int]]:
    """Return the (year, month, day) a typed date may mean, likeliest first; MalformedDate when unreadable.

    A group of four digits is the year, wherever it stands. With two-digit years both orders are read, and
    `this_year` places the century; the year is None where the century is unsure.
    """
    found = _GROUPS.fullmatch(search_key(text)) if len(text) <= _LONGEST_TYPED else None
    if not found:
        raise MalformedDate("not-a-date", f"تاریخ را با سال، ماه و روز شمسی بنویسید؛ {EXAMPLE}")
    first, middle, last = found.groups()
    if len(first) == 4 and len(last) <= 2:
        orders = [(first, middle, last)]
    elif len(last) == 4 and len(first) <= 2:
        orders = [(last, middle, first)]
    elif len(first) <= 2 and len(last) <= 2:
        orders = [(first, middle, last), (last, middle, first)]
    else:
        raise unsure()
    return [(_placed(year, this_year), int(month), int(day)) for year, month, day in orders]


def unsure() -> MalformedDate:
    """Return the question to ask when what was typed has more than one meaning."""
    return MalformedDate("unsure-year", f"سال را با چهار رقم بنویسید تا تاریخ روشن باشد؛ {EXAMPLE}")


def _placed(typed: str, this_year: int) -> int | None:
    """Place a two-digit year between 74 years ago and five years ahead; None when the century is unsure.

    From six to 25 years ahead both centuries are likely: «۲۵» is a birth year of 1325 or the end of a loan
    in 1425.
    """
    if len(typed) == 4:
        return int(typed)
    if len(typed) == 1:
        return None
    ahead = (int(typed) - this_year + 74) % 100 - 74
    return this_year + ahead if ahead <= 5 else None
