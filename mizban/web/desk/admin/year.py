"""A Jalali year of a working calendar, month by month, as the officer looks at it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from mizban.kit.filters import fa
from mizban.kit.page import State
from mizban.lib.jalali import MONTHS, from_jalali, month_length, weekday, weekday_name
from mizban.office.calendar.days import WorkingCalendar

from .hours import spoken_hour

Kind = Literal["work", "short", "holiday", "weekly", "closure"]
WEEK = 7
DAY = timedelta(days=1)
# What each kind of day is called, and the colour and shape it has.
KINDS: dict[Kind, tuple[str, State]] = {
    "work": ("روز کاری", "none"),
    "short": ("کوتاه‌تر از روز معمول", "soon"),
    "holiday": ("تعطیل رسمی", "late"),
    "closure": ("تعطیلی اداره", "hold"),
    "weekly": ("تعطیل هفته", "none"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: its number in the month, what it is, and that in words; `is_estimated` for a lunar day not yet sure."""

    number: str
    kind: Kind
    said: str
    is_today: bool
    is_estimated: bool

    @property
    def state(self) -> str:
        return "" if self.kind in ("work", "weekly") else KINDS[self.kind][1]


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks` are rows of seven cells from Saturday, None outside the month; `notes` what is special, in words."""

    name: str
    working_days: str
    weeks: list[list[Cell | None]]
    notes: list[tuple[str, str]]


def months(
    year: int, calendar: WorkingCalendar, estimated: Mapping[date, str], *, today: date
) -> list[Month]:
    """The twelve months of a Jalali year; `estimated` are holidays whose date nobody has confirmed."""
    return [_month(year, number, calendar, estimated, today) for number in range(1, 13)]


def _month(
    year: int, number: int, calendar: WorkingCalendar, estimated: Mapping[date, str], today: date
) -> Month:
    length = month_length(year, number)
    first = from_jalali(year, number, 1)
    days = [first + DAY * each for each in range(length)]
    cells: list[Cell | None] = [None] * weekday(first)
    cells += [_cell(day, place, calendar, estimated, today) for place, day in enumerate(days, start=1)]
    cells += [None] * (-len(cells) % WEEK)
    count = calendar.working_days_between(first - DAY, days[-1])
    weeks = [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]
    return Month(MONTHS[number - 1], fa(count), weeks, list(_notes(days, calendar, estimated)))


def _cell(
    day: date, place: int, calendar: WorkingCalendar, estimated: Mapping[date, str], today: date
) -> Cell:
    kind = _kind(day, calendar)
    return Cell(fa(place), kind, KINDS[kind][0], day == today, day in estimated)


def _kind(day: date, calendar: WorkingCalendar) -> Kind:
    off = calendar.why_off(day)
    if off is not None:
        return "holiday" if off.kind == "holiday" else off.kind
    begins = datetime.combine(day, time.min, calendar.zone)
    minutes = calendar.working_minutes_between(begins, begins + DAY)
    return "short" if minutes < calendar.minutes_per_day else "work"


def _notes(
    days: list[date], calendar: WorkingCalendar, estimated: Mapping[date, str]
) -> Iterator[tuple[str, str]]:
    """Every holiday and closure of the month with its day."""
    for place, day in enumerate(days, start=1):
        label = fa(f"{place} {weekday_name(day)}")
        if day in calendar.holidays:
            yield label, calendar.holidays[day] + ("، تخمینی" if day in estimated else "")
        for closure in calendar.closures_on(day):
            hours = "همهٔ روز"
            if closure.from_time or closure.until_time:
                begins, ends = closure.span
                until = "پایان روز" if closure.until_time is None else spoken_hour(ends)
                hours = f"{spoken_hour(begins)} تا {until}"
            yield label, f"{closure.reason} ({hours})"
