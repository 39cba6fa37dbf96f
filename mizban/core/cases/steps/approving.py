"""Approvals in parallel: rounds of places that open with a state, are decided one by one, and close with it."""

from datetime import datetime
from typing import TYPE_CHECKING

from mizban.core.agencies.models import Agency, Unit
from mizban.core.declarations.grammar import PARTY, UNIT, Declaration, Step, Verdict
from mizban.core.declarations.grammar import Approval as Declared
from mizban.core.people.actors import Staff

from ..models.approvals import Approval, standing
from ..models.party import Party
from ..sight.parties import bring, bring_unit
from .permitting import place_of

if TYPE_CHECKING:
    from ..models import Case

APPROVE: Verdict = "approve"
REFUSE: Verdict = "refuse"


def decide(case: "Case", step: Step, *, by: Staff) -> tuple[Approval, str | None]:
    """The place this person fills with the step, and the state its approval leads to, None while others are awaited.

    The caller has looked for a `hindrance`; nothing is written yet.
    """
    places = [place for place in standing(case) if place.name == step.approval]
    place = place_of(case, places, by)
    assert place is not None  # noqa: S101  # `hindrance` refuses who has none
    verdicts = [each.verdict for each in places if each.verdict] + [step.verdict]
    declared = case.declaration.approvals[step.approval]
    if verdicts.count(APPROVE) >= declared.need:
        return place, case.declaration.steps[declared.step(APPROVE)].to
    if verdicts.count(REFUSE) > len(places) - declared.need:
        return place, case.declaration.steps[declared.step(REFUSE)].to
    return place, None


def write(case: "Case", place: Approval, step: Step, *, by: Staff, name: str, at: datetime) -> None:
    """Keep a decision beside its event, and ask the next where they are asked in order."""
    Approval.objects.filter(pk=place.pk).update(
        verdict=step.verdict, decided_by=by.user_id, decided_name=name, decided_at=at
    )
    if case.declaration.approvals[step.approval].ordered:
        later = Approval.objects.filter(case=case, name=place.name, round=place.round, asked_at=None)
        following = later.order_by("place").first()
        if following:
            Approval.objects.filter(pk=following.pk).update(asked_at=at)


def follow(case: "Case", before: str, *, at: datetime) -> None:
    """Close the rounds of the state the case left, open those of the one it came to. Raises PartyMissing."""
    for declared in case.declaration.approvals.values():
        was, stands = before in declared.from_, case.state in declared.from_
        if was and not stands:
            close(case, declared.name, at=at)
        elif stands and not was and (declared.when is None or declared.when.holds(case.plain)):
            _open(case, declared, at=at)
    _bring_units(case, case.declaration)


def close(case: "Case", name: str | None = None, *, at: datetime) -> None:
    """End the rounds of one approval, or of all: who has not decided is asked no more."""
    rounds = Approval.objects.filter(case=case, closed_at=None)
    (rounds if name is None else rounds.filter(name=name)).update(closed_at=at)


def _open(case: "Case", declared: Declared, *, at: datetime) -> None:
    """A new round: a row for every place, the first of them asked, or all at once."""
    bring(case, [who.removeprefix(PARTY) for who in declared.of if who.startswith(PARTY)])
    before = case.approvals.filter(name=declared.name).order_by("-round").first()
    for place, who in enumerate(declared.of):
        agency, unit = whose(case, who)
        case.approvals.create(
            name=declared.name,
            round=before.round + 1 if before else 1,
            place=place,
            who=who,
            agency=agency,
            unit=unit,
            asked_at=None if declared.ordered and place else at,
        )


def whose(case: "Case", who: str) -> tuple[Agency, Unit | None]:
    """The desk that a declared word means in this case; a unit that is asked becomes a party."""
    if who.startswith(PARTY):
        party = Party.objects.select_related("agency").get(case=case, role=who.removeprefix(PARTY))
        assert party.agency is not None  # noqa: S101  # `bring` found it
        return party.agency, None
    if not who.startswith(UNIT):
        return case.agency, None
    return case.agency, bring_unit(case, who.removeprefix(UNIT))


def _bring_units(case: "Case", declaration: Declaration) -> None:
    """A unit that has a step in this state sees the case, whichever unit's it is."""
    steps = [step for step in declaration.steps_open_in(case.state) if step.is_for(case.plain)]
    for slug in {who.removeprefix(UNIT) for step in steps for who in step.by if who.startswith(UNIT)}:
        bring_unit(case, slug)
