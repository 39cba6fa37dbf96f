"""Taking a step: who may, from where, with which answers, and what follows for the clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import PARTY, Step
from mizban.core.events.models import Event
from mizban.core.people.actors import Actor, Guest, Staff, System
from mizban.core.people.models import Role
from mizban.core.refusals import FormRefused, NotFound, NotYours
from mizban.lib.jalali import local

from . import files as case_files
from . import parties, words
from .clock import Stop, stops, the_clock
from .writing import ActedFirst, last_known_to, record, refuse_if_behind

if TYPE_CHECKING:
    from .models import Case, CaseFile

# Who acts for an agency in the cases of others.
ACTING = frozenset({Role.EXPERT, Role.HEAD, Role.DIRECTOR})


def take(
    case: "Case",
    name: str,
    *,
    by: Actor,
    at: datetime,
    answers: Mapping[str, Any],
    files: "Mapping[str, Sequence[CaseFile]]",
    seen: int | None = None,
) -> Event:
    """Take the step `name` of the case's declaration on behalf of `by` at the aware moment `at`.

    `answers` are as typed, by field; `files` are waiting uploads, by field; `seen` is the number of events the actor
    knew of. Raises NotFound (no such step), NotYours, ActedFirst (the case moved on), FormRefused (all errors).
    """
    step = case.declaration.steps.get(name)
    if step is None:
        raise NotFound
    if not may_take(case, step, by):
        raise NotYours
    if case.state not in step.from_:
        raise ActedFirst(last_known_to(case, by))
    refuse_if_behind(case, seen, by=by)
    filled = fill(step.form, answers, files, checks=step.checks, today=local(at).date())
    if filled.errors:
        raise FormRefused(filled.errors)
    brought = case_files.brought(step.form, filled.answers, files)
    facts: dict[str, Any] = {"step": name, "to": step.to or case.state}
    if brought:
        facts["files"] = len(brought)
    if "{unit}" in step.says and case.unit:
        # A referral changes the unit; what was done in the old one stays said of it.
        facts["unit"] = case.unit.name
    with transaction.atomic():
        event = record(
            case,
            "step",
            by=by,
            at=at,
            facts=facts,
            sealed={"answers": filled.answers} if filled.answers else None,
            **_changes(case, step, by=by, at=at),
        )
        case_files.attach(case, event, brought)
        words.index(case.pk, step.form, filled.answers)
        if step.confirms_applicant:
            parties.confirm_applicant(case)
        parties.bring(case, step.brings)
    return event


def may_take(case: "Case", step: Step, by: Actor) -> bool:
    """Whether the step is for this case and this actor is one of those who take it; its state is another question."""
    if not step.is_for(case.plain):
        return False
    match by:
        case Guest():
            return "applicant" in step.by and by.case_id == case.pk
        case Staff() if by.agency_id == case.agency_id:
            return not by.roles.isdisjoint(step.by)
        case Staff():
            return _is_party_of(case, step, by)
        case System():
            return "system" in step.by
        case _:
            return False


def _is_party_of(case: "Case", step: Step, by: Staff) -> bool:
    """Whether the step is for a party and this is one who acts for it; the applicant agency is the applicant."""
    if by.roles.isdisjoint(ACTING):
        return False
    parts = {"applicant" if role == "applicant" else PARTY + role for role in case.roles_of(by.agency_id)}
    return not parts.isdisjoint(step.by)


def steps_for(case: "Case", by: Actor) -> list[Step]:
    """The steps this actor can take now, in the declared order."""
    return [step for step in case.declaration.steps_open_in(case.state) if may_take(case, step, by)]


def _changes(case: "Case", step: Step, *, by: Actor, at: datetime) -> dict[str, Any]:
    """What the step does to the row: where it stands, whose turn it is, who has it, when it falls due."""
    after = case.declaration.states[step.to or case.state]
    changes: dict[str, Any] = {"state": after.name, "turn": after.turn, "is_open": not after.closed}
    ours = isinstance(by, Staff) and by.agency_id == case.agency_id
    if ours and (step.assigns or case.assignee_id is None):
        changes["assignee_id"] = by.id
    if case.answered_at is not None:
        return changes
    answers_now = step.name in case.target.until
    if answers_now:
        changes["answered_at"] = at
    clock_stops = after.clock_stopped and not answers_now
    if clock_stops != case.state_now.clock_stopped:
        changes |= _due(case, at=at, clock_stops=clock_stops)
    return changes


def _due(case: "Case", *, at: datetime, clock_stops: bool) -> dict[str, Any]:
    """The due date after this step: none while the clock stands, else computed from the events."""
    if clock_stops:
        return {"due_at": None}
    history = stops(case.declaration, list(case.events.defer("sealed")))
    closed = [Stop(stop.from_at, stop.until_at or at, stop.state) for stop in history]
    due = the_clock().due(case.agency_id, case.target, filed_at=case.filed_at, stops=closed)
    return {"due_at": due.at, "due_calendar": due.calendar}
