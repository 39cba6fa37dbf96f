"""Who takes the steps of the demo's cases: real members of the offices, each in the part that is theirs."""

from collections import defaultdict
from random import Random

from mizban.core.cases.models import Case
from mizban.core.cases.steps.permitting import hindrance, may_take
from mizban.core.declarations.grammar import PARTY, Step
from mizban.core.people.actors import SYSTEM, Actor, Guest, Staff
from mizban.core.people.models import Membership, Role


class Staffroom:
    """The staff of every agency, as actors. Two queries, made once."""

    def __init__(self) -> None:
        held: defaultdict[tuple[int, int], list[Membership]] = defaultdict(list)
        members = Membership.objects.filter(user__is_active=True).select_related("user").order_by("id")
        for member in members:
            held[member.agency_id, member.user_id].append(member)
        self._staff: defaultdict[int, list[Staff]] = defaultdict(list)
        for (agency_id, _), roles in held.items():
            self._staff[agency_id].append(_actor(roles))

    def clerk(self, agency_id: int, unit_id: int | None, dice: Random) -> Staff | None:
        """Somebody who files for people who come or call."""
        return self._one(agency_id, frozenset({Role.EXPERT, Role.HEAD}), unit_id, dice)

    def person(self, agency_id: int, user_id: int | None) -> Staff | None:
        """Somebody of an agency by number."""
        return next((each for each in self._staff[agency_id] if each.user_id == user_id), None)

    def taker(self, case: Case, step: Step, dice: Random) -> Actor | None:
        """Somebody who may take the step; None where nobody here does."""
        if "applicant" in step.by:
            return Guest(case.pk)
        if "system" in step.by:
            return SYSTEM
        if step.approval or step.not_by or step.four_eyes:
            return self._free(case, step, dice)
        parts = [who.removeprefix(PARTY) for who in step.by if who.startswith(PARTY)]
        if parts:
            party = case.parties.filter(role__in=parts).exclude(agency=None).first()
            acting = frozenset({Role.EXPERT, Role.HEAD, Role.DIRECTOR})
            return self._one(party.agency_id, acting, None, dice) if party and party.agency_id else None
        return self._one(case.agency_id, frozenset(step.by), case.unit_id, dice, first=case.assignee_id)

    def _free(self, case: Case, step: Step, dice: Random) -> Staff | None:
        """Somebody who did not prepare it, and whose place of an approval is open."""
        agencies = {case.agency_id, *case.parties.exclude(agency=None).values_list("agency_id", flat=True)}
        people = [each for agency_id in sorted(agencies) for each in self._staff[agency_id]]
        able = [each for each in people if may_take(case, step, each) and hindrance(case, step, each) is None]
        return dice.choice(able) if able else None

    def _one(
        self,
        agency_id: int,
        roles: frozenset[str],
        unit_id: int | None,
        dice: Random,
        *,
        first: int | None = None,
    ) -> Staff | None:
        fit = [each for each in self._staff[agency_id] if not each.roles.isdisjoint(roles)]
        near = [each for each in fit if unit_id in each.unit_ids]
        whole = [each for each in fit if not each.unit_ids]
        mine = [each for each in fit if each.user_id == first]
        among = mine or near or whole or fit
        return dice.choice(among) if among else None


def _actor(held: list[Membership]) -> Staff:
    units = frozenset(member.unit_id for member in held if member.unit_id)
    whole = any(member.unit_id is None for member in held)
    return Staff(
        user_id=held[0].user_id,
        name=held[0].user.full_name,
        agency_id=held[0].agency_id,
        roles=frozenset(member.role for member in held),
        unit_ids=frozenset() if whole else units,
    )
