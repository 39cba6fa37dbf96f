"""Units of an agency: added, renamed, closed with their cases handed over, opened again."""

from datetime import datetime

from django.db import transaction

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.models import CaseQuerySet, Offering
from mizban.core.people.actors import Actor

from .recording import of_agency
from .refusals import LastUnit, OpenCases, UnitInService


@transaction.atomic
def add(agency: Agency, *, name: str, is_public: bool, by: Actor, at: datetime) -> Unit:
    """A new unit; its slug, which answers name it by, is its number."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    taken = set(agency.units.values_list("slug", flat=True))
    number = next(each for each in range(1, len(taken) + 2) if f"unit-{each}" not in taken)
    unit = Unit.objects.create(agency=agency, slug=f"unit-{number}", name=name, is_public=is_public)
    of_agency(agency, "unit-added", by=by, at=at, facts={"unit": unit.pk, "name": name})
    return unit


@transaction.atomic
def rename(unit: Unit, *, name: str, is_public: bool, by: Actor, at: datetime) -> None:
    """Another name, offered to applicants or not. A closed unit is not offered."""
    facts = {"unit": unit.pk, "was": unit.name, "name": name, "is_public": is_public and unit.is_active}
    unit.name, unit.is_public = name, is_public and unit.is_active
    unit.save(update_fields=["name", "is_public"])
    of_agency(unit.agency, "unit-renamed", by=by, at=at, facts=facts)


def open_cases(unit: Unit) -> CaseQuerySet:
    """The unit's open cases."""
    return unit.cases.filter(is_open=True)


@transaction.atomic
def close(unit: Unit, *, heir: Unit | None, by: Actor, at: datetime) -> int:
    """Take the unit out of use; how many open cases `heir` is to take over, another active unit of the agency.

    They are referred by `handing_over.to_unit`, outside this transaction: they may be many. Raises LastUnit,
    UnitInService, OpenCases (there are some, and no heir).
    """
    agency = Agency.objects.select_for_update().get(pk=unit.agency_id)
    if not agency.units.filter(is_active=True).exclude(pk=unit.pk).exists():
        raise LastUnit
    if any(each.declaration.unit == unit.slug for each in Offering.objects.of(agency).with_versions()):
        raise UnitInService
    left = open_cases(unit).count()
    if heir is None and left:
        raise OpenCases
    Unit.objects.filter(pk=unit.pk).update(is_active=False, is_public=False)
    facts = {"unit": unit.pk, "name": unit.name, "cases": left, "heir": heir.pk if heir else None}
    of_agency(agency, "unit-closed", by=by, at=at, facts=facts)
    return left


@transaction.atomic
def reopen(unit: Unit, *, by: Actor, at: datetime) -> None:
    """Back in use, not yet offered to applicants."""
    Unit.objects.filter(pk=unit.pk).update(is_active=True)
    of_agency(unit.agency, "unit-reopened", by=by, at=at, facts={"unit": unit.pk, "name": unit.name})
