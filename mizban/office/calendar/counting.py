"""How the two units count: one loop over the pauses, two ways to measure a run. Plain Python."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from .days import MINUTE, WorkingCalendar
from .instants import aware
from .targets import Amount, Deadline, Pause, Run, Target, effective
from .timetable import NOTHING


class Count(Protocol):
    """A promise being used up."""

    @property
    def left(self) -> Amount:
        """What remains of it."""

    def start(self, at: datetime) -> None:
        """Let the clock run from an instant."""

    def due_at(self) -> datetime:
        """When it is used up if nothing stops it."""

    def stop(self, at: datetime) -> Amount:
        """Stop the clock and say what the run used."""


class MinuteCount:
    """Working time, wherever it lies in the day."""

    def __init__(self, within: int, calendar: WorkingCalendar) -> None:
        self.left = within * MINUTE
        self._calendar = calendar

    def start(self, at: datetime) -> None:
        """Let the clock run from an instant."""
        self._from_at = at

    def due_at(self) -> datetime:
        """The earliest instant by which what is left has passed."""
        return self._calendar.add_working_time(self._from_at, self.left)

    def stop(self, at: datetime) -> timedelta:
        """Take the working time of the run away."""
        used = max(NOTHING, self._calendar.working_time_between(self._from_at, at))
        self.left -= used
        return used


class DayCount:
    """Whole working days after the day of filing; the rest of a day that is begun counts for nothing."""

    def __init__(self, within: int, calendar: WorkingCalendar) -> None:
        self.left = within
        self._calendar = calendar

    def start(self, at: datetime) -> None:
        """Count from the day on which what came at this instant counts as filed."""
        self._day: date = self._calendar.day_of_filing(at)

    def due_at(self) -> datetime:
        """The close of the last day that is left."""
        return self._calendar.close_of(self._calendar.nth_working_day_after(self._day, self.left))

    def stop(self, at: datetime) -> int:
        """Take away the working days up to the day of the pause; those after it are kept."""
        # An answer on a Thursday counts from Saturday: a pause on that Friday lies before it, using nothing.
        used = max(0, self._calendar.working_days_between(self._day, self._calendar.day_of(at)))
        self.left -= used
        return used


def deadline(
    target: Target, *, filed_at: datetime, pauses: Sequence[Pause] = (), calendar: WorkingCalendar
) -> Deadline:
    """By when the target is owed (formats.md §14; design, "Clocks are computed from events").

    Minutes: when so many working minutes have passed outside the pauses. Days: at the close of the n-th
    working day after the day of filing; a pause keeps the working days after its own day and counts them
    again after the day of the answer. A pause outside the usual hours moves nothing: returned after
    closing and answered before opening, a case is due as before. A clock that ran out before a pause stays
    run out. Instants must be aware (else NaiveTime); UTC out.
    """
    filed_at = aware(filed_at)
    pauses = tuple(pause for pause in effective(pauses, filed_at=filed_at) if _lasted(pause, calendar))
    count: Count = (MinuteCount if target.unit == "working_minutes" else DayCount)(target.within, calendar)
    runs: list[Run] = []
    started_at = filed_at
    count.start(started_at)
    for pause in pauses:
        due_at = count.due_at()
        if due_at < pause.from_at:
            break
        runs.append(_run(count, started_at, pause, calendar))
        if pause.until_at is None:
            return Deadline(target, filed_at, None, due_at, count.left, tuple(runs), pauses, calendar.version)
        started_at = pause.until_at
        count.start(started_at)
    due_at = count.due_at()
    opened_at = calendar.opening(started_at)
    runs.append(Run(opened_at, due_at, calendar.day_of(opened_at), count.left, count.left, None))
    return Deadline(target, filed_at, due_at, due_at, count.left, tuple(runs), pauses, calendar.version)


def _lasted(pause: Pause, calendar: WorkingCalendar) -> bool:
    """Whether working time passed in the pause, or nobody has answered yet."""
    # By the usual hours: a closure that swallows the pause would otherwise bring the deadline forward.
    usual = calendar.unclosed
    return pause.until_at is None or usual.working_time_between(pause.from_at, pause.until_at) > NOTHING


def due_if_answered(known: Deadline, *, at: datetime, calendar: WorkingCalendar) -> datetime:
    """When a paused clock is due if the answer comes at `at`. Raises PauseBackwards."""
    if known.due_at is not None:
        return known.due_at
    pauses = [pause if pause.until_at else replace(pause, until_at=at) for pause in known.pauses]
    return deadline(known.target, filed_at=known.filed_at, pauses=pauses, calendar=calendar).unpaused_due_at


def known_at(whole: Deadline, *, now: datetime, calendar: WorkingCalendar) -> Deadline:
    """The deadline as it stood at `now`: no later pause, and one that ends later is still open."""
    now = aware(now)
    pauses = tuple(
        pause if pause.until_at is None or pause.until_at <= now else replace(pause, until_at=None)
        for pause in whole.pauses
        if pause.from_at <= now
    )
    if pauses == whole.pauses:
        return whole
    return deadline(whole.target, filed_at=whole.filed_at, pauses=pauses, calendar=calendar)


def met(promised: Deadline, answered_at: datetime) -> bool:
    """Whether an answer at this instant kept the promise; at the due instant, or while paused, it did."""
    return promised.due_at is None or aware(answered_at) <= promised.due_at


def _run(count: Count, started_at: datetime, pause: Pause, calendar: WorkingCalendar) -> Run:
    opened_at = calendar.opening(started_at)
    left, used = count.left, count.stop(pause.from_at)
    # Somebody may ask before the office has opened: then the run is empty, not backwards.
    return Run(opened_at, max(opened_at, pause.from_at), calendar.day_of(opened_at), left, used, pause)
