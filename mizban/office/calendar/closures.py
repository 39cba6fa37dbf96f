"""Closures: days or hours on which an office that should work did not. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from .refusals import BadClosure
from .week import Shift, Shifts


@dataclass(frozen=True, slots=True)
class Closure:
    """One announcement that the office is shut on a date, all day or between two local times.

    Without `from_time` it starts with the day, without `until_time` it lasts to the end of it.
    """

    on: date
    reason: str
    from_time: time | None = None
    until_time: time | None = None
    author: str = ""
    letter_number: str = ""

    def __post_init__(self) -> None:
        start, end = self.span
        if start >= end or start.tzinfo or end.tzinfo:
            raise BadClosure(f"{self.on} {start}–{end}")

    @property
    def span(self) -> Shift:
        """The closed hours in local time."""
        return self.from_time or time.min, time.max if self.until_time is None else self.until_time


def merge(closures: Iterable[Closure]) -> list[Shift]:
    """The closed hours of one day, overlapping and touching announcements made one, in order."""
    merged: list[Shift] = []
    for start, end in sorted(closure.span for closure in closures):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut(shifts: Shifts, closures: Iterable[Closure]) -> Shifts:
    """What is left of the shifts once the closures are taken out."""
    closed = merge(closures)
    return tuple(piece for shift in shifts for piece in _cut_one(shift, closed))


def _cut_one(shift: Shift, closed: Sequence[Shift]) -> Iterable[Shift]:
    start, end = shift
    for closed_from, closed_until in closed:
        if closed_until <= start or end <= closed_from:
            continue
        if start < closed_from:
            yield start, closed_from
        if closed_until >= end:
            return
        start = closed_until
    yield start, end
