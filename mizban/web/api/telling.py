"""A case as programs read it: its row, what happened, what was answered, and what can be done now."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from mizban.core.cases.clocks.clock import clock_of, stops
from mizban.core.cases.models import Case
from mizban.core.cases.papers import files as case_files
from mizban.core.cases.sentences import Spoken, spoken
from mizban.core.cases.sight.seeing import WHOLE, Sight, heard
from mizban.core.cases.steps.mending import as_asked
from mizban.core.cases.steps.permitting import steps_for
from mizban.core.events.models import Event
from mizban.core.people.actors import Actor
from mizban.core.sealing.cipher import BrokenSeal
from mizban.lib.jalali import iso, local
from mizban.web.breaches import breach_of
from mizban.web.words import with_persian_digits

from .form.schemas import of_step
from .shapes import AgencyName, Apology, FileNamed, Happened, Said, StepOpen


def row(case: Case) -> dict[str, Any]:
    """The members of `CaseRow`, from the row alone: a list asks no more queries for them."""
    return {
        "tracking_code": case.code,
        "agency": AgencyName(slug=case.agency.slug, name=case.agency.name),
        "service": case.declaration.slug,
        "title": case.title,
        "state": case.state,
        "state_label": case.state_now.label,
        "turn": case.turn,
        "is_open": case.is_open,
        "clock": clock(case),
        "filed_at": case.filed_at,
        "due_at": case.due_at,
        "due_on": jalali(case.due_at),
        "answered_at": case.answered_at,
        "in_time": case.was_in_time,
    }


def computed_row(case: Case, events: Sequence[Event]) -> dict[str, Any]:
    """The same, its due date counted anew: the row's may be older than the calendar's last change."""
    found = row(case)
    if found["clock"] == "running":
        stood = stops(case.declaration, events)
        due = clock_of(case.agency_id).due(case.target, filed_at=case.filed_at, stops=stood)
        found |= {"due_at": due.at, "due_on": jalali(due.at)}
    return found


def clock(case: Case) -> Literal["running", "stopped", "ended"]:
    """Whether the office's time runs: it ends with the answer, or with the case."""
    if case.answered_at is not None or not case.is_open:
        return "ended"
    return "stopped" if case.state_now.clock_stopped else "running"


def jalali(at: datetime | None) -> str | None:
    """Tehran's day of a moment, as interfaces write it."""
    return iso(local(at).date()) if at else None


def apology(case: Case, events: Sequence[Event]) -> Apology | None:
    """What followed a broken promise; None where none was broken. `events` are those this actor hears of."""
    breach = breach_of(case, events)
    if breach is None:
        return None
    again_at = breach.again_at if breach.is_owed else None
    return Apology(
        why=breach.why,
        reason=breach.reason,
        again_at=again_at,
        again_on=jalali(again_at),
        is_broken_again=breach.is_broken_again,
        superiors=list(breach.superiors),
        complaints=list(breach.complaints),
    )


def history(case: Case, actor: Actor) -> list[Event]:
    """The events this actor may hear of, oldest first."""
    return heard(case, actor, case.history())


def timeline(
    case: Case, events: Sequence[Event], *, with_texts: bool, inside: bool = False, sight: Sight = WHOLE
) -> list[Happened]:
    """What happened, as `history` has it; `with_texts` False leaves out what was written and sent."""
    files = _files(case, sight) if with_texts else {}
    lines = [spoken(case, event, with_texts=with_texts, inside=inside) for event in events]
    return [
        _happened(event, line, files.get(event.pk, [])) for event, line in zip(events, lines, strict=True)
    ]


def _happened(event: Event, line: Spoken, files: list[FileNamed]) -> Happened:
    return Happened(
        at=line.at,
        kind=event.kind,
        step=event.facts.get("step"),
        state=event.facts.get("to"),
        sentence=with_persian_digits(line.sentence),
        said=[Said(name=field.name, label=field.label, text=text) for field, text in line.said],
        files=files,
    )


def _files(case: Case, sight: Sight) -> dict[int, list[FileNamed]]:
    """The files of a case by the event that brought them; those whose key was destroyed are gone."""
    named: defaultdict[int, list[FileNamed]] = defaultdict(list)
    by_id = {} if sight.is_whole else {event.pk: event for event in case.history()}
    for file in case.files.all():
        if not sight.has_file(case, file, by_id.get(file.event_id or 0)):
            continue
        try:
            name = case_files.name_of(file)
        except BrokenSeal:
            continue
        shown = FileNamed(id=file.pk, name=name, media_type=file.media_type, size=file.size)
        named[file.event_id or 0].append(shown)
    return named


def open_steps(case: Case, actor: Actor, *, today: date) -> list[StepOpen]:
    """The steps this actor can take now, each with the schema of its data."""
    return [
        StepOpen(
            name=step.name, label=step.label, help=step.help, form=of_step(as_asked(case, step), today=today)
        )
        for step in steps_for(case, actor)
    ]
