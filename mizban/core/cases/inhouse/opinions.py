"""Asking another unit for its opinion (ارجاع برای نظر): the case stays, the unit sees it and writes back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from mizban.core.agencies.models import Unit
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import UNIT
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.core.refusals import FormRefused, NotYours

from ..models.approvals import Approval, standing
from ..sight.parties import bring_unit
from ..steps.permitting import place_of
from ..writing import record, refuse_if_behind
from .assigning import CaseClosed
from .inside import OPINION, QUESTION, is_at_home, refuse_outsiders
from .referring import other_units

if TYPE_CHECKING:
    from ..models import Case

GIVEN = "given"


def questions(units: Iterable[Unit]) -> tuple[Field, ...]:
    """The form of asking one of these units."""
    options = tuple(Option(unit.slug, unit.name) for unit in units)
    return Field("unit", "unit", "نظر کدام واحد؟", options=options), QUESTION


def ask(
    case: "Case", *, by: Staff, at: datetime, answers: Mapping[str, Any], seen: int | None = None
) -> Event:
    """Ask a unit; from now on it sees the case. Raises NotYours, CaseClosed, ActedFirst, FormRefused."""
    refuse_outsiders(case, by)
    if not is_at_home(case, by):
        raise NotYours
    refuse_if_behind(case, seen, by=by)
    if not case.is_open:
        raise CaseClosed
    filled = fill(questions(other_units(case)), answers)
    if filled.errors:
        raise FormRefused(filled.errors)
    with transaction.atomic():
        unit = bring_unit(case, filled.answers["unit"])
        event = record(
            case,
            "opinion-asked",
            by=by,
            at=at,
            facts={"unit": unit.name},
            sealed={"answers": {"question": filled.answers["question"]}},
        )
        case.approvals.create(
            round=event.number,
            place=0,
            who=UNIT + unit.slug,
            agency_id=case.agency_id,
            unit=unit,
            asked_at=at,
        )
    return event


def asked(case: "Case", by: Staff) -> Approval | None:
    """The opinion this person's unit is asked for, if any. No query where nobody was asked."""
    if not any(event.kind == "opinion-asked" for event in case.history()):
        return None
    return place_of(case, [place for place in standing(case) if not place.name], by)


def give(
    case: "Case", *, by: Staff, at: datetime, answers: Mapping[str, Any], seen: int | None = None
) -> Event:
    """Write what the unit thinks. Raises NotYours, ActedFirst, FormRefused."""
    place = asked(case, by)
    if place is None or place.unit is None:
        raise NotYours
    refuse_if_behind(case, seen, by=by)
    filled = fill((OPINION,), answers)
    if filled.errors:
        raise FormRefused(filled.errors)
    sealed = {"answers": filled.answers}
    with transaction.atomic():
        event = record(case, "opinion-given", by=by, at=at, facts={"unit": place.unit.name}, sealed=sealed)
        Approval.objects.filter(pk=place.pk).update(
            verdict=GIVEN, decided_by=by.user_id, decided_name=event.actor_name, decided_at=at
        )
    return event
