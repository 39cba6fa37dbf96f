"""The detector reads the events once, batch by batch, and notes the signs it finds."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.models import Case
from mizban.core.cases.writing import SUBJECT
from mizban.core.events.models import Event
from mizban.office.calendar.current import calendar_of

from .games import signs
from .models import Reading, Sign

BATCH = 500
# An event may be written by a transaction that began before a later one's: nobody reads what is this fresh.
SETTLED = timedelta(minutes=1)


def watch(*, at: datetime, most: int = BATCH) -> int:
    """Read the next events up to the aware moment `at`; how many. A bounded number of queries a batch."""
    reading = Reading.objects.filter(pk=1).first()
    # Nothing new takes no lock.
    if not Event.objects.filter(pk__gt=reading.last_id if reading else 0).exists():
        return 0
    return _read(at, most)


@transaction.atomic
def _read(at: datetime, most: int) -> int:
    Reading.objects.get_or_create(pk=1)
    reading = Reading.objects.select_for_update().get(pk=1)
    fresh = list(Event.objects.filter(pk__gt=reading.last_id).order_by("pk")[:most])
    events = [event for event in fresh if not at - SETTLED < event.at <= at]
    if len(events) < len(fresh):
        # In order only: what is too fresh now is read later, with all after it.
        first = next(event.pk for event in fresh if event not in events)
        events = [event for event in events if event.pk < first]
    if not events:
        return 0
    Sign.objects.bulk_create(_found(events), ignore_conflicts=True)
    Reading.objects.filter(pk=1).update(last_id=events[-1].pk)
    return len(events)


def _found(events: Sequence[Event]) -> list[Sign]:
    """The unsaved signs of these events."""
    steps = [event for event in events if event.subject_kind == SUBJECT and event.kind == "step"]
    joined = Case.objects.select_related("version").defer("version__source")
    cases = joined.in_bulk({event.subject_id for event in steps if _matters(event)})
    histories: defaultdict[int, list[Event]] = defaultdict(list)
    told = Event.objects.filter(subject_kind=SUBJECT, subject_id__in=list(cases))
    for event in told.order_by("subject_id", "number"):
        histories[event.subject_id].append(event)
    return [
        sign
        for event in steps
        if event.subject_id in cases
        for sign in _signs(cases[event.subject_id], histories[event.subject_id], event)
    ]


def _matters(event: Event) -> bool:
    """What people of the office did to where a case stands."""
    return event.actor_kind == "staff" and "to" in event.facts


def _signs(case: Case, events: Sequence[Event], event: Event) -> list[Sign]:
    clock, calendar = clock_of(case.agency_id), calendar_of(case.agency_id)
    return [
        Sign(
            agency_id=case.agency_id,
            case=case,
            kind=found.kind,
            number=event.number,
            at=event.at,
            actor_id=event.actor_id,
            actor_name=event.actor_name,
            measure=found.measure,
        )
        for found in signs(case, events, event, clock=clock, calendar=calendar)
    ]
