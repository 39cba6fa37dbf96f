"""Amounts of time, percentages and clock hours in a sentence, in digits or in words."""

import re
from dataclasses import dataclass

from .keys import compact, folded
from .model import Target

_ONES = [
    "صفر",
    "یک",
    "دو",
    "سه",
    "چهار",
    "پنج",
    "شش",
    "هفت",
    "هشت",
    "نه",
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
    "شانزده",
    "هفده",
    "هجده",
    "نوزده",
    "بیست",
]
_TENS = {"سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70, "هشتاد": 80, "نود": 90, "صد": 100}
_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_NUMBERS = (
    {word: n for n, word in enumerate(_ONES)}
    | _TENS
    | {word: n for n, word in enumerate(_ENGLISH)}
    | {
        "نیم": 0.5,
        "half": 0.5,
        "fifteen": 15,
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "sixty": 60,
        "ninety": 90,
        "هیجده": 18,
    }
)
_UNITS = {
    "روز": "days", "ساعت": "hours", "دقیقه": "minutes", "ثانیه": "seconds", "ماه": "months", "سال": "years",
    "هفته": "weeks", "روزکاری": "working_days", "ساعتکاری": "working_hours", "روزاداری": "working_days",
    "day": "days", "days": "days", "hour": "hours", "hours": "hours", "second": "seconds", "seconds": "seconds",
    "minute": "minutes", "minutes": "minutes",
    "week": "weeks", "weeks": "weeks", "month": "months", "months": "months", "year": "years", "years": "years",
    "یکروز": "days", "یکسال": "years", "یکهفته": "weeks", "یکماه": "months", "یکساعت": "hours",
}  # fmt: skip
_WORKING = frozenset(["کاری", "اداری", "working", "business"])
_PERCENT = frozenset(["%", "٪", "درصد", "percent"])
# «۷ روز هفته» and «۲۴ ساعت شبانه‌روز» say when, not how long; «۲۴ ساعته» is another word.
_WHEN = frozenset(["شبانه", "هفته", "شبانهروز"])
# «بازه ۴۸ ساعته» says how long, where «سامانه ۲۴ ساعته» says when.
_SPANS = frozenset(["بازه", "مهلت", "فرصت", "مدت", "دوره"])
_SPAN_UNITS = {"ساعته": "hours", "روزه": "days", "ماهه": "months"}
_UP_TO = frozenset(["تا", "الی", "to"])
_DAYS_A_WEEK = 7
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.٫/]\d+)?|[%٪]")


@dataclass(frozen=True)
class Quantity:
    """A figure with its unit and its place in the compact key."""

    target: Target
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """Every amount of time and percentage of a text; «یک هفته» is seven days."""
    parts = _WORD.findall(folded(text))
    places = [0]
    for part in parts:
        places.append(places[-1] + len(compact(part)))
    found: list[Quantity] = []
    at = 0
    while at < len(parts):
        read = _read(parts, at)
        if read and _goes_up(parts, read):
            at = read[1] + 1
            continue
        if read:
            found.append(Quantity(read[0], places[at], places[read[1]]))
        at = read[1] if read else at + 1
    return found


def _goes_up(parts: list[str], read: tuple[Target, int]) -> bool:
    """«۴۸ ساعت تا ۷۲ ساعت» promises the longer of the two."""
    target, after = read
    further = _read(parts, after + 1) if after + 1 < len(parts) and parts[after] in _UP_TO else None
    return further is not None and further[0].unit == target.unit


def _read(parts: list[str], at: int) -> tuple[Target, int] | None:
    number, after = _number(parts, at)
    if number is None:
        whole = parts[at].startswith("یک") and _UNITS.get(parts[at])
        return _amount(1, parts, at) if whole else None
    # «۳ (سه) روز» repeats itself in words.
    again, beyond = _number(parts, after)
    if again == number:
        after = beyond
    if after < len(parts) and parts[after] in _PERCENT:
        return Target(number, "percent"), after + 1
    return _amount(number, parts, after)


def _amount(number: int | float, parts: list[str], at: int) -> tuple[Target, int] | None:
    unit = _UNITS.get(parts[at]) if at < len(parts) else None
    if unit is None and at > 1 and parts[at - 2] in _SPANS:
        unit = _SPAN_UNITS.get(parts[at]) if at < len(parts) else None
    if unit is None and at + 1 < len(parts) and parts[at] in _WORKING:
        unit, at = _UNITS.get(parts[at + 1]), at + 1
        unit = f"working_{unit}" if unit in ("days", "hours", "minutes") else None
    if unit is None:
        return None
    after = at + 1
    if after < len(parts) and parts[after] in _WORKING and unit in ("days", "hours", "minutes"):
        unit, after = f"working_{unit}", after + 1
    if _is_when(parts, after):
        return None
    if unit == "weeks":
        return Target(number * _DAYS_A_WEEK, "days"), after
    return Target(number, unit), after


def _is_when(parts: list[str], after: int) -> bool:
    following = [part for part in parts[after : after + 2] if part not in ("در", "از", "a", "per")]
    return bool(following) and following[0] in _WHEN | {"روز", "day"}


def _number(parts: list[str], at: int) -> tuple[int | float | None, int]:
    if at >= len(parts):
        return None, at
    part = parts[at]
    if part[0].isdigit():
        if not part.isascii() or len(part) > 6:
            return None, at
        value = float(part.replace("/", ".").replace("٫", ".")) if "/" in part or "." in part else int(part)
        return (int(value) if value == int(value) else value), at + 1
    spelled = _NUMBERS.get(part)
    if spelled is None:
        return None, at
    if (
        spelled >= 20
        and at + 2 < len(parts)
        and parts[at + 1] == "و"
        and _NUMBERS.get(parts[at + 2], 20) < 10
    ):
        return spelled + _NUMBERS[parts[at + 2]], at + 3
    return spelled, at + 1


_HOURS = re.compile(
    r"(?:ساعت|from)?\s*(?<![\d/:.])(\d{1,2})(?::(\d{2}))?\s*(?:صبح|am)?\s*(?:تا|الی|لغایت|to|until|-|–)"
    r"\s*(?:ساعت\s*)?(\d{1,2})(?::(\d{2}))?(?![\d/:.])"
)


def clock_hours(text: str) -> str | None:
    """Office hours as «07:30-14:30», where the sentence gives two hours of one day; else null."""
    plain = folded(text)
    for found in _HOURS.finditer(plain):
        if not (found[2] or found[4] or "ساعت" in plain or "ساعات" in plain or "hour" in plain):
            continue
        opens, closes = int(found[1]), int(found[3])
        if 5 <= opens < closes <= 24:
            return f"{opens:02}:{found[2] or '00'}-{closes:02}:{found[4] or '00'}"
    return None
