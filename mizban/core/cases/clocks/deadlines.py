"""Every deadline of a case, computed from its events: nothing of this is stored but when to look again.

`Case.due_at` is the promise's and orders queues; `Case.wake_at` says when the worker must look at the case. Both follow
from what stands here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from mizban.core.declarations.grammar import PARTY, Declaration, State, Target
from mizban.core.events.models import Event

from .clock import AgencyClock, Stop
from .own_time import own_time

# Percent of its time after which a deadline is warned of; a breach is kept as the whole of it.
SHARES = (50, 80)
BREACHED = 100
# An answer at the due instant is in time: nothing is late before the next one.
LATE_BY = timedelta(microseconds=1)

Kind = Literal["warned", "breached", "step"]
TELLING = frozenset({"warned", "breached"})
# What commits the office to a new date after a broken promise, and the target that follows from it: no declared name
# has a hyphen.
RENEWING = frozenset({"apologised", "promised-again"})
AGAIN = "promise-again"


@dataclass(frozen=True, slots=True)
class Happening:
    """As much of an event as clocks look at: for one that is about to be written."""

    number: int
    at: datetime
    kind: str
    facts: Mapping[str, Any]


Events = Sequence[Event | Happening]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One target of one case, running or over; all datetimes aware.

    `number` is that of the event it started with. `due_at` and `norm_at` are None while the clock stands. `ended_at` is
    when it was fulfilled (`is_answered`) or the case closed. `kept` is None while it runs in time, and where the case
    closed in time without an answer. `fired` are the events that told of it: 50, 80 (shares it was warned at) and 100
    (breached).
    """

    target: Target
    number: int
    started_at: datetime
    stops: tuple[Stop, ...]
    due_at: datetime | None
    norm_at: datetime | None
    ended_at: datetime | None
    is_answered: bool
    calendar: int
    kept: bool | None
    shares_at: tuple[datetime, ...] = ()
    fired: frozenset[int] = frozenset()

    @property
    def is_breached(self) -> bool:
        """Whether its breach was told: from then on it stays as it was told."""
        return BREACHED in self.fired


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


@dataclass(frozen=True, slots=True)
class _Move:
    """An event that says where the case stands."""

    event: Event | Happening
    state: State | None
    step: str


def deadlines(
    declaration: Declaration, plain: Mapping[str, Any], events: Events, clock: AgencyClock
) -> list[Deadline]:
    """Every deadline of a case with these plain answers and events (oldest first), the promise first.

    A target that starts with a step is there once for each time it started; last comes the date that was given after a
    broken promise. Pure for a given calendar version; costs
    microseconds and no query.
    """
    moves = _moves(declaration, events)
    promise, *beside = declaration.targets_of(plain)
    found = list(_rounds(declaration, promise, promise, moves, events, clock))
    for target in beside:
        found += _rounds(declaration, target, promise, moves, events, clock)
    return [*found, *_again(promise, moves, events, clock)]


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


def _moves(declaration: Declaration, events: Events) -> list[_Move]:
    return [
        _Move(event, declaration.state(event.facts["to"]), event.facts.get("step", ""))
        for event in events
        if "to" in event.facts
    ]


def _rounds(
    declaration: Declaration,
    target: Target,
    promise: Target,
    moves: Sequence[_Move],
    events: Events,
    clock: AgencyClock,
) -> Iterator[Deadline]:
    """The times this target ran: once, or each time one of its `starts` was taken while it did not run."""
    where = _states_of(declaration, target)
    until = target.until or promise.until
    first = 0
    while (start := _start(target, where, moves, first)) is not None:
        end = next((i for i in range(start + 1, len(moves)) if moves[i].step in until), None)
        stay = moves[start : len(moves) if end is None else end + 1]
        yield _deadline(
            target, where, stay, events, clock, is_answered=end is not None, is_promise=target is promise
        )
        if end is None or not target.starts:
            return
        first = end + 1


def _again(promise: Target, moves: Sequence[_Move], events: Events, clock: AgencyClock) -> Iterator[Deadline]:
    """The new date of a broken promise, the last that was given: a clock like any other, and no one is warned of it."""
    given = next((event for event in reversed(events) if event.kind in RENEWING), None)
    if given is None or "within" not in given.facts:
        return
    facts = given.facts
    target = Target(AGAIN, facts["within"], facts["unit"], promise.until, label="موعد تازه")
    before = [move for move in moves if move.event.number < given.number]
    after = moves[len(before) :]
    end = next((i for i, move in enumerate(after) if move.step in target.until), None)
    stay = [_Move(given, before[-1].state, ""), *after[: len(after) if end is None else end + 1]]
    yield _deadline(target, frozenset(), stay, events, clock, is_answered=end is not None, is_promise=False)


def _start(target: Target, where: frozenset[str], moves: Sequence[_Move], first: int) -> int | None:
    """The move it starts with: a step of `starts`, the first stay in its states, or the filing."""
    for i in range(first, len(moves)):
        if target.starts:
            if moves[i].step in target.starts:
                return i
        elif not where or _name(moves[i]) in where:
            return i
    return None


def _states_of(declaration: Declaration, target: Target) -> frozenset[str]:
    """Where it counts; empty: everywhere. What another agency owes counts while it is that agency's turn."""
    if target.in_ or not target.owed_by.startswith(PARTY):
        return frozenset(target.in_)
    theirs = {
        state for step in declaration.steps.values() if target.owed_by in step.by for state in step.from_
    }
    return frozenset(name for name in theirs if declaration.states[name].turn == "party")


def _deadline(
    target: Target,
    where: frozenset[str],
    stay: Sequence[_Move],
    events: Events,
    clock: AgencyClock,
    *,
    is_answered: bool,
    is_promise: bool,
) -> Deadline:
    """One round of a target over the moves from its start to its end, or to now.

    The due date a promise was measured by stands in the event that ended it (`taking`).
    """
    start, last = stay[0].event, stay[-1]
    closed = last.state is not None and last.state.closed
    ended_at = _closed_at(stay) if closed and not is_answered else last.event.at if is_answered else None
    stops = _stops(target, where, stay, ended_at)
    due = clock.due(target, filed_at=start.at, stops=stops, shares=_shares(target, ended_at))
    norm = (
        clock.due(replace(target, within=target.norm), filed_at=start.at, stops=stops).at
        if target.norm
        else None
    )
    fired = _fired(target, events, start.number)
    told = next((facts["due_at"] for share, facts in fired if share == BREACHED), None)
    fixed = told or (last.event.facts.get("due_at") if is_promise and ended_at else None)
    due_at = datetime.fromisoformat(fixed) if fixed else due.at
    in_time = told is None and (ended_at is None or due_at is None or ended_at <= due_at)
    return Deadline(
        target=target,
        number=start.number,
        started_at=start.at,
        stops=stops,
        due_at=due_at,
        norm_at=norm,
        ended_at=ended_at,
        is_answered=is_answered,
        calendar=due.calendar,
        kept=in_time if is_answered else None if in_time else False,
        shares_at=due.shares_at,
        fired=frozenset(share for share, _ in fired),
    )


def _shares(target: Target, ended_at: datetime | None) -> tuple[int, ...]:
    """Of what is worth a warning: nothing that is over, and no new date, whose case everybody knows."""
    return () if ended_at or target.name == AGAIN else SHARES


def _closed_at(stay: Sequence[_Move]) -> datetime:
    """When the case closed: what is said of a closed case afterwards does not close it again."""
    at = stay[-1].event.at
    for move in reversed(stay):
        if move.state is None or not move.state.closed:
            break
        at = move.event.at
    return at


def _stops(
    target: Target, where: frozenset[str], stay: Sequence[_Move], ended_at: datetime | None
) -> tuple[Stop, ...]:
    """When this target's clock stood; one that still stands ends with the deadline."""
    found: list[Stop] = []
    standing: Stop | None = None
    for move in stay:
        stands = _stands(target, where, move)
        if standing is None and stands:
            standing = Stop(move.event.at, None, _name(move))
        elif standing is not None and not stands:
            found.append(replace(standing, until_at=move.event.at))
            standing = None
    # What an answer leads to stops nothing any more.
    if standing is not None and (ended_at is None or standing.from_at < ended_at):
        found.append(replace(standing, until_at=ended_at))
    return tuple(found)


def _stands(target: Target, where: frozenset[str], move: _Move) -> bool:
    if where and _name(move) not in where:
        return True
    if move.state is None:
        return False
    theirs = target.owed_by.startswith(PARTY) and move.state.turn == "party"
    return move.state.closed or (move.state.clock_stopped and not theirs)


def _name(move: _Move) -> str:
    return move.state.name if move.state else ""


def _fired(target: Target, events: Events, start: int) -> list[tuple[int, Mapping[str, Any]]]:
    """What was told of the round that began with this event: the share (100: its breach) and the facts."""
    return [
        (event.facts.get("share", BREACHED), event.facts)
        for event in events
        if event.kind in TELLING and (event.facts["target"], event.facts["since"]) == (target.name, start)
    ]


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
    stay: list[_Move] = []
    for move in _moves(declaration, events):
        if stay and _name(stay[-1]) == _name(move):
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
