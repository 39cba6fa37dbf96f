"""After a change of the calendar every open deadline is counted anew: one job, in batches, with its progress in a row.

Each case is computed from its events and the calendar of that moment, so a sweep that died goes on where it stood and
one that runs twice changes nothing. What was answered or told as broken stays as it was told.
"""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django_tasks import task

from mizban.core.cases.clocks.clock import AgencyClock, clock_of
from mizban.core.cases.clocks.deadlines import times
from mizban.core.cases.many import Change, record_many
from mizban.core.cases.models import Case
from mizban.core.events.chain import instant
from mizban.core.events.models import Event
from mizban.core.jobs.running import has_failed
from mizban.core.people.actors import SYSTEM, Actor

from .causes import Causes
from .clock import FixedClock
from .current import FRESH_SECONDS, calendar_of
from .days import WorkingCalendar
from .models import Sweep

# A transaction holds the locks of so many cases, for well under a second.
BATCH = 500
SETTLED_AFTER = 2 * FRESH_SECONDS


class Superseded(Exception):
    """Another worker has this sweep now."""


@transaction.atomic
def start(agency_id: int, *, by: Actor, at: datetime) -> Sweep | None:
    """Count the agency's open deadlines anew in the background; None where none was counted with an older calendar.

    One that still waits to begin will see this change too, so it is returned.
    """
    version = calendar_of(agency_id).version
    waiting = Sweep.objects.of(agency_id).filter(state=Sweep.State.WAITING).first()
    if waiting is not None:
        Sweep.objects.filter(pk=waiting.pk).update(version=version)
        return waiting
    if not _behind(agency_id, version).exists():
        return None
    sweep = Sweep.objects.create(agency_id=agency_id, version=version, asked_by=by.spoken_name, asked_at=at)
    sweep.job_id = UUID(count_anew.enqueue(sweep.pk).id)
    sweep.save(update_fields=["job_id"])
    return sweep


def progress(agency_id: int) -> Sweep | None:
    """The latest sweep of an agency as it really stands, for the desk; None where there was none."""
    latest = Sweep.objects.of(agency_id).first()
    if latest and not latest.is_over and latest.job_id and has_failed(latest.job_id):
        Sweep.objects.unfinished().filter(pk=latest.pk).update(state=Sweep.State.FAILED)
        latest.refresh_from_db()
    return latest


@task()
def count_anew(sweep_id: int) -> int:
    """The job of a sweep; how many cases got another due date. A second run of a finished one does nothing."""
    try:
        return run(sweep_id, at=timezone.now())
    except Superseded:
        return 0


def run(sweep_id: int, *, at: datetime) -> int:
    """Work through a sweep to its end. Raises Superseded."""
    begun = Sweep.objects.unfinished().filter(pk=sweep_id)
    if not begun.update(state=Sweep.State.RUNNING, attempt=models.F("attempt") + 1):
        raise Superseded
    sweep = Sweep.objects.get(pk=sweep_id)
    left = _behind(sweep.agency_id, sweep.version).filter(pk__gt=sweep.last_id).count()
    _write(sweep, total=sweep.done + left)
    _all(sweep, at=at)
    # Whoever filed a case in these seconds may have known the old calendar still (`current.FRESH_SECONDS`).
    time.sleep(
        max(0.0, min(SETTLED_AFTER, SETTLED_AFTER - (timezone.now() - sweep.asked_at).total_seconds()))
    )
    _write(sweep, last_id=0)
    _all(sweep, at=at)
    _write(sweep, state=Sweep.State.DONE, total=sweep.done, finished_at=timezone.now())
    return sweep.moved


def _all(sweep: Sweep, *, at: datetime) -> None:
    while _batch(sweep, at=at):
        pass


def _behind(agency_id: int, version: int) -> models.QuerySet[Case]:
    """Open cases counted with an older calendar."""
    return Case.objects.filter(agency_id=agency_id, is_open__in=[True], due_calendar__lt=version)


@transaction.atomic
def _batch(sweep: Sweep, *, at: datetime) -> bool:
    """The next cases and how far the sweep is, written together; False once there are none."""
    calendar = calendar_of(sweep.agency_id)
    behind = _behind(sweep.agency_id, calendar.version).filter(pk__gt=sweep.last_id).order_by("pk")
    joined = behind.select_related("version").defer("version__source")
    cases = list(joined.select_for_update(of=("self",))[:BATCH])
    if not cases:
        return False
    changes = _changes(cases, calendar)
    record_many(changes, by=SYSTEM, at=at)
    done, moved = sweep.done + len(cases), sweep.moved + sum(bool(change.kind) for change in changes)
    _write(sweep, done=done, moved=moved, total=max(sweep.total, done), last_id=cases[-1].pk)
    return True


def _changes(cases: Sequence[Case], calendar: WorkingCalendar) -> list[Change]:
    histories: defaultdict[int, list[Event]] = defaultdict(list)
    events = Event.objects.filter(subject_kind="case", subject_id__in=[case.pk for case in cases])
    for event in events.defer("sealed").order_by("subject_id", "number"):
        histories[event.subject_id].append(event)
    clock = replace(clock_of(cases[0].agency_id), clock=FixedClock(calendar))
    causes = Causes(cases[0].agency_id, calendar.version)
    return [_change(case, histories[case.pk], clock, causes) for case in cases]


def _change(case: Case, events: Sequence[Event], clock: AgencyClock, causes: Causes) -> Change:
    """What the new calendar makes of a case."""
    found = times(case.declaration, case.plain, events, clock)
    columns: dict[str, Any] = {"due_calendar": found.due_calendar, "wake_at": found.wake_at}
    if case.answered_at is not None:
        return Change(case, columns)
    columns["due_at"] = found.due_at
    if found.due_at is None or case.due_at is None or found.due_at == case.due_at:
        return Change(case, columns)
    facts = {
        "due_before": instant(case.due_at),
        "due_after": instant(found.due_at),
        "calendar": found.due_calendar,
        "cause": causes.since(case.due_calendar),
    }
    return Change(case, columns, "due_moved", facts)


def _write(sweep: Sweep, **facts: Any) -> None:
    """Write on the sweep while it is this worker's. Raises Superseded."""
    mine = Sweep.objects.unfinished().filter(pk=sweep.pk, attempt=sweep.attempt)
    if not mine.update(**facts):
        raise Superseded
    for name, value in facts.items():
        setattr(sweep, name, value)
