"""Somebody leaves the office (ترک خدمت): roles, sessions and tokens end at once, open cases go to others."""

from datetime import datetime

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import CaseQuerySet
from mizban.core.people.actors import Actor
from mizban.core.people.models import Absence, ApiToken, Deputyship, Membership, Role, User

from .people import keep_an_officer
from .recording import of_person


def open_cases(agency: Agency, person: User) -> CaseQuerySet:
    """The open cases of the agency that are with this person."""
    return agency.cases.filter(assignee=person, is_open=True)


@transaction.atomic
def leave(agency: Agency, person: User, *, heir: User | None, by: Actor, at: datetime) -> int:
    """End everything the person has at the agency; how many open cases go to `heir` (None: back to their units).

    A person without a role anywhere else can no longer sign in. The cases are handed over by
    `handing_over.to_colleague`, outside this transaction: they may be many. Raises LastOfficer.
    """
    Agency.objects.select_for_update().get(pk=agency.pk)
    lasting = agency.memberships.filter(user=person).lasting(at)
    if lasting.filter(role=Role.SITE_OFFICER).exists():
        keep_an_officer(agency, without=person.pk, at=at)
    left = open_cases(agency, person).count()
    lasting.update(until_at=at)
    for stretches in (
        Absence.objects.filter(agency=agency, person=person),
        Deputyship.objects.filter(agency=agency, person=person),
        Deputyship.objects.filter(agency=agency, deputy=person),
    ):
        stretches.filter(until_at__gt=at).update(until_at=at)
    ApiToken.objects.filter(user=person, agency=agency).revoke(at=at)
    elsewhere = Membership.objects.filter(user=person).lasting(at).exists()
    person.is_active = person.is_active and elsewhere
    person.sessions_ended += 1
    person.save(update_fields=["is_active", "sessions_ended"])
    facts = {"cases": left, "heir": heir.pk if heir else None, "heir_name": heir.full_name if heir else ""}
    of_person(person, "person-left", agency_id=agency.pk, by=by, at=at, facts=facts)
    return left
