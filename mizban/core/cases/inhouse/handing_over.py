"""Open cases on their way to another desk because somebody left or a unit was closed: recorded on each of them."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from mizban.core.agencies.models import Unit
from mizban.core.people.actors import Actor
from mizban.core.people.models import User
from mizban.core.sealing.cipher import BrokenSeal

from ..models import Case, CaseQuerySet
from ..writing import ActedFirst, record

Act = Callable[[Case], None]

TRIES = 3
CLOSED_UNIT = "واحد پیشین بسته شد."


def to_colleague(cases: CaseQuerySet, person: User | None, *, by: Actor, at: datetime) -> int:
    """Give each of these cases to a colleague, or (None) to whoever takes it; how many there were."""
    return _each(cases, lambda case: _assign(case, person, by=by, at=at))


def to_unit(cases: CaseQuerySet, unit: Unit, *, by: Actor, at: datetime) -> int:
    """Refer each of these cases to a unit, where nobody has it yet; how many there were."""
    return _each(cases, lambda case: _refer(case, unit, by=by, at=at))


def _each(cases: CaseQuerySet, act: Act) -> int:
    found = list(cases.order_by("pk").values_list("pk", flat=True))
    return sum(_once_more(pk, act) for pk in found)


def _once_more(pk: int, act: Act) -> bool:
    """Whoever acts on a case at the same moment goes first; then it is handed over as it stands."""
    for left in reversed(range(TRIES)):
        case = Case.objects.for_lists().get(pk=pk)
        try:
            with transaction.atomic():
                act(case)
            return True
        except ActedFirst:
            if not left:
                raise
    return False


def _assign(case: Case, person: User | None, *, by: Actor, at: datetime) -> None:
    if person is None:
        facts = {
            "assignee": case.assignee_id,
            "assignee_name": case.assignee.full_name if case.assignee else "",
        }
        record(case, "given-back", by=by, at=at, facts=facts, assignee_id=None)
    else:
        facts = {"assignee": person.pk, "assignee_name": person.full_name}
        record(case, "assigned", by=by, at=at, facts=facts, assignee_id=person.pk)


def _refer(case: Case, unit: Unit, *, by: Actor, at: datetime) -> None:
    facts = {"unit": unit.name, "from_unit": case.unit.name if case.unit else ""}
    sealed = {"answers": {"reason": CLOSED_UNIT}}
    try:
        record(case, "referred", by=by, at=at, facts=facts, sealed=sealed, unit_id=unit.pk, assignee_id=None)
    except BrokenSeal:
        # Erased meanwhile: there is no key to seal the reason with.
        record(case, "referred", by=by, at=at, facts=facts, unit_id=unit.pk, assignee_id=None)
