"""Every deadline of a case, computed from its events: nothing of this is stored but when to look again.

`Case.due_at` is the promise's and orders queues; `Case.wake_at` says when the worker must look at the case. Both follow
from what stands here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from mizban.core.declarations.grammar import Declaration, Target

from .clock import AgencyClock
from .own_time import own_time
from .rounds import (
    AGAIN,
    BREACHED,
    SHARES,
    TELLING,
    Deadline,
    Events,
    Happening,
    Move,
    again,
    moves_of,
    name_of,
    rounds,
)

__all__ = [
    "AGAIN",
    "BREACHED",
    "TELLING",
    "Act",
    "Deadline",
    "Happening",
    "Times",
    "acts",
    "deadlines",
    "times",
]

# An answer at the due instant is in time: nothing is late before the next one.
LATE_BY = timedelta(microseconds=1)

Kind = Literal["warned", "breached", "step"]


@dataclass(frozen=True, slots=True)
class Act:
    """What happens by itself at a moment: a deadline is warned of or breached, or the system takes a step."""

    at: datetime
    kind: Kind
    name: str
    share: int = 0
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """What the row keeps: when the promise is due, by which calendar, when the worker looks next, whether it ended."""

    due_at: datetime | None
    due_calendar: int
    wake_at: datetime | None
    is_answered: bool


def deadlines(
    declaration: Declaration, plain: Mapping[str, Any], events: Events, clock: AgencyClock
) -> list[Deadline]:
    """Every deadline of a case with these plain answers and events (oldest first), the promise first.

    A target that starts with a step is there once for each time it started; last comes the date that was given after a
    broken promise. Pure for a given calendar version; costs microseconds and no query.
    """
    moves = moves_of(declaration, events)
    promise, *beside = declaration.targets_of(plain)
    found = list(rounds(declaration, promise, promise, moves, events, clock))
    for target in beside:
        found += rounds(declaration, target, promise, moves, events, clock)
    return [*found, *again(promise, moves, events, clock)]


def acts(
    declaration: Declaration,
    plain: Mapping[str, Any],
    events: Events,
    clock: AgencyClock,
    found: Sequence[Deadline] | None = None,
) -> list[Act]:
    """What will happen by itself if nobody does anything, soonest first; `found` are its `deadlines` where known."""
    known = deadlines(declaration, plain, events, clock) if found is None else found
    coming = [act for deadline in known for act in _telling(deadline)]
    coming += _timed_steps(declaration, plain, events, clock)
    return sorted(coming, key=lambda act: act.at)


def times(declaration: Declaration, plain: Mapping[str, Any], events: Events, clock: AgencyClock) -> Times:
    """What the row of a case with these events keeps."""
    found = deadlines(declaration, plain, events, clock)
    coming = acts(declaration, plain, events, clock, found)
    promise, wake_at = found[0], coming[0].at if coming else None
    return Times(promise.due_at, promise.calendar, wake_at, promise.is_answered)


def _telling(deadline: Deadline) -> Iterator[Act]:
    """What is still to be told of a deadline. Of what was missed while nobody looked only the last is told."""
    if deadline.is_breached or deadline.due_at is None:
        return
    name = deadline.target.name
    if deadline.ended_at is None:
        reached = max(deadline.fired, default=0)
        for share, at in zip(SHARES, deadline.shares_at, strict=False):
            if share > reached:
                yield Act(at, "warned", name, share, deadline)
    elif deadline.ended_at <= deadline.due_at:
        return
    yield Act(deadline.due_at + LATE_BY, "breached", name, BREACHED, deadline)


def _timed_steps(
    declaration: Declaration, plain: Mapping[str, Any], events: Events, clock: AgencyClock
) -> Iterator[Act]:
    """The steps the system takes where the case stands now, each once a stay."""
    timed = [(step, step.after) for step in declaration.steps.values() if step.after is not None]
    if not timed:
        return
    stay: list[Move] = []
    for move in moves_of(declaration, events):
        if stay and name_of(stay[-1]) == name_of(move):
            stay.append(move)
        else:
            stay = [move]
    state, since = stay[0].state, stay[0].event.at
    if state is None or state.closed:
        return
    taken = {move.step for move in stay[1:]}
    for step, after in timed:
        if state.name in step.from_ and step.name not in taken and step.is_for(plain):
            if state.turn == "applicant":
                yield Act(own_time(clock, after, since=since).until, "step", step.name)
                continue
            at = clock.due(Target(step.name, after.within, after.unit, ()), filed_at=since).at
            assert at is not None  # noqa: S101  # nothing stops this wait
            yield Act(at, "step", step.name)
