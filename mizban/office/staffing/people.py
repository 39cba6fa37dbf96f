"""Who belongs to an agency, who is added, and which role somebody has from when until when."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.inhouse.inside import WORKING
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Membership, Role, User, in_force
from mizban.lib.text import compact_key

from .recording import of_person
from .refusals import (
    AnsweredForElsewhere,
    EndsBeforeItBegins,
    LastOfficer,
    MixedWithInspection,
    NameTaken,
    OwnPost,
    RoleHeld,
    WrongUnit,
)

# How long a password that was handed over waits for its one use.
HANDED_FOR = timedelta(days=3)
# Without the letters and digits people take for one another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
IN_UNITS = frozenset({Role.EXPERT, Role.HEAD})
# What a site officer gives; the rest is given by whoever runs the machine.
GIVEN = (Role.EXPERT, Role.HEAD, Role.DIRECTOR, Role.SITE_OFFICER, Role.INSPECTOR)


@dataclass(frozen=True, slots=True)
class Post:
    """A role as it is given: in a unit or for the whole agency; `until_at` is outside it, None leaves it open."""

    role: Role
    unit: Unit | None
    from_at: datetime
    until_at: datetime | None


def people_of(agency: Agency) -> QuerySet[User]:
    """Everybody who has, had or will have a role at the agency, once each, by name."""
    return User.objects.filter(pk__in=agency.memberships.values("user")).order_by("full_name", "id")


def answers_for(agency: Agency, person: User, *, at: datetime) -> bool:
    """Whether the person's account is this agency's: the one that gave the oldest of the roles still held."""
    lasting = Membership.objects.filter(user=person).lasting(at).order_by("id").first()
    return lasting is None or lasting.agency_id == agency.pk


def refuse_others(agency: Agency, person: User, *, at: datetime) -> None:
    """Raises AnsweredForElsewhere."""
    if not answers_for(agency, person, at=at):
        raise AnsweredForElsewhere


@transaction.atomic
def add(
    agency: Agency, *, username: str, name: str, mobile: str, phone: str, post: Post, by: Actor, at: datetime
) -> tuple[User, str]:
    """A new person with a role, and the one-time password, known only now.

    Somebody who signs in elsewhere already gets the role and no password, if the name given is theirs. Raises NameTaken
    and what `give` raises.
    """
    known = User.objects.filter(username=username).first()
    if known is not None:
        if compact_key(known.full_name) != compact_key(name) or not known.is_active:
            raise NameTaken
        give(agency, known, post, by=by, at=at)
        return known, ""
    password = one_time_password()
    try:
        with transaction.atomic():
            person = User.objects.create_user(
                username,
                password,
                full_name=name,
                mobile=mobile,
                phone=phone,
                must_renew=True,
                handed_until=at + HANDED_FOR,
            )
    except IntegrityError as taken:
        raise NameTaken from taken
    of_person(person, "person-added", agency_id=agency.pk, by=by, at=at, facts={"name": name})
    give(agency, person, post, by=by, at=at)
    return person, password


@transaction.atomic
def correct(
    agency: Agency, person: User, *, name: str, mobile: str, phone: str, by: Actor, at: datetime
) -> None:
    """Another name or number of somebody whose account is the agency's. Raises AnsweredForElsewhere."""
    refuse_others(agency, person, at=at)
    facts = {"was": person.full_name, "name": name}
    person.full_name, person.mobile, person.phone = name, mobile, phone
    person.save(update_fields=["full_name", "mobile", "phone"])
    of_person(person, "person-corrected", agency_id=agency.pk, by=by, at=at, facts=facts)


@transaction.atomic
def give(agency: Agency, person: User, post: Post, *, by: Actor, at: datetime) -> Membership:
    """A role at the agency. Raises OwnPost, WrongUnit, EndsBeforeItBegins, RoleHeld, MixedWithInspection."""
    refuse_oneself(person, by)
    if post.unit is not None and (post.role not in IN_UNITS or not post.unit.is_active):
        raise WrongUnit
    if post.until_at is not None and post.until_at <= max(post.from_at, at):
        raise EndsBeforeItBegins
    # Two officers who give at once come one after the other: the second sees what the first gave.
    User.objects.select_for_update().only("pk").get(pk=person.pk)
    lasting = list(agency.memberships.filter(user=person).lasting(at))
    if any((each.role, each.unit_id) == (post.role, post.unit and post.unit.pk) for each in lasting):
        raise RoleHeld
    if any((each.role == Role.INSPECTOR) != (post.role == Role.INSPECTOR) for each in lasting):
        raise MixedWithInspection
    given = Membership.objects.create(
        user=person,
        agency=agency,
        unit=post.unit,
        role=post.role,
        from_at=post.from_at,
        until_at=post.until_at,
    )
    facts = {"role": given.role, "unit": post.unit.name if post.unit else "", **_dates(given)}
    of_person(person, "role-given", agency_id=agency.pk, by=by, at=at, facts=facts)
    return given


def refuse_oneself(person: User, by: Actor) -> None:
    """Raises OwnPost: a site officer sees no case, and does not make a reader of them out of oneself."""
    if isinstance(by, Staff) and by.user_id == person.pk:
        raise OwnPost


@transaction.atomic
def end(held: Membership, *, by: Actor, at: datetime) -> None:
    """End a role now; one that has not begun never begins. Raises LastOfficer."""
    agency = Agency.objects.select_for_update().get(pk=held.agency_id)
    if held.role == Role.SITE_OFFICER:
        keep_an_officer(agency, without=held.user_id, at=at)
    held.until_at = at
    held.save(update_fields=["until_at"])
    unit = held.unit.name if held.unit else ""
    of_person(
        held.user, "role-ended", agency_id=agency.pk, by=by, at=at, facts={"role": held.role, "unit": unit}
    )


def keep_an_officer(agency: Agency, *, without: int, at: datetime) -> None:
    """Raises LastOfficer where nobody but this person is site officer now, with no end set."""
    others = agency.memberships.holding(Role.SITE_OFFICER, at=at).exclude(user_id=without)
    if not others.filter(until_at=None).exists():
        raise LastOfficer


def one_time_password() -> str:
    """Twelve letters and digits to be read out or written down, in fours: 59 bits, good for one use."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(12))
    return "-".join(drawn[start : start + 4] for start in range(0, 12, 4))


def now_at(agency: Agency, *, at: datetime) -> Q:
    """People who hold a role at the agency now."""
    return Q(pk__in=agency.memberships.filter(in_force(at)).values("user"))


def workers_of(agency: Agency, *, at: datetime) -> QuerySet[User]:
    """Active people who work on cases anywhere in the agency now, by name."""
    held = agency.memberships.filter(in_force(at), role__in=WORKING)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("full_name", "id")


def _dates(held: Membership) -> dict[str, str]:
    return {
        "from_at": held.from_at.isoformat() if held.from_at else "",
        "until_at": held.until_at.isoformat() if held.until_at else "",
    }
