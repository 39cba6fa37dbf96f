"""The working calendar: which minutes and days count for an office. Plain Python (formats.md §14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from mizban.lib.jalali import TEHRAN, weekday_name

from .closures import Closure, cut
from .instants import aware
from .refusals import NegativeAmount, NotAWorkingDay
from .timetable import DAY, NOTHING, Opened, Timetable
from .week import MINUTES_PER_DAY, Season, Shifts, Week, iranian_week

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a date does not count: the Persian name of the holiday, of the weekday, or the closure's reason."""

    kind: Literal["holiday", "weekly", "closure"]
    name: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date as accounts tell it: why it is off, or from when until when it is worked (UTC) and what shortened it."""

    off: DayOff | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When an office works: a week, seasonal hours, holidays (Gregorian date → name) and closures.

    Every instant given must be aware (else NaiveTime) and every instant answered is in UTC; dates are
    Gregorian dates in `zone`. Working time is exact to the microsecond. All methods raise BeyondCalendar
    outside 1926–2119. A shift is open at its first instant and shut at its last. Build it once and keep it:
    the first question about a year lays out that year's shifts, later ones are binary searches. `unclosed` is the
    same calendar by its usual hours, without what was announced.
    """

    week: Week = field(default_factory=iranian_week)
    holidays: Mapping[date, str] = field(default_factory=dict, hash=False)
    closures: tuple[Closure, ...] = ()
    seasons: tuple[Season, ...] = ()
    zone: ZoneInfo = TEHRAN
    version: int = 1
    minutes_per_day: int = MINUTES_PER_DAY
    _closures_on: dict[date, list[Closure]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    unclosed: "WorkingCalendar" = field(init=False, repr=False, compare=False)
    _timetable: Timetable = field(init=False, repr=False, compare=False)
    _days: dict[date, Day] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        shortest_first = sorted(self.seasons, key=lambda season: season.until_on - season.from_on)
        object.__setattr__(self, "seasons", tuple(shortest_first))
        for closure in self.closures:
            self._closures_on.setdefault(closure.on, []).append(closure)
        object.__setattr__(self, "unclosed", replace(self, closures=()) if self.closures else self)
        object.__setattr__(self, "_timetable", Timetable(self._shifts_on))

    def minutes_of_days(self, days: int) -> int:
        """What a promise of so many days is worth in working minutes."""
        return days * self.minutes_per_day

    def day_of(self, at: datetime) -> date:
        """The local date of an instant."""
        return aware(at).astimezone(self.zone).date()

    def is_working_day(self, day: date) -> bool:
        """Whether any working time is left on the date, be it half an hour."""
        table = self._timetable.around(day, day)
        return table.days_until(day) > table.days_until(day - DAY)

    def opening(self, at: datetime) -> datetime:
        """The instant itself inside working time, else the next opening."""
        at = aware(at)
        table = self._timetable.around(at.date(), at.date())
        while (opened := table.opening(at)) is None:
            table = self._timetable.further(table)
        return opened

    def day_of_filing(self, at: datetime) -> date:
        """The date on which something filed at this instant counts: that of the next opening."""
        return self.day_of(self.opening(at))

    def close_of(self, day: date) -> datetime:
        """When a working day usually ends, even if a closure ended it early. Raises NotAWorkingDay.

        An early closing on the day itself would otherwise bring a deadline forward, and a closure only
        extends.
        """
        if not self.is_working_day(day):
            raise NotAWorkingDay(day.isoformat())
        return datetime.combine(day, self._usual_shifts(day)[-1][1], self.zone).astimezone(UTC)

    def nth_working_day_after(self, day: date, n: int) -> date:
        """The n-th working day after a date, itself not counted; 0 is the date. Raises NegativeAmount."""
        if n < 0:
            raise NegativeAmount(str(n))
        table = self._timetable.around(day, day)
        index = table.days_until(day) + n - 1
        while index >= len(table.days):
            table = self._timetable.further(table)
            index = table.days_until(day) + n - 1
        return table.days[index] if n else day

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when b is earlier."""
        table = self._timetable.around(a, b)
        return table.days_until(b) - table.days_until(a)

    def working_time_between(self, a: datetime, b: datetime) -> timedelta:
        """Working time from `a` to `b`, exact and additive; negative when b is earlier."""
        a, b = aware(a), aware(b)
        table = self._timetable.around(a.date(), b.date())
        return table.worked_until(b) - table.worked_until(a)

    def working_minutes_between(self, a: datetime, b: datetime) -> float:
        """Working minutes from `a` to `b`, seconds as a fraction; to add up use `working_time_between`."""
        return self.working_time_between(a, b) / MINUTE

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant by which so much working time has passed; with zero, the opening of `start`.

        A day that ends exactly with the amount ends at its close, not at the next opening. Raises
        NegativeAmount.
        """
        if amount < NOTHING:
            raise NegativeAmount(str(amount))
        if not amount:
            return self.opening(start)
        start = aware(start)
        table = self._timetable.around(start.date(), start.date())
        while (end := table.reached(table.worked_until(start) + amount)) is None:
            table = self._timetable.further(table)
        return end

    def add_working_minutes(self, start: datetime, minutes: float) -> datetime:
        """The earliest instant by which so many working minutes have passed; see `add_working_time`."""
        return self.add_working_time(start, minutes * MINUTE)

    def why_off(self, day: date) -> DayOff | None:
        """Why a date is no working day, None when it is one. A holiday's name goes before Friday's."""
        if self.is_working_day(day):
            return None
        if day in self.holidays:
            return DayOff("holiday", self.holidays[day])
        if not self._usual_shifts(day):
            return DayOff("weekly", weekday_name(day))
        return DayOff(
            "closure", "، ".join(dict.fromkeys(closure.reason for closure in self.closures_on(day)))
        )

    def day(self, on: date) -> Day:
        """A date as accounts tell it. Kept: every case of an office is explained by the same few hundred days."""
        known = self._days.get(on)
        if known is None:
            known = self._days[on] = self._day(on)
        return known

    def _day(self, on: date) -> Day:
        if off := self.why_off(on):
            return Day(off=off)
        opens_at = self.opening(datetime.combine(on, time.min, self.zone))
        reasons = tuple(dict.fromkeys(closure.reason for closure in self.closures_on(on)))
        return Day(opens_at=opens_at, closes_at=self.close_of(on), notes=reasons)

    def closures_on(self, day: date) -> tuple[Closure, ...]:
        """What was announced for a date, in the order it was announced."""
        return tuple(self._closures_on.get(day, ()))

    def _usual_shifts(self, day: date) -> Shifts:
        for season in self.seasons:
            if season.from_on <= day <= season.until_on:
                return season.week.on(day)
        return self.week.on(day)

    def _shifts_on(self, day: date) -> Iterable[Opened]:
        shifts: Shifts = () if day in self.holidays else self._usual_shifts(day)
        closures: Sequence[Closure] = self._closures_on.get(day, ())
        for start, end in cut(shifts, closures) if closures else shifts:
            yield datetime.combine(day, start, self.zone), datetime.combine(day, end, self.zone)
