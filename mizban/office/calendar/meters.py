"""How far a clock has gone and what is left of it, for meters and queues. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import trunc

from .counting import known_at
from .days import MINUTE, WorkingCalendar
from .instants import aware
from .targets import Deadline, Unit
from .timetable import NOTHING


@dataclass(frozen=True, slots=True)
class Left:
    """What remains at an instant; negative once it is late, standing still while it is paused.

    With the unit working_days, `days` are whole working days after today (0: due today) and `minutes` the
    working minutes until the due date. With working_minutes, `minutes` are the promise and `days` the whole
    days they make. `is_late` decides: after the close of the due day nothing has been worked yet, so both may
    still be 0.
    """

    unit: Unit
    days: int
    minutes: float
    is_late: bool
    is_paused: bool


def left(deadline: Deadline, *, now: datetime, calendar: WorkingCalendar) -> Left:
    """What remains of the promise at `now`, from what is known then."""
    now = aware(now)
    known = known_at(deadline, now=now, calendar=calendar)
    at = _counted_at(known, now)
    minutes = calendar.working_time_between(at, known.unpaused_due_at) / MINUTE
    if known.target.unit == "working_days":
        days = _days_left(known, at, calendar)
    else:
        days = trunc(minutes / calendar.minutes_per_day)
    is_late = known.due_at is not None and now > known.due_at
    return Left(known.target.unit, days, minutes, is_late, known.is_paused)


def progress(deadline: Deadline, *, now: datetime, calendar: WorkingCalendar) -> float:
    """The fraction of the allowed working time used at `now`, 0 to 1; a paused meter stands still."""
    known = known_at(deadline, now=now, calendar=calendar)
    at = _counted_at(known, aware(now))
    if at >= known.unpaused_due_at:
        return 1.0
    used = sum(
        (
            calendar.working_time_between(run.from_at, max(run.from_at, min(run.until_at, at)))
            for run in known.runs
        ),
        NOTHING,
    )
    ahead = calendar.working_time_between(max(at, known.runs[-1].from_at), known.unpaused_due_at)
    return _fraction(used, used + ahead)


def shares_at(
    deadline: Deadline, shares: Sequence[int], *, calendar: WorkingCalendar
) -> tuple[datetime, ...]:
    """When each share (in percent, 0 to 100) of the working time from the start to the due date is used up, in UTC.

    For a running clock; the time in which it stood counts for nothing.
    """
    spans = [
        (run.from_at, calendar.working_time_between(run.from_at, max(run.from_at, run.until_at)))
        for run in deadline.runs
    ]
    whole = sum((worked for _, worked in spans), NOTHING)
    return tuple(_reached(spans, whole * share / 100, calendar) for share in shares)


def _reached(
    spans: Sequence[tuple[datetime, timedelta]], amount: timedelta, calendar: WorkingCalendar
) -> datetime:
    for from_at, worked in spans[:-1]:
        if amount <= worked:
            return calendar.add_working_time(from_at, amount)
        amount -= worked
    return calendar.add_working_time(spans[-1][0], amount)


def _fraction(part: timedelta, whole: timedelta) -> float:
    return part / whole if whole else 1.0


def _counted_at(known: Deadline, now: datetime) -> datetime:
    """The instant up to which the clock has run."""
    open_pause = known.runs[-1].pause
    return now if open_pause is None else open_pause.from_at


def _days_left(known: Deadline, at: datetime, calendar: WorkingCalendar) -> int:
    due_on = calendar.day_of(known.unpaused_due_at)
    today = calendar.day_of(at)
    counts_from = known.runs[-1].counts_from
    # Before the day it counts from begins, nothing of the promise is used.
    return calendar.working_days_between(max(today, counts_from), due_on)
