"""What stands in a case's papers: who asks, what was asked and answered, how it came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mizban.core.cases.filing.questions import answered_form
from mizban.core.cases.models import Case
from mizban.core.cases.models.case import Channel
from mizban.core.cases.sight.seeing import WHOLE, Sight
from mizban.core.cases.steps.answers import answers_of
from mizban.core.declarations.applicants import IDENTIFIER_NAMES, Applicant
from mizban.core.declarations.fields import Field
from mizban.core.declarations.grammar import APPLICANT_KINDS
from mizban.core.declarations.mandates import Mandate
from mizban.core.events.models import Event
from mizban.core.sealing.cipher import BrokenSeal
from mizban.lib.identifiers import mobile, national_id
from mizban.web.timelines import Link
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
    mandate: Mandate | None = None
    mandate_id: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """`is_readable` says whether names and answers are for this reader; what was erased is empty.

    `former` has the answers that a return made the applicant correct.
    """

    is_readable: bool
    filed_at: datetime
    came_by: str
    is_filed_by_staff: bool
    person: Person | None
    answers: list[tuple[Field, Any]]
    former: Mapping[str, Any]
    papers: list[tuple[str, datetime, list[Link]]]


def facts_of(
    case: Case,
    events: Sequence[Event],
    *,
    readable: bool,
    in_full: bool,
    links: Mapping[int, list[Link]],
    sight: Sight = WHOLE,
) -> Facts:
    """The case's facts. `readable` False leaves out all that is sealed; `sight` is how much another agency sees.

    `links` are the case's files by the event that brought them (`timelines.file_links`).
    """
    applicant = applicant_of(case) if readable and sight.knows_applicant else None
    answers, former = _answers(case, sight) if readable else ([], {})
    return Facts(
        is_readable=readable,
        filed_at=case.filed_at,
        came_by=_came_by(case, events[0]),
        is_filed_by_staff=case.channel != Channel.PORTAL,
        person=_person(applicant, in_full=in_full) if applicant else None,
        answers=answers,
        former=former,
        papers=[
            (_brought_with(case, event), event.at, links[event.pk]) for event in events if event.pk in links
        ],
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
        mobile=mobile.show(applicant.mobile) if in_full and applicant.mobile else applicant.masked_mobile,
        in_full=in_full,
        mandate=applicant.mandate,
        mandate_id=_mandate_id(applicant.mandate, in_full=in_full) if applicant.mandate else "",
    )


def _mandate_id(mandate: Mandate, *, in_full: bool) -> str:
    return mandate.national_id if in_full else national_id.mask(mandate.national_id)


def _answers(case: Case, sight: Sight) -> tuple[list[tuple[Field, Any]], dict[str, Any]]:
    """The answers as they stand, in the order they were asked, and what corrections replaced; nothing once erased."""
    try:
        answers = answers_of(case)
    except BrokenSeal:
        return [], {}
    shown = [field for field in answered_form(case) if sight.has(field.name)]
    return readable_answers(shown, answers.now), answers.former


def _brought_with(case: Case, event: Event) -> str:
    if "step" not in event.facts:
        return "درخواست"
    return case.declaration_at(event.number).steps[event.facts["step"]].label
