"""Every shift of some years in one sorted table, so that counting is a binary search. Plain Python."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .refusals import BeyondCalendar

Opened = tuple[datetime, datetime]
NOTHING = timedelta(0)
DAY = timedelta(days=1)

# The civil rule of leap years is sure between these (formats.md §13); nobody owes an answer outside them.
FIRST_YEAR, LAST_YEAR = 1925, 2120


@dataclass(frozen=True, slots=True)
class Table:
    """The shifts between two dates, in UTC; `worked[i]` is the working time up to the end of shift i.

    Between the dates of `inner`, both left out, a day on either side is in the table too.
    """

    first: date
    last: date
    opens: list[datetime]
    closes: list[datetime]
    worked: list[timedelta]
    days: list[date]
    inner: tuple[date, date]

    def covers(self, first: date, last: date) -> bool:
        """Whether both dates, and a day on either side for the time zone, are inside."""
        return self.first < first and last < self.last

    def worked_until(self, at: datetime) -> timedelta:
        """Working time from the start of the table to an instant."""
        i = bisect_right(self.opens, at) - 1
        if i < 0:
            return NOTHING
        return self.worked[i] - max(self.closes[i] - at, NOTHING)

    def opening(self, at: datetime) -> datetime | None:
        """The instant itself inside a shift, else the next opening; None when the table ends before it."""
        i = bisect_right(self.opens, at)
        if i and at < self.closes[i - 1]:
            return at
        return self.opens[i] if i < len(self.opens) else None

    def reached(self, worked: timedelta) -> datetime | None:
        """The earliest instant by which this much was worked; None when the table ends before it."""
        i = bisect_left(self.worked, worked)
        return self.closes[i] - (self.worked[i] - worked) if i < len(self.worked) else None

    def days_until(self, day: date) -> int:
        """Working days from the start of the table to a date, itself included."""
        return bisect_right(self.days, day)


class Timetable:
    """A table that grows by years when somebody asks beyond it.

    A grown table replaces the old one whole, so threads may share it: at worst two build the same one.
    """

    __slots__ = ("_shifts_on", "_table")

    def __init__(self, shifts_on: Callable[[date], Iterable[Opened]]) -> None:
        self._shifts_on = shifts_on
        self._table: Table | None = None

    def around(self, first: date, last: date) -> Table:
        """A table with both dates and a day on either side of them, in any order. Raises BeyondCalendar."""
        table = self._table
        if table and table.inner[0] < first < table.inner[1] and table.inner[0] < last < table.inner[1]:
            return table
        try:
            return self.covering(min(first, last) - DAY, max(first, last) + DAY)
        except OverflowError as error:
            raise BeyondCalendar(f"{first}..{last}") from error

    def covering(self, first: date, last: date) -> Table:
        """A table with both dates in it. Raises BeyondCalendar."""
        table = self._table
        if table is None or not table.covers(first, last):
            table = self._grow(first, last)
        return table

    def further(self, table: Table) -> Table:
        """The table with twice the years, so that a far date costs few rebuilds. Raises BeyondCalendar."""
        if table.last.year >= LAST_YEAR:
            raise BeyondCalendar(f"after {table.last}")
        years = table.last.year - table.first.year + 1
        last_year = min(table.last.year + years, LAST_YEAR) - 1
        return self.covering(table.first + timedelta(1), date(last_year, 12, 31))

    def _grow(self, first: date, last: date) -> Table:
        if first.year <= FIRST_YEAR or last.year >= LAST_YEAR:
            raise BeyondCalendar(f"{first}..{last}")
        from_year, until_year = (first - timedelta(1)).year, last.year + 1
        if self._table is not None:
            from_year = min(from_year, self._table.first.year)
            until_year = max(until_year, self._table.last.year)
        self._table = build(self._shifts_on, date(from_year, 1, 1), date(until_year, 12, 31))
        return self._table


def build(shifts_on: Callable[[date], Iterable[Opened]], first: date, last: date) -> Table:
    """Lay out the shifts of every date between two, both inside."""
    table = Table(first, last, [], [], [], [], inner=(first + DAY, last - DAY))
    total = NOTHING
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        before = total
        for opened, closed in shifts_on(day):
            total += closed - opened
            table.opens.append(opened.astimezone(UTC))
            table.closes.append(closed.astimezone(UTC))
            table.worked.append(total)
        if total > before:
            table.days.append(day)
    return table
