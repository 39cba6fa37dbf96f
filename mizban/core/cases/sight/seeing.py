"""What of a case another agency sees: all of it, or with `shows` these questions, what it was asked and answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mizban.core.declarations.grammar import PARTY, Step
from mizban.core.events.models import Event
from mizban.core.people.actors import Actor, Staff

from ..inhouse.inside import is_inside, told
from ..steps.permitting import taken
from .parties import APPLICANT

if TYPE_CHECKING:
    from ..models import Case, CaseFile


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of a case somebody reads. `shows` None: everything that is not internal; else questions by name."""

    parts: frozenset[str] = frozenset()
    shows: frozenset[str] | None = None

    @property
    def is_whole(self) -> bool:
        return self.shows is None

    @property
    def knows_applicant(self) -> bool:
        return self.shows is None or APPLICANT in self.shows

    def has(self, question: str) -> bool:
        return self.shows is None or question in self.shows

    def events(self, case: "Case", events: Iterable[Event]) -> list[Event]:
        """Those of `events` that are this reader's business: the filing, what asked them, what they did."""
        return [event for event in events if self.is_whole or self._concerns(case, event)]

    def has_file(self, case: "Case", file: "CaseFile", event: Event | None) -> bool:
        """Whether a file may be read: of a question shown, or brought with an event that is."""
        if self.is_whole or self.has(file.field):
            return True
        return event is not None and event.kind != "filed" and self._concerns(case, event)

    def _concerns(self, case: "Case", event: Event) -> bool:
        step = case.declaration_at(event.number).steps.get(taken(event))
        return event.kind == "filed" or (step is not None and self._asks_or_answers(case, step))

    def _asks_or_answers(self, case: "Case", step: Step) -> bool:
        mine = {PARTY + part for part in self.parts}
        asking = {
            state
            for approval in case.declaration.approvals.values()
            if mine & set(approval.of)
            for state in approval.from_
        }
        return bool(
            self.parts & set(step.brings) or (mine & set(step.by) and not step.approval) or step.to in asking
        )


WHOLE = Sight()


def sight_of(case: "Case", actor: Actor) -> Sight:
    """How much of a case that is visible to this actor the actor reads. A query where the parties are not known yet."""
    if not isinstance(actor, Staff) or is_inside(case, actor):
        return WHOLE
    parts = case.roles_of(actor.agency_id)
    declared = [case.declaration.parties[part] for part in parts if part in case.declaration.parties]
    if APPLICANT in parts or not declared or any(party.shows is None for party in declared):
        return WHOLE
    return Sight(frozenset(parts), frozenset(name for party in declared for name in party.shows or ()))


def heard(case: "Case", actor: Actor, events: Iterable[Event]) -> list[Event]:
    """The events of a case that this actor hears of, in their order."""
    if is_inside(case, actor):
        return list(events)
    return sight_of(case, actor).events(case, told(events))
