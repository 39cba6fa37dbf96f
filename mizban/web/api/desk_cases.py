"""A case as those at a desk may see it: a row of a list, or the whole."""

from datetime import date, datetime
from typing import Any

from mizban.core.cases.filing.questions import answered_form
from mizban.core.cases.inhouse.inside import is_inside
from mizban.core.cases.models import Case
from mizban.core.cases.sight.seeing import Sight, sight_of
from mizban.core.cases.steps.answers import answers_of
from mizban.core.declarations.forms import shown
from mizban.core.people.actors import Staff
from mizban.core.sealing.cipher import BrokenSeal
from mizban.web.staff import may_read

from .shapes import Answered, ApplicantShown, DeskCase, DeskRow
from .telling import computed_row, history, open_steps, row, timeline


def desk_row(case: Case, actor: Staff, *, now: datetime) -> DeskRow:
    """A row of a list; no query of its own on what `for_lists` fetched."""
    return DeskRow(**row(case), **_seen_by(case, actor, now=now))


def whole(case: Case, actor: Staff, *, now: datetime, today: date) -> DeskCase:
    """Everything about a case that this person may see."""
    events, readable, sight = history(case, actor), may_read(actor), sight_of(case, actor)
    return DeskCase(
        **computed_row(case, case.history()),
        **_seen_by(case, actor, now=now),
        number_of_events=events[-1].number if sight.is_whole else case.number_of_events,
        channel=case.channel,
        answers=_answers(case, sight) if readable else [],
        timeline=timeline(case, events, with_texts=readable, inside=is_inside(case, actor), sight=sight),
        steps=open_steps(case, actor, today=today),
    )


def _seen_by(case: Case, actor: Staff, *, now: datetime) -> dict[str, Any]:
    inside = is_inside(case, actor)
    return {
        "unit": case.unit.slug if case.unit and inside else None,
        "assignee": case.assignee.full_name if case.assignee and inside else None,
        "is_late": case.is_late(at=now),
        "applicant": _applicant(case) if may_read(actor) and sight_of(case, actor).knows_applicant else None,
    }


def _applicant(case: Case) -> ApplicantShown | None:
    """Who filed, identifiers masked as on every page; None once the case's key was destroyed."""
    party = next((party for party in case.parties.all() if party.role == "applicant"), None)
    try:
        who = party.reveal(case.key) if party else None
    except BrokenSeal:
        return None
    if who is None:
        return None
    return ApplicantShown(
        kind=who.kind, name=who.name, identifier=who.masked_identifier, mobile=who.masked_mobile
    )


def _answers(case: Case, sight: Sight) -> list[Answered]:
    """What was answered, as it stands, in the order it was asked; nothing once it was erased."""
    try:
        answers = answers_of(case).now
    except BrokenSeal:
        return []
    return [
        Answered(name=field.name, label=field.label, text=text, value=answers[field.name])
        for field, text in shown((each for each in answered_form(case) if sight.has(each.name)), answers)
    ]
