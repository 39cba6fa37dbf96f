"""With whom a case was, and how much of the office's working time each of them had it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from mizban.core.declarations.grammar import PARTY, Declaration, State
from mizban.core.events.models import Event

from .days import WorkingCalendar
from .timetable import NOTHING

Side = Literal["office", "party", "applicant"]


@dataclass(frozen=True, slots=True)
class Share:
    """One side's part of the time, in the office's working time; `name` is the unit's or the agency's."""

    side: Side
    name: str
    worked: timedelta


def shares(
    declaration: Declaration,
    events: Sequence[Event],
    *,
    unit: str,
    until: datetime,
    calendar: WorkingCalendar,
) -> list[Share]:
    """The time from the filing until the aware moment `until`, by whom the case was with, the longest first.

    `unit` is what the case's unit is called now, where the events do not tell of earlier ones. What is answered or
    closed is with nobody.
    """
    found: dict[tuple[Side, str], timedelta] = {}
    for holder, from_at, until_at in _stays(declaration, events, unit, until):
        worked = calendar.working_time_between(from_at, max(from_at, until_at))
        found[holder] = found.get(holder, NOTHING) + worked
    longest = sorted(found.items(), key=lambda each: -each[1])
    return [Share(side, name, worked) for (side, name), worked in longest]


def _stays(
    declaration: Declaration, events: Sequence[Event], unit: str, until: datetime
) -> Iterator[tuple[tuple[Side, str], datetime, datetime]]:
    """Who had the case, from when until when."""
    referrals = [event for event in events if event.kind == "referred"]
    here = referrals[0].facts.get("from_unit") or unit if referrals else unit
    state: State | None = None
    since = until
    for event in [*events, None]:
        at = min(event.at, until) if event else until
        if state and since < at and (holder := _holder(declaration, state, here)):
            yield holder, since, at
        if event is None:
            return
        state, since = declaration.states.get(event.facts.get("to", ""), state), at
        if event.kind == "referred":
            here = event.facts["unit"]


def _holder(declaration: Declaration, state: State, unit: str) -> tuple[Side, str] | None:
    if state.closed or state.turn == "nobody":
        return None
    if state.turn == "applicant":
        return "applicant", "متقاضی"
    if state.turn == "party":
        roles = {
            who for step in declaration.steps_open_in(state.name) for who in step.by if who.startswith(PARTY)
        }
        known = [party.label for name, party in declaration.parties.items() if PARTY + name in roles]
        return "party", "، ".join(known) or state.waits_for or state.label
    return "office", unit
