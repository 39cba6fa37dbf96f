"""How numbers, days and texts are written on a page; each function is a filter of the same name."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from mizban.lib.codes import in_groups
from mizban.lib.jalali import local, numeric, spoken_time, to_jalali
from mizban.lib.jalali import spoken as spoken_day
from mizban.lib.text import ascii_digits, persian_digits

LRM = "\u200e"
NUMBERS = ("هیچ", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده")
_PARAGRAPH_ENDS = re.compile(r"\n\s*\n")
# What would change its order after Persian letters: addresses, and phone numbers with their hyphen.
_LEFT_TO_RIGHT = re.compile(r"(https?://[^\s()]+|(?<!\d)\d{3,4}-\d{5,8}(?!\d))")
_CLAUSE = re.compile(r"(?<=\d)\.(?=\d)")


def fa(value: object) -> str:
    """Any value with Persian digits; a fraction gets the Persian decimal mark, None is an empty text."""
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return persian_digits(str(value)).replace(".", "٫")
    return persian_digits(str(value))


def grouped(number: int) -> str:
    """A whole number in groups of three: «۴۸۰٬۰۰۰»; a minus sign stays at its left."""
    text = persian_digits(f"{abs(number):,}").replace(",", "٬")
    return f"{LRM}−{text}" if number < 0 else text


def percent(fraction: float, places: int = 0) -> str:
    """A fraction of one as a percentage, cut, never rounded up to what was not reached: «۹۹٫۸۱٪»."""
    scale = 10**places
    cut = int(Decimal(str(fraction)) * 100 * scale) / Decimal(scale)
    return fa(f"{cut.normalize():f}").replace(".", "٫") + "٪"


def clause(number: object) -> str:
    """A clause number with the Persian mark between its parts: «۳٫۲»."""
    return _CLAUSE.sub("٫", fa(number))


def words(number: int) -> str:
    """A count in words up to ten, in digits above: «سه», «۱۲»."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else fa(number)


def spoken(value: date, today: date | None = None) -> str:
    """A day for sentences: «چهارشنبه ۴ آذر ۱۴۰۵»; the year is dropped only within the year of `today`."""
    day = day_of(value)
    return spoken_day(day, year=today is None or to_jalali(today)[0] != to_jalali(day)[0])


def moment(at: datetime, today: date | None = None) -> str:
    """An aware moment for sentences, by Tehran's clock: «شنبه ۲۳ آبان ۱۴۰۵، ۱۰:۱۲»."""
    return f"{spoken(at, today)}، {spoken_time(at)}"


def clock(at: datetime) -> str:
    """The hour alone, by Tehran's clock: «۱۰:۱۲»."""
    return spoken_time(at)


def month(value: date) -> str:
    """The month and the year, as a leaf's foot has them: «آذر ۱۴۰۵»."""
    return spoken_day(day_of(value), weekday=False).split(" ", 1)[1]


def jalali(value: date) -> Markup:
    """A day for dense tables, isolated from the text around it: ۱۴۰۵/۰۹/۰۴."""
    return ltr(numeric(day_of(value)))


def isoformat(value: date) -> str:
    """What the `datetime` attribute of `<time>` takes: a Gregorian day, or a moment with Tehran's offset."""
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="minutes")
    return value.isoformat()


def filesize(size: int) -> str:
    """How big a file is, in the largest unit that leaves a number above one: «۳۴۰ کیلوبایت»."""
    if size < 1024:
        return fa(f"{size} بایت")
    if size < 1024**2:
        return fa(f"{round(size / 1024)} کیلوبایت")
    return fa(f"{size / 1024**2:.1f}".removesuffix(".0").replace(".", "٫") + " مگابایت")


def paragraphs(text: str) -> Markup:
    """What a person wrote, escaped, with its paragraphs and line ends kept."""
    safe = str(escape(text)).replace("\r\n", "\n")
    parts = (part.strip().replace("\n", "<br>") for part in _PARAGRAPH_ENDS.split(safe))
    return Markup("".join([f"<p>{part}</p>" for part in parts if part]))  # noqa: S704  # escaped above


def official(text: str) -> Markup:
    """A sentence of an agreement in Persian digits; addresses stay as browsers take them, phone numbers in order."""
    parts = enumerate(_LEFT_TO_RIGHT.split(text))
    return Markup("").join(_isolated(part) if at % 2 else escape(fa(part)) for at, part in parts)


def _isolated(part: str) -> Markup:
    is_address = part.startswith("http")
    return Markup('<bdi dir="ltr" class="address">{}</bdi>').format(part) if is_address else ltr(part)


def ltr(value: object) -> Markup:
    """A number that must keep its order inside Persian text: Persian digits, isolated, left to right."""
    return Markup(f'<bdi dir="ltr">{escape(fa(value))}</bdi>')  # noqa: S704  # escaped


def groups(value: object, size: int = 4) -> list[str]:
    """A code cut into groups, for people to read aloud."""
    return in_groups(str(value), size)


def tel(number: str) -> str:
    """A phone number as a `tel:` link takes it: ASCII digits only."""
    return re.sub(r"[^\d+]", "", ascii_digits(number))


def day_of(value: date) -> date:
    """The day by Tehran's calendar: of a moment, the day it falls on there."""
    return local(value).date() if isinstance(value, datetime) else value


FILTERS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        *(fa, grouped, percent, clause, words),
        *(spoken, moment, clock, month, jalali, isoformat, day_of),
        *(filesize, paragraphs, official, ltr, groups, tel),
    )
}
