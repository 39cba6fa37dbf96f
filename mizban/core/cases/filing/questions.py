"""The questions of an offering: as declared, with the agency's own units and the known agencies to choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from mizban.core.agencies.models import Agency, Unit
from mizban.core.declarations.fields import Field, Option
from mizban.core.kept import kept
from mizban.core.people.actors import Actor, Staff

if TYPE_CHECKING:
    from ..models import Case, Offering


@dataclass(frozen=True, slots=True)
class Asked:
    """What one actor is asked: the questions with their choices, and the units behind them."""

    fields: tuple[Field, ...]
    units: tuple[Unit, ...]

    def unit(self, slug: str | None) -> Unit | None:
        return next((unit for unit in self.units if unit.slug == slug), None)


def asked_of(offering: "Offering", *, by: Actor) -> Asked:
    """The form of an offering for this actor. A query for units, one for agencies, where such a question stands."""
    return _asked(offering, offering.version_id, speaks_for_agency(by, offering))


@kept
def _asked(offering: "Offering", _version_id: int, signed_in: bool) -> Asked:  # noqa: FBT001  # a key takes no names
    fields, units = form_at(offering.agency_id, offering.declaration.form)
    if signed_in:
        fields = tuple(
            replace(field, required=False) if field.signed_in_may_omit else field for field in fields
        )
    return Asked(fields, units)


def form_at(agency_id: int, form: Iterable[Field]) -> tuple[tuple[Field, ...], tuple[Unit, ...]]:
    """A form with the agency's own units and the other agencies to choose from, and the units behind it."""
    form = tuple(form)
    kinds = {field.kind for field in form}
    units = Unit.objects.filter(agency_id=agency_id, is_public=True) if "unit" in kinds else ()
    others = Agency.objects.exclude(pk=agency_id) if "agency" in kinds else ()
    return _with_choices(form, tuple(units), tuple(others)), tuple(units)


def speaks_for_agency(by: Actor, offering: "Offering") -> bool:
    """Whether this is a signed-in member of another agency, filing for it."""
    return isinstance(by, Staff) and by.agency_id != offering.agency_id


def answered_form(case: "Case") -> tuple[Field, ...]:
    """The form of a case as its answers are shown: chosen units and agencies by their names."""
    form = case.declaration_at(1).form
    chosen = {kind: _chosen(case, kind) for kind in ("agency", "unit")}
    agencies = Agency.objects.filter(slug__in=chosen["agency"]) if chosen["agency"] else ()
    units: Iterable[Unit] = [case.unit] if case.unit else []
    if not chosen["unit"] <= {unit.slug for unit in units}:
        # Referred since: the answer still names the unit that was chosen.
        units = Unit.objects.filter(agency_id=case.agency_id, slug__in=chosen["unit"])
    return _with_choices(form, tuple(units), tuple(agencies))


def _chosen(case: "Case", kind: str) -> set[str]:
    """The plain answers to questions of this kind."""
    fields = (field for field in case.declaration_at(1).form if field.kind == kind)
    return {case.plain[field.name] for field in fields if field.name in case.plain}


def _with_choices(
    fields: Iterable[Field], units: Sequence[Unit], agencies: Sequence[Agency]
) -> tuple[Field, ...]:
    options = {
        "unit": tuple(Option(unit.slug, unit.name) for unit in units),
        "agency": tuple(Option(agency.slug, agency.name) for agency in agencies),
    }
    return tuple(
        _offering(field, options[field.kind]) if field.kind in options else field for field in fields
    )


@lru_cache(maxsize=1024)
def _offering(field: Field, options: tuple[Option, ...]) -> Field:
    """A question with these choices: the same few for every case of an office."""
    return replace(field, options=options)
