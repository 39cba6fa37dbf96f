"""Referral (ارجاع): a case that belongs to another unit of the agency goes there, with a reason."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from mizban.core.agencies.models import Unit
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.core.refusals import FormRefused, NotYours

from ..writing import record, refuse_if_behind
from .assigning import CaseClosed
from .inside import REASON, is_at_home, refuse_outsiders

if TYPE_CHECKING:
    from ..models import Case


def other_units(case: "Case") -> QuerySet[Unit]:
    """Where the case can go: every other unit of its agency that takes cases, public or not."""
    return Unit.objects.filter(agency=case.agency_id, is_active=True).exclude(pk=case.unit_id or 0)


def questions(units: Iterable[Unit]) -> tuple[Field, ...]:
    """The form of a referral to one of these units."""
    options = tuple(Option(unit.slug, unit.name) for unit in units)
    return Field("unit", "unit", "به کدام واحد؟", options=options), REASON


def refer(
    case: "Case", *, by: Staff, at: datetime, answers: Mapping[str, Any], seen: int | None = None
) -> Event:
    """Move the case to another unit, where nobody has it yet. The clock goes on; the applicant hears where it went.

    Raises NotYours, CaseClosed, ActedFirst, FormRefused.
    """
    refuse_outsiders(case, by)
    if not is_at_home(case, by):
        raise NotYours
    refuse_if_behind(case, seen, by=by)
    if not case.is_open:
        raise CaseClosed
    units = other_units(case)
    filled = fill(questions(units), answers)
    if filled.errors:
        raise FormRefused(filled.errors)
    unit = next(unit for unit in units if unit.slug == filled.answers["unit"])
    facts = {"unit": unit.name, "from_unit": case.unit.name if case.unit else ""}
    sealed = {"answers": {"reason": filled.answers["reason"]}}
    event = record(
        case, "referred", by=by, at=at, facts=facts, sealed=sealed, unit_id=unit.pk, assignee_id=None
    )
    case.unit = unit
    return event
