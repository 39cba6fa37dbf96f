"""The clock the cases are counted with: the core's question, answered from the agency's working calendar."""

from collections.abc import Sequence
from datetime import datetime

from mizban.core.cases.clock import Due, Stop
from mizban.core.declarations.grammar import Target as DeclaredTarget

from .current import calendar_of
from .deadlines import Deadline, Pause, Target, deadline


class CalendarClock:
    """Implements `core.cases.clock.Clock` over `calendar_of`."""

    def due(
        self, agency_id: int, target: DeclaredTarget, *, filed_at: datetime, stops: Sequence[Stop]
    ) -> Due:
        """See the protocol. Raises CalendarMissing for an agency without a calendar."""
        found = deadline_of(agency_id, target, filed_at=filed_at, stops=stops)
        return Due(found.due_at, found.calendar_version)


def deadline_of(
    agency_id: int, target: DeclaredTarget, *, filed_at: datetime, stops: Sequence[Stop]
) -> Deadline:
    """The whole deadline of a declared target, as explanations and meters need it."""
    return deadline(
        Target(target.name, target.within, target.unit),
        filed_at=filed_at,
        pauses=[Pause(stop.from_at, stop.until_at, stop.state) for stop in stops],
        calendar=calendar_of(agency_id),
    )
