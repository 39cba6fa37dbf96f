"""Why a deadline is when it is: the steps that add up to it. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from .counting import deadline as computed
from .days import DayOff, WorkingCalendar
from .instants import aware
from .targets import Amount, Deadline, Pause, Run
from .timetable import DAY, NOTHING

# filed and resumed: what came and when; starts: the day from which it counts; ended: the answer, or the case's close;
# late: what passed between the due date and the end; the rest as their names say.
Kind = Literal["filed", "starts", "counted", "off", "paused", "resumed", "due", "ended", "late"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the account, on a local date, with instants in UTC.

    `counted` has its `amount` and what is `left` after it, and in `notes` the closures that shortened the
    day; `off` has the day's reason; `paused` has its reason in `notes` and no `until_at` while nobody has
    answered.
    """

    kind: Kind
    on: date
    from_at: datetime | None = None
    until_at: datetime | None = None
    amount: Amount | None = None
    left: Amount | None = None
    off: DayOff | None = None
    notes: tuple[str, ...] = ()


def explain(deadline: Deadline, *, calendar: WorkingCalendar) -> list[Step]:
    """Every day counted or skipped and every pause until the due date; the amounts add up to the target.

    The calendar must be the one the deadline was computed with. A paused clock ends with its open pause.
    """
    steps = [*_arrival("filed", deadline.filed_at, deadline.runs[0], calendar)]
    for index, run in enumerate(deadline.runs):
        steps += _counted(run, calendar)
        if run.pause is not None:
            steps.append(_pause(run, calendar))
        if run.pause is not None and run.pause.until_at is not None:
            steps += _arrival("resumed", run.pause.until_at, deadline.runs[index + 1], calendar)
    if deadline.due_at is not None:
        steps.append(Step("due", calendar.day_of(deadline.due_at), deadline.due_at))
    return steps


def account(deadline: Deadline, *, ended_at: datetime | None, calendar: WorkingCalendar) -> list[Step]:
    """`explain` of a deadline that ended: up to its end and no further, or with what it was late by.

    What was counted and what was left at the end (the last `counted`, or the whole) add up to the target.
    """
    if ended_at is None:
        return explain(deadline, calendar=calendar)
    ended_at = aware(ended_at)
    ended = Step("ended", calendar.day_of(ended_at), ended_at)
    if deadline.due_at is not None and ended_at > deadline.due_at:
        return [
            *explain(deadline, calendar=calendar),
            _late(deadline, deadline.due_at, ended_at, calendar),
            ended,
        ]
    # Up to the end is up to a pause that nobody ends.
    before = [pause for pause in deadline.pauses if pause.from_at < ended_at]
    cut = computed(
        deadline.target,
        filed_at=deadline.filed_at,
        pauses=[*before, Pause(ended_at, None)],
        calendar=calendar,
    )
    steps = explain(cut, calendar=calendar)
    last = steps.pop()
    if last.from_at is not None and last.from_at < ended_at:
        steps.append(replace(last, until_at=ended_at))
    return [*steps, ended]


def _late(deadline: Deadline, due_at: datetime, ended_at: datetime, calendar: WorkingCalendar) -> Step:
    days = calendar.working_days_between(calendar.day_of(due_at), calendar.day_of(ended_at))
    in_days = deadline.target.unit == "working_days"
    amount: Amount = days if in_days else calendar.working_time_between(due_at, ended_at)
    return Step("late", calendar.day_of(due_at), due_at, ended_at, amount)


def _arrival(kind: Kind, at: datetime, run: Run, calendar: WorkingCalendar) -> Iterator[Step]:
    day = calendar.day_of(at)
    yield Step(kind, day, at)
    # Somebody may ask before the office has opened: then nothing starts until the answer.
    asked_first = run.pause if run.pause and run.pause.from_at < run.from_at else None
    until = calendar.day_of(asked_first.from_at) if asked_first else run.counts_from
    for skipped in _dates(day, until - DAY):
        if off := calendar.day(skipped).off:
            yield Step("off", skipped, off=off)
    if not asked_first:
        yield Step("starts", run.counts_from, run.from_at)


def _pause(run: Run, calendar: WorkingCalendar) -> Step:
    assert run.pause is not None  # noqa: S101 - the caller has looked
    reason = (run.pause.reason,) if run.pause.reason else ()
    return Step(
        "paused", calendar.day_of(run.pause.from_at), run.pause.from_at, run.pause.until_at, notes=reason
    )


def _counted(run: Run, calendar: WorkingCalendar) -> Iterator[Step]:
    return (
        _minutes(run, run.left, calendar)
        if isinstance(run.left, timedelta)
        else _days(run, run.left, calendar)
    )


def _days(run: Run, left: int, calendar: WorkingCalendar) -> Iterator[Step]:
    for day in _dates(run.counts_from + DAY, calendar.day_of(run.until_at)):
        told = calendar.day(day)
        if told.off:
            yield Step("off", day, off=told.off)
        else:
            left -= 1
            yield Step("counted", day, told.opens_at, told.closes_at, amount=1, left=left, notes=told.notes)


def _minutes(run: Run, left: timedelta, calendar: WorkingCalendar) -> Iterator[Step]:
    for day in _dates(run.counts_from, calendar.day_of(run.until_at)):
        midnight = datetime.combine(day, time.min, calendar.zone)
        from_at = max(run.from_at, midnight)
        until_at = min(run.until_at, datetime.combine(day + DAY, time.min, calendar.zone))
        worked = calendar.working_time_between(from_at, until_at)
        told = calendar.day(day)
        if told.off:
            yield Step("off", day, off=told.off)
        elif worked > NOTHING:
            left -= worked
            from_at, until_at = calendar.opening(from_at), calendar.add_working_time(from_at, worked)
            yield Step("counted", day, from_at, until_at, worked, left, notes=told.notes)


def _dates(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
