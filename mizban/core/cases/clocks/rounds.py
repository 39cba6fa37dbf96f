"""The rounds of a target: from which event to which it ran in a case, when its clock stood, when it was due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mizban.core.declarations.grammar import PARTY, Declaration, State, Target
from mizban.core.events.models import Event

from .clock import AgencyClock, Stop

# Percent of its time after which a deadline is warned of; a breach is kept as the whole of it.
SHARES = (50, 80)
BREACHED = 100
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
class Move:
    """An event that says where the case stands."""

    event: Event | Happening
    state: State | None
    step: str


def moves_of(declaration: Declaration, events: Events) -> list[Move]:
    """The events (oldest first) that say where the case stands."""
    return [
        Move(event, declaration.state(event.facts["to"]), event.facts.get("step", ""))
        for event in events
        if "to" in event.facts
    ]


def rounds(
    declaration: Declaration,
    target: Target,
    promise: Target,
    moves: Sequence[Move],
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


def again(promise: Target, moves: Sequence[Move], events: Events, clock: AgencyClock) -> Iterator[Deadline]:
    """The new date of a broken promise, the last that was given: a clock like any other, and no one is warned of it."""
    given = next((event for event in reversed(events) if event.kind in RENEWING), None)
    if given is None or "within" not in given.facts:
        return
    facts = given.facts
    target = Target(AGAIN, facts["within"], facts["unit"], promise.until, label="موعد تازه")
    before = [move for move in moves if move.event.number < given.number]
    after = moves[len(before) :]
    end = next((i for i, move in enumerate(after) if move.step in target.until), None)
    stay = [Move(given, before[-1].state, ""), *after[: len(after) if end is None else end + 1]]
    yield _deadline(target, frozenset(), stay, events, clock, is_answered=end is not None, is_promise=False)


def _start(target: Target, where: frozenset[str], moves: Sequence[Move], first: int) -> int | None:
    """The move it starts with: a step of `starts`, the first stay in its states, or the filing."""
    for i in range(first, len(moves)):
        if target.starts:
            if moves[i].step in target.starts:
                return i
        elif not where or name_of(moves[i]) in where:
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
    stay: Sequence[Move],
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


def _closed_at(stay: Sequence[Move]) -> datetime:
    """When the case closed: what is said of a closed case afterwards does not close it again."""
    at = stay[-1].event.at
    for move in reversed(stay):
        if move.state is None or not move.state.closed:
            break
        at = move.event.at
    return at


def _stops(
    target: Target, where: frozenset[str], stay: Sequence[Move], ended_at: datetime | None
) -> tuple[Stop, ...]:
    """When this target's clock stood; one that still stands ends with the deadline."""
    found: list[Stop] = []
    standing: Stop | None = None
    for move in stay:
        stands = _stands(target, where, move)
        if standing is None and stands:
            standing = Stop(move.event.at, None, name_of(move))
        elif standing is not None and not stands:
            found.append(replace(standing, until_at=move.event.at))
            standing = None
    # What an answer leads to stops nothing any more.
    if standing is not None and (ended_at is None or standing.from_at < ended_at):
        found.append(replace(standing, until_at=ended_at))
    return tuple(found)


def _stands(target: Target, where: frozenset[str], move: Move) -> bool:
    if where and name_of(move) not in where:
        return True
    if move.state is None:
        return False
    theirs = target.owed_by.startswith(PARTY) and move.state.turn == "party"
    return move.state.closed or (move.state.clock_stopped and not theirs)


def name_of(move: Move) -> str:
    """The state's name; nothing for one that is declared no more."""
    return move.state.name if move.state else ""


def _fired(target: Target, events: Events, start: int) -> list[tuple[int, Mapping[str, Any]]]:
    """What was told of the round that began with this event: the share (100: its breach) and the facts."""
    return [
        (event.facts.get("share", BREACHED), event.facts)
        for event in events
        if event.kind in TELLING and (event.facts["target"], event.facts["since"]) == (target.name, start)
    ]
