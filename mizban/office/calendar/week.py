"""The working week: which hours an office keeps on which weekday. Plain Python (formats.md §14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from .refusals import BadSeason, BadShift, FridayIsOff, NoWorkingTime

# A shift opens at its first time and is shut at its second: 15:00 itself is no longer working time.
Shift = tuple[time, time]
Shifts = tuple[Shift, ...]

# In the order of `date.weekday()`, which starts on Monday.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
THURSDAY, FRIDAY = WEEKDAYS.index("thu"), WEEKDAYS.index("fri")

# No law fixes the hours; these are the usual ones, 450 minutes a day, and an office enters its own.
OFFICE_HOURS: Shifts = ((time(7, 30), time(15, 0)),)
THURSDAY_HOURS: Shifts = ((time(7, 30), time(13, 0)),)
MINUTES_PER_DAY = 450


@dataclass(frozen=True, slots=True)
class Week:
    """The shifts of each weekday in local time, Monday first: some on one day at least, none on Friday."""

    shifts: tuple[Shifts, ...]

    def __post_init__(self) -> None:
        if len(self.shifts) != len(WEEKDAYS):
            raise BadShift(f"{len(self.shifts)} weekdays")
        for shifts in self.shifts:
            _check_shifts(shifts)
        if self.shifts[FRIDAY]:
            raise FridayIsOff
        if not any(self.shifts):
            raise NoWorkingTime

    def on(self, day: date) -> Shifts:
        """The usual shifts of a date, before holidays and closures are taken away."""
        return self.shifts[day.weekday()]


@dataclass(frozen=True, slots=True)
class Season:
    """Other hours for a while, such as Ramadan or the hot months; both dates are inside.

    Where two overlap the shorter one holds: Ramadan inside the years before the week was changed.
    """

    from_on: date
    until_on: date
    week: Week
    name: str = ""

    def __post_init__(self) -> None:
        if self.until_on < self.from_on:
            raise BadSeason(f"{self.from_on}..{self.until_on}")


def iranian_week(hours: Shifts = OFFICE_HOURS, *, thursday: Shifts = ()) -> Week:
    """Saturday to Wednesday on the same hours, Thursday on its own or off, Friday off."""
    return Week((hours, hours, hours, thursday, (), hours, hours))


def read_week(pattern: Mapping[str, Sequence[Sequence[str]]], *, thursday_works: bool) -> Week:
    """Read `{"sat": [["07:30", "15:00"]], …}`; Thursday's hours count only while the switch is on.

    Raises BadShift, FridayIsOff or NoWorkingTime.
    """
    if unknown := set(pattern) - set(WEEKDAYS):
        raise BadShift(", ".join(sorted(unknown)))
    shifts = [tuple(_read_shift(pair) for pair in pattern.get(name, ())) for name in WEEKDAYS]
    if not thursday_works:
        shifts[THURSDAY] = ()
    return Week(tuple(shifts))


def write_week(week: Week) -> dict[str, list[list[str]]]:
    """The pattern that `read_week` reads back."""
    return {name: write_shifts(shifts) for name, shifts in zip(WEEKDAYS, week.shifts, strict=True)}


def write_shifts(shifts: Shifts) -> list[list[str]]:
    """One day of the pattern: `[["07:30", "15:00"]]`."""
    return [[start.isoformat("minutes"), end.isoformat("minutes")] for start, end in shifts]


def _read_shift(pair: Sequence[str]) -> Shift:
    try:
        start, end = pair
        return time.fromisoformat(start), time.fromisoformat(end)
    except (TypeError, ValueError) as error:
        raise BadShift(repr(pair)) from error


def _check_shifts(shifts: Shifts) -> None:
    for start, end in shifts:
        if start >= end or start.tzinfo or end.tzinfo:
            raise BadShift(f"{start}–{end}")
    for (_, end), (start, _) in pairwise(shifts):
        if start < end:
            raise BadShift(f"{start} < {end}")
