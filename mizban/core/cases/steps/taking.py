"""Taking a step: who may, from where, with which answers, and what follows for the clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import Step
from mizban.core.events.chain import instant
from mizban.core.events.models import Event
from mizban.core.people.actors import Actor, Staff
from mizban.core.refusals import FormRefused, NotFound, NotYours
from mizban.lib.jalali import local

from ..clocks.clock import clock_of
from ..clocks.deadlines import Happening, Times, times
from ..filing.references import resolver
from ..models.approvals import Approval
from ..papers import files as case_files
from ..papers import sealed_tables
from ..sight import parties, words
from ..writing import ActedFirst, last_known_to, record, refuse_if_behind
from . import approving, mending
from .mending import form_of
from .permitting import TooLate, hindrance, is_over, may_take

if TYPE_CHECKING:
    from ..models import Case, CaseFile

TRIES = 4
# What other decisions of the same approval may have changed of the row.
MOVING = (
    "state",
    "turn",
    "is_open",
    "assignee",
    "due_at",
    "due_calendar",
    "answered_at",
    "number_of_events",
    "head",
    "wake_at",
)


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
    knew of. Raises NotFound (no such step), NotYours, PreparedIt, GaveAlready, NotAsked, TooLate, ActedFirst (the case
    moved on), FormRefused (all errors).
    """
    step = case.declaration.steps.get(name)
    if step is None:
        raise NotFound
    for left in reversed(range(TRIES)):
        try:
            return _take(case, step, by=by, at=at, answers=answers, files=files, seen=seen)
        except ActedFirst as refusal:
            # Two places of one approval are filled at once: neither stands in the other's way.
            if not left or not _is_beside(step, refusal.last):
                raise
            case.refresh_from_db(fields=MOVING)
    raise ActedFirst


def _take(
    case: "Case",
    step: Step,
    *,
    by: Actor,
    at: datetime,
    answers: Mapping[str, Any],
    files: "Mapping[str, Sequence[CaseFile]]",
    seen: int | None,
) -> Event:
    _refuse(case, step, by=by, at=at, seen=seen)
    asked = form_of(case, step)
    filled = fill(
        asked,
        answers,
        files,
        checks=step.checks,
        today=local(at).date(),
        resolve=resolver(by=by, token=None),
    )
    filled.errors.update(mending.wrong(case, step, filled, files))
    if filled.errors:
        raise FormRefused(filled.errors)
    kept, tables = sealed_tables.parted(asked, filled.answers)
    brought = [
        *case_files.brought(asked, filled.answers, files),
        *sealed_tables.keep_all(case.agency_id, tables, at=at),
    ]
    place, to = (
        approving.decide(case, step, by=by) if isinstance(by, Staff) and step.approval else (None, step.to)
    )
    facts = _facts(case, step, to=to, place=place, files=len(brought))
    changes = _changes(case, step, by=by, at=at, facts=facts)
    mended = mending.changes(case, step, filled, facts)
    before = case.state
    with transaction.atomic():
        event = record(
            case,
            "step" if "step" in facts else "decided",
            by=by,
            at=at,
            facts=facts,
            sealed={"answers": kept} if kept else None,
            **changes,
            **mended,
        )
        case_files.attach(case, event, brought)
        words.index(case.pk, asked, filled.answers)
        if step.confirms_applicant:
            parties.confirm_applicant(case)
        parties.bring(case, step.brings)
        if place and isinstance(by, Staff):
            approving.write(case, place, step, by=by, name=event.actor_name, at=at)
        if before != case.state:
            approving.follow(case, before, at=at)
    return event


def _refuse(case: "Case", step: Step, *, by: Actor, at: datetime, seen: int | None) -> None:
    """Raises what stands in the way of the step, before anything is read of its form."""
    if not may_take(case, step, by):
        raise NotYours
    if case.state not in step.from_:
        raise ActedFirst(last_known_to(case, by))
    refuse_if_behind(case, seen, by=by, beside=step.approval)
    if hindered := hindrance(case, step, by):
        raise hindered
    if is_over(case, step, at=at):
        raise TooLate


def _is_beside(step: Step, last: Event | None) -> bool:
    """Whether what happened meanwhile is another decision of the approval this step is of."""
    return bool(step.approval and last and last.facts.get("approval") == step.approval)


def _facts(case: "Case", step: Step, *, to: str | None, place: Approval | None, files: int) -> dict[str, Any]:
    """What the event says in the open. A decision others are still awaited after is no step yet: nothing counts it."""
    facts: dict[str, Any] = {"to": to or case.state}
    facts["step" if place is None or to else "decision"] = step.name
    if place:
        facts |= {"approval": place.name, "round": place.round, "place": place.place, "who": place.who}
    if files:
        facts["files"] = files
    if "{unit}" in step.says + step.tells and case.unit:
        # A referral changes the unit; what was done in the old one stays said of it.
        facts["unit"] = case.unit.name
    return facts


def _changes(case: "Case", step: Step, *, by: Actor, at: datetime, facts: dict[str, Any]) -> dict[str, Any]:
    """What the step does to the row: where it stands, whose turn it is, who has it, when it falls due.

    The due date a promise is measured by at its end is written into the `facts`, where no later calendar reaches it.
    """
    after = case.declaration.states[facts["to"]]
    changes: dict[str, Any] = {"state": after.name, "turn": after.turn, "is_open": not after.closed}
    ours = isinstance(by, Staff) and by.agency_id == case.agency_id
    if ours and (step.assigns or case.assignee_id is None):
        changes["assignee_id"] = by.id
    is_answer = case.answered_at is None and facts.get("step") in case.target.until
    found = _times(case, at=at, facts=facts)
    changes["wake_at"] = found.wake_at
    if is_answer:
        changes["answered_at"] = at
    if case.answered_at is not None:
        return changes
    ends = is_answer or after.closed
    # What a newer calendar alone would move is moved by its sweep, which tells the applicant.
    if ends or (found.due_at is None) != (case.due_at is None):
        changes |= {"due_at": found.due_at, "due_calendar": found.due_calendar}
    if ends and found.due_at:
        facts["due_at"] = instant(found.due_at)
    return changes


def _times(case: "Case", *, at: datetime, facts: dict[str, Any]) -> Times:
    """The clocks as they stand after a step with these facts."""
    after = Happening(case.number_of_events + 1, at, "step", facts)
    return times(case.declaration, case.plain, [*case.history(), after], clock_of(case.agency_id))
