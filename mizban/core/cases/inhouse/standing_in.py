"""In whose right a deputy (جانشین) acts: the own where that is enough, else that of the colleague stood in for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mizban.core.people.actors import Actor, Staff

from ..steps.permitting import is_one_of

if TYPE_CHECKING:
    from ..models import Case


def named(case: "Case", by: Actor, facts: Mapping[str, Any]) -> Actor:
    """The actor as an event of this case names it; `facts` are those of the event."""
    if not isinstance(by, Staff) or not by.stands_in_for:
        return by
    if by.alone is not None and _may_alone(case, by.alone, facts):
        return by
    return by.as_deputy


def _may_alone(case: "Case", alone: Staff, facts: Mapping[str, Any]) -> bool:
    """Whether the own roles suffice: the case is seen with them, and the step is for one of them."""
    ours = case.agency_id == alone.agency_id
    sees = not alone.unit_ids or case.unit_id in alone.unit_ids or case.assignee_id == alone.user_id
    if ours and not sees:
        return False
    step = case.declaration.steps.get(facts.get("step") or facts.get("decision", ""))
    asked = (facts["who"],) if "who" in facts else step.by if step else ()
    # A party's steps are for all who act for it; those of the own agency name their roles.
    return step is None or not ours or any(is_one_of(case, who, alone) for who in asked)
