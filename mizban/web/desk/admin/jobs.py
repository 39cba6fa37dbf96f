"""Handing open cases over: a few at once, many by the worker, so that nobody waits and no lock is held long."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.inhouse.handing_over import to_colleague, to_unit
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role, User
from mizban.office.staffing import leaving, units

# What is done while the officer waits: each case takes a few milliseconds.
AT_ONCE = 100


def hand_over_unit(unit: Unit, heir: Unit, *, count: int, by: Staff, at: datetime) -> None:
    """Refer the open cases of a closed unit to another one."""
    if count <= AT_ONCE:
        to_unit(units.open_cases(unit), heir, by=by, at=at)
    else:
        move_unit.enqueue(unit.pk, heir.pk, by.user_id, by.name)


def hand_over_desk(
    agency: Agency, person: User, heir: User | None, *, count: int, by: Staff, at: datetime
) -> None:
    """Give the open cases of somebody who left to a colleague, or back to their units."""
    if count <= AT_ONCE:
        to_colleague(leaving.open_cases(agency, person), heir, by=by, at=at)
    else:
        heir_id = heir.pk if heir else 0
        move_desk.enqueue(agency.pk, person.pk, heir_id, by.user_id, by.name)


@task()
def move_unit(unit_id: int, heir_id: int, officer_id: int, name: str) -> int:
    """The worker's part; run again after a death it goes on with what is left."""
    unit, heir = Unit.objects.get(pk=unit_id), Unit.objects.get(pk=heir_id)
    return to_unit(
        units.open_cases(unit), heir, by=_officer(unit.agency_id, officer_id, name), at=timezone.now()
    )


@task()
def move_desk(agency_id: int, person_id: int, heir_id: int, officer_id: int, name: str) -> int:
    """The same for somebody's cases."""
    agency, person = Agency.objects.get(pk=agency_id), User.objects.get(pk=person_id)
    heir = User.objects.filter(pk=heir_id).first()
    cases = leaving.open_cases(agency, person)
    return to_colleague(cases, heir, by=_officer(agency_id, officer_id, name), at=timezone.now())


def _officer(agency_id: int, user_id: int, name: str) -> Staff:
    return Staff(user_id, name, agency_id, frozenset({Role.SITE_OFFICER}))
