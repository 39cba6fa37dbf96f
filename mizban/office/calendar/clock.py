"""The clock the cases are counted with: the core's question, answered from the agency's working calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mizban.core.cases.clocks.clock import Due, Stop
from mizban.core.declarations.grammar import Target as DeclaredTarget

from .current import calendar_of
from .days import WorkingCalendar
from .deadlines import Deadline, Pause, Target, deadline, shares_at


class CalendarClocks:
    """Implements `core.cases.clock.Clocks` over `calendar_of`."""

    def of(self, agency_id: int) -> "FixedClock":
        """See the protocol. Raises CalendarMissing for an agency without a calendar."""
        return FixedClock(calendar_of(agency_id))


@dataclass(frozen=True, slots=True)
class FixedClock:
    """Implements `core.cases.clock.Clock` over one calendar, whatever becomes of the agency's meanwhile."""

    calendar: WorkingCalendar

    def due(
        self,
        _agency_id: int,
        target: DeclaredTarget,
        *,
        filed_at: datetime,
        stops: Sequence[Stop],
        shares: Sequence[int] = (),
    ) -> Due:
        """See the protocol."""
        return counted(target, filed_at=filed_at, stops=stops, shares=shares, calendar=self.calendar)


def counted(
    target: DeclaredTarget,
    *,
    filed_at: datetime,
    stops: Sequence[Stop],
    calendar: WorkingCalendar,
    shares: Sequence[int] = (),
) -> Due:
    """The core's answer from this calendar; `shares` in percent."""
    found = whole(target, filed_at=filed_at, stops=stops, calendar=calendar)
    if found.due_at is None:
        return Due(None, found.calendar_version)
    return Due(found.due_at, found.calendar_version, shares_at(found, shares, calendar=calendar))


def deadline_of(
    agency_id: int, target: DeclaredTarget, *, filed_at: datetime, stops: Sequence[Stop]
) -> Deadline:
    """The whole deadline of a declared target, as explanations and meters need it."""
    return whole(target, filed_at=filed_at, stops=stops, calendar=calendar_of(agency_id))


def whole(
    target: DeclaredTarget, *, filed_at: datetime, stops: Sequence[Stop], calendar: WorkingCalendar
) -> Deadline:
    """`deadline_of` with a calendar that is at hand."""
    return deadline(
        Target(target.name, target.within, target.unit),
        filed_at=filed_at,
        pauses=[Pause(stop.from_at, stop.until_at, stop.state) for stop in stops],
        calendar=calendar,
    )
