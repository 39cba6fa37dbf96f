"""What follows a warning and a breach, in the transaction of the event that tells of it: all of it, or nothing.

A worker that is killed leaves neither the breach nor the apology; the next look writes both.
"""

from datetime import datetime, timedelta
from typing import Any

from mizban.core.cases import amends
from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.clocks.deadlines import AGAIN, BREACHED, Happening, times
from mizban.core.cases.models import Case
from mizban.core.cases.writing import record
from mizban.core.declarations.grammar import Target
from mizban.core.events.chain import instant
from mizban.core.events.models import Event
from mizban.core.people.actors import SYSTEM, Actor
from mizban.office.calendar.current import calendar_of
from mizban.office.calendar.splitting import shares

from .models import Alert, Escalation, Policy
from .superiors import superior_of

MINUTE = timedelta(minutes=1)
BROKEN_AGAIN = "پاسخ؛ موعد تازه هم گذشت"


def hear(case: Case, event: Event) -> None:
    """Note the warning; of a broken promise apologise with a new date, and tell the superior."""
    is_promise = event.facts["target"] in (case.target.name, AGAIN)
    if event.kind == "breached" and is_promise:
        is_first = event.facts["target"] != AGAIN
        if is_first:
            apologise(case, at=event.at)
        if case.is_open and case.answered_at is None:
            escalate(case, event, level=1 if is_first else 2)
    _note(case, event, is_promise=is_promise)


def apologise(case: Case, *, at: datetime) -> Event:
    """Say whose time it was; while the answer is owed, give a new date. The old promise stays broken."""
    calendar = calendar_of(case.agency_id)
    unit = case.unit.name if case.unit else case.agency.short_name
    parts = shares(
        case.declaration, case.history(), unit=unit, until=case.answered_at or at, calendar=calendar
    )
    facts: dict[str, Any] = {
        "shares": [[part.side, part.name, round(part.worked / MINUTE)] for part in parts],
        "day": calendar.minutes_per_day,
    }
    if case.is_open and case.answered_at is None:
        facts |= promised(case, Policy.of(case.agency_id).again_within, at=at)
    return renew(case, amends.APOLOGISED, by=SYSTEM, at=at, facts=facts)


def promised(case: Case, within: int, *, at: datetime) -> dict[str, Any]:
    """The facts of a new date, `within` working days after the day of the aware moment `at`."""
    target = Target(AGAIN, within, "working_days", ())
    due = clock_of(case.agency_id).due(target, filed_at=at)
    assert due.at is not None  # noqa: S101  # nothing stops it yet
    return {"within": within, "unit": target.unit, "again_at": instant(due.at)}


def renew(
    case: Case,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    facts: dict[str, Any],
    sealed: dict[str, Any] | None = None,
) -> Event:
    """Record what moves the new date, and when the worker looks at the case for it."""
    after = Happening(case.number_of_events + 1, at, kind, facts)
    found = times(case.declaration, case.plain, [*case.history(), after], clock_of(case.agency_id))
    return record(case, kind, by=by, at=at, facts=facts, sealed=sealed, wake_at=found.wake_at)


def escalate(case: Case, breach: Event, *, level: int) -> Escalation:
    """Put the case before its superior of this level."""
    named = superior_of(case, level, at=breach.at)
    facts = {"level": level, "superior": named.spoken}
    event = record(case, amends.ESCALATED, by=SYSTEM, at=breach.at, facts=facts)
    return Escalation.objects.create(
        case=case,
        level=level,
        number=event.number,
        agency_id=named.agency_id,
        unit_id=named.unit_id,
        role=named.role,
        person_id=named.person_id,
        superior=named.spoken,
        at=breach.at,
        due_at=datetime.fromisoformat(breach.facts["due_at"]),
    )


def _note(case: Case, event: Event, *, is_promise: bool) -> None:
    """One row a deadline, of its last warning; a new date is no other deadline but a word on the promise's row."""
    facts = event.facts
    if facts["target"] == AGAIN:
        broken = Alert.objects.filter(case=case, is_promise=True)
        broken.update(label=BROKEN_AGAIN, at=event.at, seen=case.number_of_events)
        return
    target = case.declaration.targets.get(facts["target"])
    Alert.objects.update_or_create(
        case=case,
        target=facts["target"],
        since=facts["since"],
        defaults={
            "agency_id": case.agency_id,
            "label": target.label if target else "",
            "is_promise": is_promise,
            "share": facts.get("share", BREACHED),
            "due_at": datetime.fromisoformat(facts["due_at"]),
            "at": event.at,
            "seen": case.number_of_events,
            "is_over": is_promise and not (case.is_open and case.answered_at is None),
        },
    )
