"""Passwords of staff: handed over once by the site officer, chosen by the person."""

from datetime import datetime

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor
from mizban.core.people.models import ApiToken, User

from .people import HANDED_FOR, one_time_password, refuse_others
from .recording import of_person


@transaction.atomic
def hand_over(agency: Agency, person: User, *, by: Actor, at: datetime) -> str:
    """A one-time password for somebody who forgot theirs, known only now; every session and token of theirs ends.

    Who left and was given a role again signs in with it. Raises AnsweredForElsewhere.
    """
    refuse_others(agency, person, at=at)
    password = one_time_password()
    person.is_active = person.is_active or agency.memberships.filter(user=person).lasting(at).exists()
    person.set_password(password)
    person.must_renew, person.handed_until = True, at + HANDED_FOR
    person.sessions_ended += 1
    person.save(update_fields=["is_active", "password", "must_renew", "handed_until", "sessions_ended"])
    tokens = ApiToken.objects.standing(person).revoke(at=at)
    of_person(person, "password-handed-over", agency_id=agency.pk, by=by, at=at, facts={"tokens": tokens})
    return password


def spend(person: User) -> None:
    """The password that was handed over opened the door once and never does again."""
    person.set_unusable_password()
    person.save(update_fields=["password"])


def choose(person: User, password: str) -> None:
    """The person's own password from now on; other sessions of theirs end with the old one."""
    person.set_password(password)
    person.must_renew, person.handed_until = False, None
    person.save(update_fields=["password", "must_renew", "handed_until"])
