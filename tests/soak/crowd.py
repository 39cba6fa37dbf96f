"""Thousands of open cases at once, each with a whole chain of events, and what must be true of each of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from mizban.core.cases.clocks.clock import AgencyClock, clock_of
from mizban.core.cases.clocks.deadlines import times
from mizban.core.cases.models import Case, Offering
from mizban.core.cases.writing import SUBJECT
from mizban.core.events.chain import chain_start
from mizban.core.events.models import Event, new_event
from mizban.core.people.actors import PUBLIC
from mizban.core.sealing import keys
from mizban.lib.codes import new_tracking_code
from mizban.office.calendar.clock import FixedClock
from mizban.office.calendar.current import calendar_of

CHUNK = 1000
HOUR = timedelta(hours=1)
# What had happened to a case by the time it is written: nothing, begun at once, returned to the applicant.
LIVES: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("start", "in_review"),),
    (("start", "in_review"), ("return", "returned")),
)


def gather(offering: Offering, count: int, *, filed_at: datetime, apart: timedelta) -> None:
    """File `count` cases of the errand, one after the other from `filed_at` on, in three stages of life."""
    clock = AgencyClock(FixedClock(calendar_of(offering.agency_id)), offering.agency_id)
    _, wrapped = keys.new_wrapped_key(offering.agency_id)
    for first in range(0, count, CHUNK):
        pairs = [
            _born(offering, number, filed_at + number * apart, clock, wrapped)
            for number in range(first, min(first + CHUNK, count))
        ]
        Case.objects.bulk_create(case for case, _ in pairs)
        for case, events in pairs:
            for event in events:
                event.subject_id = case.pk
        Event.objects.bulk_create(event for _, events in pairs for event in events)


def _born(
    offering: Offering, number: int, at: datetime, clock: AgencyClock, wrapped: bytes
) -> tuple[Case, list[Event]]:
    code, plain, life = new_tracking_code(), {"big": bool(number % 2)}, LIVES[number % len(LIVES)]
    events: list[Event] = []
    head, moves = chain_start(f"{SUBJECT} {code}"), [("", "filed"), *life]
    for place, (step, to) in enumerate(moves, 1):
        facts = {"step": step, "to": to} if step else {"to": to}
        event = new_event(
            agency_id=offering.agency_id,
            subject=(SUBJECT, 0),
            number=place,
            previous=head,
            kind="step" if step else "filed",
            at=at + (place - 1) * HOUR,
            by=PUBLIC,
            facts=facts,
        )
        head = bytes(event.hash)
        events.append(event)
    state = offering.declaration.states[moves[-1][1]]
    found = times(offering.declaration, plain, events, clock)
    case = Case(
        agency_id=offering.agency_id,
        offering=offering,
        version=offering.version,
        code=code,
        password_hash=b"nobody's",
        state=state.name,
        turn=state.turn,
        plain=plain,
        filed_at=at,
        due_at=found.due_at,
        due_calendar=found.due_calendar,
        wake_at=found.wake_at,
        number_of_events=len(events),
        head=head,
        wrapped_key=wrapped,
    )
    return case, events


def everybody() -> Iterator[tuple[Case, list[Event]]]:
    """Every case with its events, oldest first, read in chunks."""
    cases = Case.objects.select_related("version").defer("version__source").order_by("pk").iterator(CHUNK)
    while chunk := list(islice(cases, CHUNK)):
        histories: defaultdict[int, list[Event]] = defaultdict(list)
        ids = [case.pk for case in chunk]
        for event in Event.objects.filter(subject_kind=SUBJECT, subject_id__in=ids).order_by("number"):
            histories[event.subject_id].append(event)
        yield from ((case, histories[case.pk]) for case in chunk)


def is_whole(case: Case, events: Iterable[Event]) -> bool:
    """Whether the chain holds from the case's code to the head in its row."""
    head, count = chain_start(f"{SUBJECT} {case.code}"), 0
    for count, event in enumerate(events, 1):
        if event.number != count or event.chained_to(head) != bytes(event.hash):
            return False
        head = bytes(event.hash)
    return head == bytes(case.head) and count == case.number_of_events


def is_fresh(case: Case, events: list[Event]) -> bool:
    """Whether the row says what its events and the calendar of now make of it."""
    found = times(case.declaration, case.plain, events, clock_of(case.agency_id))
    kept = (case.due_at, case.wake_at)
    return kept == (found.due_at, found.wake_at) and (
        not case.is_open or case.due_calendar == found.due_calendar
    )
