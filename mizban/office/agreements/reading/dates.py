"""Dates in a sentence: Jalali or Gregorian, in any order, with two-digit years, in words or as «پایان سال»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from mizban.lib.jalali import MONTHS, from_jalali, iso, month_length, to_jalali
from mizban.lib.text import search_key

_SEPARATOR = r"\s*[/\\∕⁄.\-–٫]\s*"
_TRIPLE = re.compile(
    rf"(?<![\d/.\-])(\d{{1,4}}){_SEPARATOR}(\d{{1,4}}){_SEPARATOR}(\d{{1,4}})(?![\d/]|[.\-]\d)"
)
_MONTH = "|".join([*map(search_key, MONTHS), "امرداد"])
_LATIN = {
    "farvardin": 1, "ordibehesht": 2, "khordad": 3, "tir": 4, "mordad": 5, "shahrivar": 6, "mehr": 7,
    "aban": 8, "azar": 9, "dey": 10, "day": 10, "bahman": 11, "esfand": 12,
}  # fmt: skip
_ENGLISH = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_LATIN_MONTH = "|".join([*_LATIN, *_ENGLISH, *(name[:3] for name in _ENGLISH)])
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*(?:ام|م|th|st|nd|rd|of|\s)*\s*({_MONTH}|{_LATIN_MONTH})\s*(?:ماه)?,?\s*(?:سال|of)?\s*(\d{{4}}|\d{{2}})(?!\d)"
)
_MONTH_DAY = re.compile(rf"\b({_LATIN_MONTH})\s*(\d{{1,2}})(?:th|st|nd|rd)?,?\s*(\d{{4}})(?!\d)")
_YEAR_END = re.compile(
    rf"(?:پایان|آخر|انتهای|اخر|end of)\s*(?:the\s*)?(?:year"
    rf"|روز)?\s*(?:({_MONTH})\s*(?:ماه)?)?\s*(?:سال|year)?\s*(?:جاری|مالی"
    rf"|شمسی)?\s*(?<!\d)(1[34]\d\d)(?![\d/\-])"
)
_MONTH_END = re.compile(
    rf"(?:پایان|آخر|انتهای|اخر)\s*({_MONTH})\s*(?:ماه)?\s*(?:سال)?\s*(?<!\d)(\d\d)(?![\d/\-])"
)
_YEAR_START = re.compile(
    rf"(?:ابتدای|اول|آغاز|اغاز|start of"
    rf"|beginning of)\s*(?:the\s*)?(?:({_MONTH})\s*(?:ماه)?)?\s*(?:سال"
    rf"|year)?\s*(?<!\d)(1[34]\d\d)(?![\d/\-])"
)
_WHOLE_YEAR = re.compile(r"(?:برای|در|طی|for)\s*(?:the\s*)?(?:سال|year)\s*(1[34]\d\d)(?![\d/\-])")
_ORDINALS = {
    "یکم": 1, "اول": 1, "دوم": 2, "سوم": 3, "چهارم": 4, "پنجم": 5, "ششم": 6, "هفتم": 7, "هشتم": 8, "نهم": 9,
    "دهم": 10, "یازدهم": 11, "دوازدهم": 12, "سیزدهم": 13, "چهاردهم": 14, "پانزدهم": 15, "شانزدهم": 16,
    "هفدهم": 17, "هجدهم": 18, "نوزدهم": 19, "بیستم": 20, "سی ام": 30,
}  # fmt: skip
_TWENTIES = re.compile(rf"(بیست|سی) و ({'|'.join(_ORDINALS)})(?=\s*(?:{_MONTH}))")
_ORDINAL = re.compile(rf"({'|'.join(_ORDINALS)})(?=\s*(?:{_MONTH}))")
_JALALI = range(1300, 1500)
_GREGORIAN = range(1900, 2101)
_YEARS_AHEAD = 5


@dataclass(frozen=True)
class Mention:
    """A date as written: the text before and after it, and the day, or None where no such day exists."""

    written: str
    before: str
    after: str
    day: date | None
    spans_year: bool = False

    @property
    def jalali(self) -> str | None:
        """The day as Jalali «YYYY-MM-DD»."""
        return iso(self.day) if self.day else None


@lru_cache(maxsize=512)
def mentions(text: str, *, this_year: int, english: bool = False) -> tuple[Mention, ...]:
    """Every full date of a text in order; `this_year` is the present Jalali year, which places two-digit ones."""
    folded = _ordinals(search_key(text.replace("،", " ، ")))
    taken: list[tuple[int, int]] = []
    out: list[tuple[int, Mention]] = []
    for start, end, day, whole in _candidates(folded, this_year, english=english):
        if not any(a < end and start < b for a, b in taken):
            taken.append((start, end))
            out.append((start, Mention(folded[start:end], folded[:start], folded[end:], day, whole)))
    return tuple(mention for _, mention in sorted(out, key=lambda pair: pair[0]))


def _candidates(text: str, this_year: int, *, english: bool) -> Iterator[tuple[int, int, date | None, bool]]:
    for found in _TRIPLE.finditer(text):
        read = _triple(found.groups(), this_year, english=english)
        if read is not None:
            yield found.start(), found.end(), _day(*read), False
    for found in _DAY_MONTH.finditer(text):
        yield found.start(), found.end(), _named(found[3], found[2], found[1], this_year), False
    for found in _MONTH_DAY.finditer(text):
        yield found.start(), found.end(), _named(found[3], found[1], found[2], this_year), False
    for found in _YEAR_END.finditer(text):
        month = _month(found[1]) if found[1] else 12
        yield (
            found.start(),
            found.end(),
            _day(int(found[2]), month, month_length(int(found[2]), month)),
            False,
        )
    for found in _MONTH_END.finditer(text):
        year, month = _century(int(found[2]), this_year), _month(found[1])
        yield found.start(), found.end(), _day(year, month, month_length(year, month)), False
    for found in _YEAR_START.finditer(text):
        yield found.start(), found.end(), _day(int(found[2]), _month(found[1]) if found[1] else 1, 1), False
    for found in _WHOLE_YEAR.finditer(text):
        yield found.start(), found.end(), _day(int(found[1]), 12, month_length(int(found[1]), 12)), True


def _ordinals(text: str) -> str:
    tens = {"بیست": 20, "سی": 30}
    text = _TWENTIES.sub(lambda m: f"{tens[m[1]] + _ORDINALS[m[2]]} ", text)
    return _ORDINAL.sub(lambda m: f"{_ORDINALS[m[1]]} ", text)


def _triple(parts: tuple[str, ...], this_year: int, *, english: bool) -> tuple[int, int, int] | None:
    """(year, month, day) of three numbers, or None where they are no date at all."""
    long = [at for at, part in enumerate(parts) if len(part) == 4]
    if len(long) > 1 or any(len(part) == 3 for part in parts):
        return None
    values = [int(part) for part in parts]
    if long:
        return _with_year(values, long[0], parts, english=english)
    return _short_year(values, this_year, english=english)


def _with_year(
    values: list[int], at: int, parts: tuple[str, ...], *, english: bool
) -> tuple[int, int, int] | None:
    year = values[at]
    if year not in _JALALI and year not in _GREGORIAN:
        turned = int(parts[at][::-1])
        if turned not in _JALALI:
            return None
        values = [int(part[::-1]) for part in parts]
        year = turned
    first, second = (value for place, value in enumerate(values) if place != at)
    # y/m/d and d/m/y are both written; English forms say m/d/y; in a broken run the year stands between.
    month, day = (second, first) if at == 2 and not english else (first, second)
    if month > 12 >= day:
        month, day = day, month
    return year, month, day


def _short_year(values: list[int], this_year: int, *, english: bool) -> tuple[int, int, int] | None:
    first, second, third = values
    orders = [(first, second, third), (third, second, first)]
    if english:
        orders.insert(0, (third, first, second))
    full = [(_century(year, this_year), month, day) for year, month, day in orders]
    real = [each for each in full if _day(*each)]
    if not real:
        return full[0] if second <= 12 and max(first, third) > 31 else None
    return min(real, key=lambda each: max(0, abs(each[0] - this_year) - 10))


def _century(year: int, this_year: int) -> int:
    return 1400 + year if year <= (this_year + _YEARS_AHEAD) % 100 else 1300 + year


def _month(name: str) -> int:
    names = [search_key(month) for month in MONTHS]
    return names.index("مرداد" if name == "امرداد" else name) + 1


def _named(year: str, month: str, day: str, this_year: int) -> date | None:
    full = int(year) if len(year) == 4 else _century(int(year), this_year)
    if month in _LATIN:
        return _day(full, _LATIN[month], int(day))
    short = [name[:3] for name in _ENGLISH]
    if month[:3] in short and month.isascii():
        return _day(full, short.index(month[:3]) + 1, int(day))
    return _day(full, _month(month), int(day))


def _day(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or day < 1:
        return None
    if year in _JALALI:
        return from_jalali(year, month, day) if day <= month_length(year, month) else None
    try:
        return date(year, month, day) if year in _GREGORIAN else None
    except ValueError:
        return None


def after(start: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """The last day of a period that begins on `start`: a year from 1402/01/01 ends on 1402/12/29."""
    year, month, day = to_jalali(start)
    months += month - 1 + 12 * years
    year, month = year + months // 12, months % 12 + 1
    end = from_jalali(year, month, min(day, month_length(year, month)))
    return end + timedelta(days=days - 1)
