"""Days on which an agreement was valid, or bound by its own words. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .months import end_of

DAY = timedelta(days=1)
VALID, BINDING = "valid", "binding"


@dataclass(frozen=True, slots=True)
class Reign:
    """A version in time: from a day, up to the day it was closed (outside); with `holdover` past its last day."""

    from_on: date
    closed_on: date | None
    valid_until: date | None
    holdover: bool

    def binds(self, day: date) -> bool:
        return self.is_valid(day) or (self.holdover and self._lasts(day))

    def is_valid(self, day: date) -> bool:
        return self._lasts(day) and (self.valid_until is None or day <= self.valid_until)

    def _lasts(self, day: date) -> bool:
        return self.from_on <= day and (self.closed_on is None or day < self.closed_on)


def days_of(
    reigns: Sequence[Reign], months: Sequence[date], *, today: date
) -> dict[str, dict[date, tuple[int, int]]]:
    """By month: the days an agreement was valid, and bound, of those since it began, up to today (counted).

    One whose last day was over before it was entered began the day after that (`agreements.states.gap` says why).
    """
    lived = sorted(reigns, key=lambda each: each.from_on)
    found: dict[str, dict[date, tuple[int, int]]] = {VALID: {}, BINDING: {}}
    if not lived:
        return found
    first = lived[0]
    begin = min(first.from_on, first.valid_until + DAY) if first.valid_until else first.from_on
    known = [Reign(begin, first.closed_on, first.valid_until, first.holdover), *lived[1:]]
    for month in months:
        last = min(end_of(month), today + DAY)
        days = [month + number * DAY for number in range((last - month).days)]
        counted = [day for day in days if day >= begin]
        if counted:
            found[VALID][month] = (
                sum(any(each.is_valid(day) for each in known) for day in counted),
                len(counted),
            )
            found[BINDING][month] = (
                sum(any(each.binds(day) for each in known) for day in counted),
                len(counted),
            )
    return found
