"""What stands in a case's papers: who asks, what was asked and answered, how it came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mizban.core.cases.models import Case
from mizban.core.cases.models.case import Channel
from mizban.core.cases.questions import answered_form
from mizban.core.cases.writing import opened
from mizban.core.declarations.applicants import IDENTIFIER_NAMES, Applicant
from mizban.core.declarations.fields import Field
from mizban.core.declarations.grammar import APPLICANT_KINDS
from mizban.core.events.models import Event
from mizban.core.sealing.cipher import BrokenSeal
from mizban.lib.identifiers import mobile
from mizban.web.timelines import FileUrl, Link, file_links
from mizban.web.words import readable as readable_answers

from .rows import applicant_of

CAME_BY = {
    Channel.PORTAL: "از درگاه، به دست متقاضی",
    Channel.COUNTER: "در پیشخوان، به دست {name}",
    Channel.PHONE: "از راه تلفن، به دست {name}",
}
FROM_A_DESK = "از میز دستگاه متقاضی، به دست {name}"


@dataclass(frozen=True, slots=True)
class Person:
    """The applicant as the page shows it: masked, until somebody asks for the whole."""

    kind: str
    name: str
    identifier_name: str
    identifier: str
    mobile: str
    in_full: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """`is_readable` says whether names and answers are for this reader; what was erased is empty."""

    is_readable: bool
    filed_at: datetime
    came_by: str
    is_filed_by_staff: bool
    person: Person | None
    answers: list[tuple[Field, Any]]
    papers: list[tuple[str, datetime, list[Link]]]


def facts_of(
    case: Case, events: Sequence[Event], *, readable: bool, in_full: bool, file_url: FileUrl
) -> Facts:
    """The case's facts. `readable` False leaves out all that is sealed."""
    applicant = applicant_of(case) if readable else None
    return Facts(
        is_readable=readable,
        filed_at=case.filed_at,
        came_by=_came_by(case, events[0]),
        is_filed_by_staff=case.channel != Channel.PORTAL,
        person=_person(applicant, in_full=in_full) if applicant else None,
        answers=_answers(case, events[0]) if readable else [],
        papers=_papers(case, events, file_url) if readable else [],
    )


def _came_by(case: Case, filed: Event) -> str:
    """By which way, and at whose hand where it was not the applicant's own."""
    from_a_desk = case.channel == Channel.PORTAL and filed.actor_kind == "staff"
    sentence = FROM_A_DESK if from_a_desk else CAME_BY[Channel(case.channel)]
    return sentence.format(name=filed.actor_name)


def _person(applicant: Applicant, *, in_full: bool) -> Person:
    return Person(
        kind=APPLICANT_KINDS[applicant.kind],
        name=applicant.name,
        identifier_name=IDENTIFIER_NAMES.get(applicant.kind, "شناسهٔ ملی"),
        identifier=applicant.identifier if in_full else applicant.masked_identifier,
        mobile=mobile.show(applicant.mobile) if in_full else applicant.masked_mobile,
        in_full=in_full,
    )


def _answers(case: Case, filed: Event) -> list[tuple[Field, Any]]:
    """What was answered when the case was filed, in the order it was asked; nothing once it was erased."""
    try:
        sealed = opened(filed, case.key).get("answers", {})
    except BrokenSeal:
        return []
    fields = answered_form(case)
    return readable_answers(fields, case.plain | sealed)


def _papers(case: Case, events: Sequence[Event], file_url: FileUrl) -> list[tuple[str, datetime, list[Link]]]:
    """Every file, by what it came with, oldest first."""
    links, steps = file_links(case, file_url), case.declaration.steps
    return [
        (steps[event.facts["step"]].label if "step" in event.facts else "درخواست", event.at, links[event.pk])
        for event in events
        if event.pk in links
    ]
