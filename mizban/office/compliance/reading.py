"""From rows of evidence to what they add: a handful of queries for any number of subjects."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from django.db.models import Count as Number
from django.db.models import Exists, OuterRef, Q

from mizban.core.cases.models import Case, Party
from mizban.core.cases.models.services import ServiceVersion
from mizban.core.declarations.grammar import Declaration
from mizban.core.events.chain import chain_start
from mizban.core.events.models import Event
from mizban.core.people.models import Inspection, Membership, Role
from mizban.lib.codes import is_tracking_code

from .measures import Count, of_case
from .measures.office import of_inspection, of_maintenance, of_outage
from .stories import Story

CASE = "case"
# Where a version stands: what is the whole office's, and a case that was filed under no agreement.
OFFICES, UNBOUND = 0, -1


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose evidence it is: the office, and the version and service it is counted under."""

    kind: str
    id: int
    agency_id: int
    version: int = OFFICES
    service: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A subject with all its events, oldest first, and what so many of them add."""

    subject: Subject
    events: Sequence[Event]
    counts: Callable[[Sequence[Event]], Iterable[Count]]


# What the events of other subjects than cases add; those of kinds that stand nowhere here add nothing.
OTHERS: dict[str, Callable[[Sequence[Event]], Iterable[Count]]] = {
    "outage": of_outage,
    "maintenance": of_maintenance,
}
KINDS = (CASE, *OTHERS)


def subjects(kind: str, ids: Collection[int]) -> list[Known]:
    """These subjects of one kind, with their events. Four queries for cases, one for others."""
    events: defaultdict[int, list[Event]] = defaultdict(list)
    rows = Event.objects.filter(subject_kind=kind, subject_id__in=ids).defer("sealed", "actor_name")
    for event in rows.order_by("subject_id", "number"):
        events[event.subject_id].append(event)
    if kind == CASE:
        return _cases(events)
    return [Known(Subject(kind, pk, found[0].agency_id), found, OTHERS[kind]) for pk, found in events.items()]


def _cases(events: dict[int, list[Event]]) -> list[Known]:
    rows = Case.objects.filter(pk__in=events).only("code", "version_id", "moves", "agency_id")
    shared = _shared(rows)
    kinds = dict(Party.objects.filter(case__in=events, role="applicant").values_list("case_id", "kind"))
    version_of, found = cache(ServiceVersion.declared), []
    for case in rows:
        filed = events[case.pk][0].facts
        version = filed.get("agreement") or UNBOUND
        subject = Subject(CASE, case.pk, case.agency_id, version, filed.get("service", ""))
        made = partial(
            Story,
            declared=_declared(case, version_of),
            service=subject.service,
            agreement=subject.version,
            code_is_good=is_tracking_code(case.code),
            code_is_shared=case.code in shared,
            applicant=kinds.get(case.pk, ""),
            is_whole=partial(is_whole, case.pk, case.code),
        )
        found.append(Known(subject, events[case.pk], partial(_told, made)))
    return found


def _told(made: Callable[[Sequence[Event]], Story], events: Sequence[Event]) -> Iterable[Count]:
    return of_case(made(events)) if events else ()


def _shared(cases: Iterable[Case]) -> set[str]:
    """Codes that more than one case has: the database forbids it, and this looks whether it does."""
    codes = [case.code for case in cases]
    rows = Case.objects.filter(code__in=codes).order_by().values("code").annotate(many=Number("pk"))
    return {row["code"] for row in rows if row["many"] > 1}


def _declared(case: Case, version: Callable[[int], Declaration]) -> Callable[[int], Declaration]:
    moves, now = case.moves or (), case.version_id

    def declared(number: int) -> Declaration:
        return version(next((before for moved, before in moves if number < moved), now))

    return declared


def is_whole(case_id: int, code: str) -> bool:
    """Whether every event of a case follows from the one before it, from the first on."""
    previous = chain_start(f"{CASE} {code}")
    for place, event in enumerate(Event.objects.about(CASE, case_id), start=1):
        if event.number != place or bytes(event.hash) != event.chained_to(previous):
            return False
        previous = bytes(event.hash)
    return True


def _inspected(row: Inspection, _events: Sequence[Event]) -> Iterable[Count]:
    return of_inspection(row.at, had_mandate=row.held)  # type: ignore[attr-defined]  # annotated


def inspections(ids: Iterable[int]) -> list[Known]:
    """What inspectors read, row by row: whether whoever read it was the office's inspector at that moment."""
    held = Membership.objects.filter(
        Q(until_at=None) | Q(until_at__gt=OuterRef("at")),
        Q(from_at=None) | Q(from_at__lte=OuterRef("at")),
        user=OuterRef("user"),
        agency=OuterRef("agency"),
        role=Role.INSPECTOR,
    )
    found = Inspection.objects.filter(pk__in=list(ids)).annotate(held=Exists(held))
    return [
        Known(
            Subject("inspection", row.pk, row.agency_id),
            (),
            partial(_inspected, row),
        )
        for row in found
    ]
