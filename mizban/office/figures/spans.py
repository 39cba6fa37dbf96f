"""The stretch of time figures speak of, cut into weeks or months by Tehran's days. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mizban.lib.jalali import MONTHS, TEHRAN, add_months, from_jalali, spoken, to_jalali, weekday

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
# More weeks than these are no readable chart: months stand there then, and no more of those than that.
MOST_WEEKS, MOST_MONTHS = 26, 24


@dataclass(frozen=True, slots=True)
class Piece:
    """A week or a month: its first day, the day after its last, and what a chart calls it."""

    first_on: date
    end_on: date
    label: str

    @property
    def is_week(self) -> bool:
        return self.end_on - self.first_on == WEEK

    @property
    def end_at(self) -> datetime:
        return midnight(self.end_on)


@dataclass(frozen=True, slots=True)
class Span:
    """From a midnight up to another, in whole pieces; the last one may still be running."""

    pieces: tuple[Piece, ...]

    @property
    def first_on(self) -> date:
        return self.pieces[0].first_on

    @property
    def from_at(self) -> datetime:
        return midnight(self.pieces[0].first_on)

    @property
    def until_at(self) -> datetime:
        return midnight(self.pieces[-1].end_on)

    @property
    def before_at(self) -> datetime:
        """Where the stretch of equal length before this one begins."""
        return self.from_at - (self.until_at - self.from_at)


def midnight(day: date) -> datetime:
    """The beginning of a day in Tehran."""
    return datetime.combine(day, time.min, TEHRAN)


def span(first_on: date, *, today: date) -> Span:
    """From the week of a day to this week; from the month of the day where those would be too many.

    A day to come is this week; one too long ago is as far back as charts go.
    """
    oldest = add_months(_month_of(today), 1 - MOST_MONTHS)
    first_on = week_of(max(oldest, min(first_on, today)))
    end_on = week_of(today) + WEEK
    weeks = (end_on - first_on).days // 7
    if weeks <= MOST_WEEKS:
        return Span(tuple(_weeks(first_on, weeks)))
    return Span(tuple(_months(max(oldest, _month_of(first_on)), today)))


def weeks_ago(count: int, *, today: date) -> date:
    """The first day of a stretch of so many weeks, this week among them."""
    return week_of(today) - (count - 1) * WEEK


def week_of(day: date) -> date:
    """The Saturday on or before a day."""
    return day - weekday(day) * DAY


def _weeks(first_on: date, count: int) -> Iterator[Piece]:
    for number in range(count):
        on = first_on + number * WEEK
        yield Piece(on, on + WEEK, spoken(on, weekday=False, year=False))


def _months(on: date, today: date) -> Iterator[Piece]:
    while on <= today:
        end_on = add_months(on, 1)
        yield Piece(on, end_on, MONTHS[to_jalali(on)[1] - 1])
        on = end_on


def _month_of(day: date) -> date:
    year, month, _ = to_jalali(day)
    return from_jalali(year, month, 1)
