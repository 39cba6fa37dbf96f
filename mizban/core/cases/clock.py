"""What the core asks of the office's clock. The calendar stands a floor above and installs itself at start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mizban.core.declarations.grammar import Declaration, Target
from mizban.core.events.models import Event


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which the clock stood: from a moment, until another or still."""

    from_at: datetime
    until_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Due:
    """When a target falls due (None while the clock stands) and the calendar version that says so."""

    at: datetime | None
    calendar: int


class Clock(Protocol):
    """Computes due dates. Pure for given events and calendar version; all datetimes aware."""

    def due(self, agency_id: int, target: Target, *, filed_at: datetime, stops: Sequence[Stop]) -> Due:
        """When the target of a case filed then, with these stops, falls due."""
        ...


_installed: list[Clock] = []


def install(clock: Clock) -> None:
    """Called once, when the calendar's app is ready."""
    _installed[:] = [clock]


def the_clock() -> Clock:
    return _installed[0]


def stops(declaration: Declaration, events: Sequence[Event]) -> list[Stop]:
    """The times in which the clock stood, from the events of a case in order."""
    found: list[Stop] = []
    standing: tuple[datetime, str] | None = None
    for event in events:
        state = declaration.states.get(event.facts.get("to", ""))
        if state is None:
            continue
        if state.clock_stopped and standing is None:
            standing = event.at, state.name
        elif not state.clock_stopped and standing is not None:
            found.append(Stop(standing[0], event.at, standing[1]))
            standing = None
    if standing is not None:
        found.append(Stop(standing[0], None, standing[1]))
    return found
