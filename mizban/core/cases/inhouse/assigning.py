"""Who of the office has a case: taking it, giving it to a colleague, giving it back."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from mizban.core.events.models import Event
from mizban.core.kept import kept
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Absence, Membership, User, in_force
from mizban.core.prepared import PreparedValues, blank
from mizban.core.refusals import NotYours, Refusal
from mizban.lib.jalali import TEHRAN, local

from ..writing import record, refuse_if_behind
from .inside import LEADING, WORKING, is_at_home, refuse_outsiders, works_on

if TYPE_CHECKING:
    from ..models import Case


DAY = timedelta(days=1)


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


def colleagues(case: "Case", *, at: datetime) -> QuerySet[User]:
    """Active people who work now on cases of this case's unit, or of its whole agency; once each, by name.

    Whoever is away is not among them.
    """
    return workers(case.agency_id, case.unit_id, at=at).exclude(pk__in=list(away(case.agency_id, at=at)))


def names_of_colleagues(case: "Case", *, at: datetime) -> list[tuple[int, str]]:
    """The ids and names of `colleagues`. One query."""
    gone = away(case.agency_id, at=at)
    rows = _names.all(agency_id=case.agency_id, unit_id=case.unit_id, at=at)
    return [(pk, name) for pk, name in rows if pk not in gone]


def workers(agency_id: int, unit_id: int | None, *, at: datetime) -> QuerySet[User]:
    """Active people who work on cases of this unit or of the whole agency, those who are away too; by name."""
    held = Q(memberships__agency=agency_id, memberships__role__in=WORKING) & in_force(at, "memberships__")
    unit = Q(memberships__unit=None) | Q(memberships__unit=unit_id)
    return User.objects.filter(held & unit, is_active=True).distinct().order_by("full_name", "id")


def _to_come() -> QuerySet[User]:
    agency, unit = blank(Membership, "agency", "agency_id"), blank(Membership, "unit", "unit_id")
    return workers(agency, unit, at=blank(Membership, "from_at", "at"))


_names = PreparedValues(lambda: _to_come().values_list("pk", "full_name"))


def away(agency_id: int, *, at: datetime) -> dict[int, date]:
    """Who is away from the agency now, by id, with their last day away. One query in two seconds at most."""
    found: dict[int, date] = {}
    for person_id, from_at, until_at in _absences(agency_id, local(at).date()):
        if from_at <= at < until_at:
            last = local(until_at - timedelta(microseconds=1)).date()
            found[person_id] = max(last, found.get(person_id, last))
    return found


@kept
def _absences(agency_id: int, day: date) -> list[tuple[int, datetime, datetime]]:
    """The absences of an agency that touch a day of Tehran's calendar."""
    begins = datetime.combine(day, time.min, TEHRAN)
    rows = Absence.objects.filter(agency_id=agency_id, from_at__lt=begins + DAY, until_at__gt=begins)
    return list(rows.values_list("person_id", "from_at", "until_at"))


def may_assign(case: "Case", by: Actor) -> bool:
    """A head or a director always; a clerk what is his own or nobody's yet."""
    if not works_on(case, by) or not isinstance(by, Staff) or not is_at_home(case, by):
        return False
    return not by.roles.isdisjoint(LEADING) or case.assignee_id in (None, *by.desks)


def assign(case: "Case", *, to: int, by: Staff, at: datetime, seen: int | None = None) -> Event:
    """Give the case to the colleague with this id, oneself included.

    Raises NotYours, CaseClosed, ActedFirst, NotAColleague.
    """
    _check(case, by, seen)
    # Who is at the desk is not away, whatever was noted.
    people = workers(case.agency_id, case.unit_id, at=at) if to == by.user_id else colleagues(case, at=at)
    person = people.filter(pk=to).first()
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
