"""Who a case waits for, as conditions on rows: read off the declarations, so that a queue asks no case one by one."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from mizban.core.declarations.grammar import ASSIGNEE, PARTY, UNIT, Declaration, Step
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role

from ..inhouse.inside import WORKING
from ..models.approvals import Approval
from ..models.party import Party
from ..models.shelves import OPEN
from .parties import APPLICANT

Declarations = Mapping[int, Declaration]


def on_me(by: Staff, versions: Declarations) -> Q:
    """Cases of the own agency whose next step is this person's: by role, and by whom the case is with.

    What experts do waits for whoever has the case, or for all while nobody has it; what only a head, a director or a
    site officer can do waits for them whoever has it.
    """
    unclaimed_or_mine = Q(assignee=None) | Q(assignee_id__in=by.desks)
    experts_work = _in_states(versions, lambda step: _is_for(step, by) and Role.EXPERT in step.by)
    others_work = _in_states(versions, lambda step: _is_for(step, by) and Role.EXPERT not in step.by)
    found = unclaimed_or_mine & experts_work | others_work
    if any(ASSIGNEE in step.by for each in versions.values() for step in each.steps.values()):
        found |= Q(assignee_id__in=by.desks) & _in_states(versions, lambda step: ASSIGNEE in step.by)
    return OPEN & Q(turn="office") & found


def on_my_word(by: Staff, versions: Declarations) -> Q:
    """Cases of any unit of the own agency in which this person is asked: a place of an approval, or a unit's step."""
    asked = Q(pk__in=Approval.objects.asking(by).values("case_id"))
    if by.roles.isdisjoint(WORKING):
        return OPEN & asked
    parts = Party.objects.filter(agency_id=by.agency_id, unit__isnull=False)
    if by.unit_ids:
        parts = parts.filter(unit_id__in=by.unit_ids)
    stands = _stands(versions, lambda who: who.startswith(UNIT))
    if stands:
        asked |= Q(pk__in=parts.alias(stands=_STANDS).filter(stands__in=stands).values("case_id"))
    return OPEN & asked


def on_our_step(by: Staff, versions: Declarations) -> Q:
    """Cases of other agencies that wait for a step of this agency, as a party or as the applicant.

    What the applicant may do at any time, such as withdrawing, waits for nobody.
    """
    if by.roles.isdisjoint(WORKING):
        return Q(pk__in=[])
    stands = _stands(versions, lambda who: who == APPLICANT or who.startswith(PARTY))
    waits = Q(stands__in=stands) & (~Q(role=APPLICANT) | Q(case__turn="applicant"))
    parts = Party.objects.alias(stands=_STANDS).filter(waits, agency_id=by.agency_id)
    asked = Approval.objects.asking(by).filter(who__startswith=PARTY)
    return OPEN & (Q(pk__in=parts.values("case_id")) | Q(pk__in=asked.values("case_id")))


# A part's role, and where its case stands, as one word: one look-up instead of a condition for each of them.
_STANDS = Concat(
    "role",
    Value(" "),
    Cast("case__version_id", CharField(max_length=20)),
    Value(" "),
    "case__state",
    output_field=CharField(),
)


def _stands(versions: Declarations, wanted: Callable[[str], bool]) -> list[str]:
    """Every part of a wanted kind with every state in which it has a step; an approval asks by itself."""
    return [
        f"{who.removeprefix(PARTY)} {pk} {state}"
        for pk, declaration in versions.items()
        for step in declaration.steps.values()
        for who in step.by
        if wanted(who) and not step.approval
        for state in step.from_
    ]


def _is_for(step: Step, by: Staff) -> bool:
    return not step.approval and not by.roles.isdisjoint(step.by)


def _in_states(versions: Declarations, wanted: Callable[[Step], bool]) -> Q:
    """Cases standing where a wanted step can be taken; versions with the same states are asked together."""
    by_states: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for pk, declaration in versions.items():
        states = frozenset(
            state for step in declaration.steps.values() if wanted(step) for state in step.from_
        )
        if states:
            by_states[states].append(pk)
    found = Q(pk__in=[])
    for states, of_versions in by_states.items():
        found |= Q(version_id__in=of_versions, state__in=sorted(states))
    return found
