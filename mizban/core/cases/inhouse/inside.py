"""What happens inside the office only: events that staff of the case's own agency hear of, and nobody else."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mizban.core.declarations.fields import Field
from mizban.core.events.models import Event
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Role
from mizban.core.refusals import NotYours

if TYPE_CHECKING:
    from ..models import Case

# Kinds of event that neither the applicant nor a party hears of.
INTERNAL = frozenset(
    {"assigned", "given-back", "noted", "warned", "linked", "opinion-asked", "opinion-given"}
)
# What the clock says by itself: nobody acted, so nobody's page is behind for it.
UNASKED = frozenset({"warned", "breached", "due_moved", "apologised", "escalated"})
# Whoever works on cases; a site officer keeps the site and does not.
WORKING = frozenset({Role.EXPERT, Role.HEAD, Role.DIRECTOR})
LEADING = frozenset({Role.HEAD, Role.DIRECTOR})

NOTE = Field("text", "long_text", "یادداشت", min_length=2, max_length=3000)
REASON = Field("reason", "long_text", "دلیل ارجاع", min_length=3, max_length=1000)
REASON_TO_MOVE = Field("reason", "long_text", "دلیل", min_length=3, max_length=1000)
QUESTION = Field("question", "long_text", "چه می‌پرسید؟", min_length=3, max_length=1000)
OPINION = Field("opinion", "long_text", "نظر واحد شما", min_length=3, max_length=3000)
# What was written with an internal act, by the kind of its event; sealed, and said to the office only.
FORMS: dict[str, tuple[Field, ...]] = {
    "noted": (NOTE,),
    "referred": (REASON,),
    "moved": (REASON_TO_MOVE,),
    "opinion-asked": (QUESTION,),
    "opinion-given": (OPINION,),
    "acknowledged": (NOTE,),
}


def is_internal(event: Event) -> bool:
    return event.kind in INTERNAL


def told(events: Iterable[Event]) -> list[Event]:
    """The events that the applicant and the parties may hear of."""
    return [event for event in events if not is_internal(event)]


def is_inside(case: "Case", actor: Actor) -> bool:
    """Whether this actor hears what is internal: staff of the case's own agency."""
    return isinstance(actor, Staff) and actor.agency_id == case.agency_id


def works_on(case: "Case", by: Actor) -> bool:
    """Whether this person works on cases at the case's own agency."""
    return isinstance(by, Staff) and by.agency_id == case.agency_id and not by.roles.isdisjoint(WORKING)


def is_at_home(case: "Case", by: Staff) -> bool:
    """Whether the case is in a unit of this person, or with the person; not where only a word was asked of the unit."""
    return not by.unit_ids or case.unit_id in by.unit_ids or case.assignee_id in by.desks


def refuse_outsiders(case: "Case", by: Actor) -> None:
    """Raises NotYours for whoever does not work on cases at the case's own agency."""
    if not works_on(case, by):
        raise NotYours
