"""Who of the office has a case: taking it, giving it to a colleague, giving it back."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from mizban.core.events.models import Event
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import User
from mizban.core.refusals import NotYours, Refusal

from .inside import LEADING, WORKING, refuse_outsiders, works_on
from .writing import record, refuse_if_behind

if TYPE_CHECKING:
    from .models import Case


class NotAColleague(Refusal):
    """The person named does not work on cases of this unit."""

    code = "not-a-colleague"
    status = 422
    message = "این همکار پرونده‌های این واحد را نمی‌بیند. یکی از فهرست را برگزینید."


class CaseClosed(Refusal):
    """Nobody needs to have a case that is over."""

    code = "case-closed"
    status = 409
    message = "این پرونده بسته است."


def colleagues(case: "Case") -> QuerySet[User]:
    """Active people who work on cases of this case's unit, or of its whole agency; once each, by name."""
    held = Q(memberships__agency=case.agency_id, memberships__role__in=WORKING)
    unit = Q(memberships__unit=None) | Q(memberships__unit=case.unit_id)
    return User.objects.filter(held & unit, is_active=True).distinct().order_by("full_name", "id")


def may_assign(case: "Case", by: Actor) -> bool:
    """A head or a director always; a clerk what is his own or nobody's yet."""
    if not works_on(case, by) or not isinstance(by, Staff):
        return False
    return not by.roles.isdisjoint(LEADING) or case.assignee_id in (None, by.user_id)


def assign(case: "Case", *, to: int, by: Staff, at: datetime, seen: int | None = None) -> Event:
    """Give the case to the colleague with this id, oneself included.

    Raises NotYours, CaseClosed, ActedFirst, NotAColleague.
    """
    _check(case, by, seen)
    person = colleagues(case).filter(pk=to).first()
    if person is None:
        raise NotAColleague
    facts = {"assignee": person.pk, "assignee_name": person.full_name}
    event = record(case, "assigned", by=by, at=at, facts=facts, assignee_id=person.pk)
    case.assignee = person
    return event


def give_back(case: "Case", *, by: Staff, at: datetime, seen: int | None = None) -> Event:
    """Nobody's again: the whole unit sees it waiting. Raises NotYours, CaseClosed, ActedFirst."""
    _check(case, by, seen)
    if case.assignee is None:
        raise NotYours
    facts = {"assignee": case.assignee.pk, "assignee_name": case.assignee.full_name}
    return record(case, "given-back", by=by, at=at, facts=facts, assignee_id=None)


def _check(case: "Case", by: Staff, seen: int | None) -> None:
    refuse_outsiders(case, by)
    refuse_if_behind(case, seen, by=by)
    if not may_assign(case, by):
        raise NotYours
    if not case.is_open:
        raise CaseClosed
