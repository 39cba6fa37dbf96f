"""The questions of an offering: as declared, with the agency's own units to choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mizban.core.agencies.models import Unit
from mizban.core.declarations.fields import Field, Option

if TYPE_CHECKING:
    from .models import Offering


def units_of(offering: "Offering") -> list[Unit]:
    """The units an applicant may choose; asked for only where the form has such a question."""
    if not any(field.kind == "unit" for field in offering.declaration.form):
        return []
    return list(Unit.objects.filter(agency_id=offering.agency_id, is_public=True))


def form_of(offering: "Offering", units: Sequence[Unit]) -> tuple[Field, ...]:
    """The declared form, its unit questions offering these units."""
    return with_units(offering.declaration.form, units)


def with_units(fields: Iterable[Field], units: Sequence[Unit]) -> tuple[Field, ...]:
    """The same fields, those that ask for a unit offering these."""
    options = tuple(Option(unit.slug, unit.name) for unit in units)
    return tuple(replace(field, options=options) if field.kind == "unit" else field for field in fields)
