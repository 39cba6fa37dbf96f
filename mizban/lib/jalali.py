"""The calendar people read: Jalali dates in Persian words and digits (formats.md §13).

Columns hold Gregorian dates and UTC times; these functions stand between them and screens, paper and forms.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from .jalali_readings import EXAMPLE, MalformedDate, readings, unsure
from .text import persian_digits

__all__ = [
    "MONTHS",
    "TEHRAN",
    "WEEKDAYS",
    "YEARS",
    "MalformedDate",
    "add_months",
    "from_jalali",
    "is_leap",
    "iso",
    "local",
    "month_length",
    "numeric",
    "parse_date",
    "spoken",
    "spoken_time",
    "to_jalali",
    "weekday",
    "weekday_name",
]

TEHRAN = ZoneInfo("Asia/Tehran")
MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")
# Within these years the civil leap rule and the astronomical calendar agree.
YEARS = range(1178, 1502)
_JALALI: Any = JalaliDate  # persiantools has no annotations
# The century of a two-digit year when the caller gives no day: no earlier year can be the present one.
_EARLIEST_THIS_YEAR = 1405
_OUT_OF_RANGE = f"سال شمسی را با چهار رقم بنویسید؛ {EXAMPLE}"


def parse_date(text: str, *, today: date | None = None) -> date:
    """Return the day a person typed in Jalali: y/m/d or d/m/y, any digits, / - . or blanks (formats.md §13).

    Two-digit years are placed by the year of `today`. Raises MalformedDate for what is no date, and for what
    could be two dates, so that the person is asked.
    """
    this_year = to_jalali(today)[0] if today else _EARLIEST_THIS_YEAR
    read = readings(text, this_year=this_year)
    possible = [each for each in read if _is_possible(*each)]
    days = {from_jalali(year, month, day) for year, month, day in possible or read if year is not None}
    # y/m/d comes first: when that year is unsure, the other reading is no answer.
    if len(days) != 1 or (possible and possible[0][0] is None):
        raise unsure()
    return days.pop()


def to_jalali(day: date) -> tuple[int, int, int]:
    """Return the Jalali (year, month, day) of `day`; MalformedDate outside the years the calendar counts.

    A moment is taken by Tehran's clock: 21:00 UTC is the next day there.
    """
    return _to_jalali(_day(day))


@lru_cache(maxsize=4096)
def _to_jalali(day: date) -> tuple[int, int, int]:
    # Kept: a page writes dozens of dates, and people look at the same few hundred days.
    try:
        jalali = _JALALI.to_jalali(day.year, day.month, day.day)
    except ValueError as error:
        raise MalformedDate("year-out-of-range", _OUT_OF_RANGE) from error
    return jalali.year, jalali.month, jalali.day


def from_jalali(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a Jalali one; MalformedDate for no such day or a year outside YEARS."""
    _check(year, month, day)
    gregorian: date = _JALALI(year, month, day).to_gregorian()
    return gregorian


def is_leap(year: int) -> bool:
    """Say whether the Jalali `year` has a thirtieth of Esfand: the 33-year civil rule (formats.md §13)."""
    return (25 * year + 11) % 33 < 8


def month_length(year: int, month: int) -> int:
    """Return how many days the Jalali month has; MalformedDate for a month that is not 1 to 12."""
    if not 1 <= month <= 12:
        raise MalformedDate("no-such-month", f"ماه عددی از ۱ تا ۱۲ است؛ {EXAMPLE}")
    if month <= 6:
        return 31
    return 30 if month <= 11 or is_leap(year) else 29


def add_months(day: date, n: int) -> date:
    """Return the same Jalali day `n` months on, clipped to the length of that month (formats.md §13)."""
    year, month, of_month = to_jalali(day)
    years, months = divmod(month - 1 + n, 12)
    year, month = year + years, months + 1
    return from_jalali(year, month, min(of_month, month_length(year, month)))


def weekday(day: date) -> int:
    """Return the place of `day` in the Iranian week: Saturday 0, Friday 6."""
    return (_day(day).weekday() + 2) % 7


def weekday_name(day: date) -> str:
    """Return the Persian name of the day of the week."""
    return WEEKDAYS[weekday(day)]


def numeric(day: date) -> str:
    """Return `day` for dense tables, as «1405/08/29» in ASCII digits; screens make the digits Persian."""
    return "{:04}/{:02}/{:02}".format(*to_jalali(day))


def iso(day: date) -> str:
    """Return `day` for interfaces: «1405-08-29» in ASCII digits."""
    return "{:04}-{:02}-{:02}".format(*to_jalali(day))


def spoken(day: date, *, weekday: bool = True, year: bool = True) -> str:
    """Return `day` for sentences, in Persian digits: «جمعه ۲۹ آبان ۱۴۰۵»; both ends can be left out."""
    return _spoken(_day(day), weekday, year)


@lru_cache(maxsize=4096)
def _spoken(day: date, with_weekday: bool, with_year: bool) -> str:  # noqa: FBT001  # as a key of the cache
    of_year, month, of_month = _to_jalali(day)
    words = [str(of_month), MONTHS[month - 1]]
    if with_weekday:
        words.insert(0, weekday_name(day))
    if with_year:
        words.append(str(of_year))
    return persian_digits(" ".join(words))


def local(at: datetime) -> datetime:
    """Return the aware moment `at` by Tehran's clock; ValueError for a naive one, which has no place."""
    if at.tzinfo is None:
        raise ValueError("local() takes an aware datetime")
    return at.astimezone(TEHRAN)


def spoken_time(at: datetime) -> str:
    """Return the aware moment `at` as Tehran's clock shows it: «۱۰:۰۵», «۹:۱۰»."""
    there = local(at)
    return persian_digits(f"{there.hour}:{there.minute:02}")


def _day(day: date) -> date:
    return local(day).date() if isinstance(day, datetime) else day


def _is_possible(year: int | None, month: int, day: int) -> bool:
    if year is None:
        return 1 <= month <= 12 and 1 <= day <= 31
    return year in YEARS and 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def _check(year: int, month: int, day: int) -> None:
    if 1800 <= year <= 2200:
        raise MalformedDate("gregorian-year", f"سال میلادی نوشته‌اید؛ تاریخ را به شمسی بنویسید. {EXAMPLE}")
    if year not in YEARS:
        raise MalformedDate("year-out-of-range", _OUT_OF_RANGE)
    length = month_length(year, month)
    if not 1 <= day <= length:
        name = f"{MONTHS[month - 1]} {year}"
        raise MalformedDate(
            "no-such-day", persian_digits(f"{name} روز {day} ندارد؛ از ۱ تا {length} بنویسید.")
        )
