"""What the core asks of the office's clock. The calendar stands a floor above and installs itself at start."""

from collections.abc import Callable, Sequence
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
    """When a target falls due (None while the clock stands) and the calendar version that says so.

    `shares_at` has the moments at which the shares asked for are used up, in their order; none while the clock stands.
    """

    at: datetime | None
    calendar: int
    shares_at: tuple[datetime, ...] = ()


class Clock(Protocol):
    """Computes due dates. Pure for given events and calendar version; all datetimes aware."""

    def due(
        self,
        agency_id: int,
        target: Target,
        *,
        filed_at: datetime,
        stops: Sequence[Stop],
        shares: Sequence[int] = (),
    ) -> Due:
        """When the target of a case filed then, with these stops, falls due; `shares` are asked for in percent."""
        ...


class Clocks(Protocol):
    """The clocks of all agencies."""

    def of(self, agency_id: int) -> Clock:
        """The agency's clock as its calendar stands now, for as many questions as belong together."""
        ...


# When an agency's portal was out unannounced between two moments: spans in order, without overlaps.
Outages = Callable[[int, datetime, datetime], Sequence[tuple[datetime, datetime]]]


def never_out(
    _agency_id: int, _from_at: datetime, _until_at: datetime
) -> Sequence[tuple[datetime, datetime]]:
    """What a clock says of outages that nobody told it of."""
    return ()


@dataclass(frozen=True, slots=True)
class AgencyClock:
    """The clock of one agency; `outages` is what applicants get back of their own time (`own_time`)."""

    clock: Clock
    agency_id: int
    outages: Outages = never_out

    def due(
        self, target: Target, *, filed_at: datetime, stops: Sequence[Stop] = (), shares: Sequence[int] = ()
    ) -> Due:
        """See `Clock.due`."""
        return self.clock.due(self.agency_id, target, filed_at=filed_at, stops=stops, shares=shares)


_installed: list[Clocks] = []
_outages: list[Outages] = [never_out]


def install(clocks: Clocks) -> None:
    """Called once, when the calendar's app is ready."""
    _installed[:] = [clocks]


def install_outages(outages: Outages) -> None:
    """Called once, when the app that measures the portal is ready."""
    _outages[:] = [outages]


def clock_of(agency_id: int) -> AgencyClock:
    """The installed clock, of this agency: the calendar is looked at once, here."""
    return AgencyClock(_installed[0].of(agency_id), agency_id, _outages[0])


def stops(declaration: Declaration, events: Sequence[Event]) -> list[Stop]:
    """The times in which the clock stood, from the events of a case in order.

    A case that was closed and opened again stood meanwhile; one that is closed has ended.
    """
    found: list[Stop] = []
    standing: tuple[datetime, str] | None = None
    for event in events:
        state = declaration.states.get(event.facts.get("to", ""))
        if state is None:
            continue
        stands = state.clock_stopped or state.closed
        if stands and standing is None:
            standing = event.at, state.name
        elif not stands and standing is not None:
            found.append(Stop(standing[0], event.at, standing[1]))
            standing = None
    if standing is not None and not declaration.states[standing[1]].closed:
        found.append(Stop(standing[0], None, standing[1]))
    return found
