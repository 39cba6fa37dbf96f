"""A case as one row of a list, and the few words that lists and case pages share."""

from dataclasses import dataclass
from datetime import datetime

from mizban.core.cases.models import Case
from mizban.core.declarations.applicants import Applicant
from mizban.core.people.actors import Staff
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.filters import clock, day_of, spoken
from mizban.kit.page import State
from mizban.web.dues import chip_for

from .finding import may_read

ERASED = "پاک شده"


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a case; `applicant` is empty for those who may not read names."""

    case: Case
    chip: tuple[State, str]
    due: str
    applicant: str
    turn: str
    is_mine: bool
    is_late: bool


def row_of(case: Case, actor: Staff, now: datetime) -> Row:
    applicant = applicant_of(case) if may_read(actor) else None
    return Row(
        case=case,
        chip=chip_for(case, now=now),
        due=_due(case, now),
        applicant=applicant.name if applicant else ERASED if may_read(actor) else "",
        turn=turn_of(case, actor),
        is_mine=is_mine(case, actor),
        is_late=case.is_late(at=now),
    )


def applicant_of(case: Case) -> Applicant | None:
    """Who filed; None once the case's key was destroyed."""
    party = next((party for party in case.parties.all() if party.role == "applicant"), None)
    try:
        return party.reveal(case.key) if party else None
    except BrokenSeal:
        return None


def is_mine(case: Case, actor: Staff) -> bool:
    return case.turn == "office" and case.assignee_id == actor.user_id


def turn_of(case: Case, actor: Staff) -> str:
    """Whose turn it is, in a word."""
    match case.turn:
        case "applicant":
            return "متقاضی"
        case "office" if is_mine(case, actor):
            return "شما"
        case "office":
            return case.assignee.full_name if case.assignee else "بی‌صاحب"
        case _:
            return ""


def turn_chip(case: Case, actor: Staff) -> tuple[State, str] | None:
    """Whose turn it is, beside the heading of an open case; None where it is nobody's."""
    if is_mine(case, actor):
        return "turn", "نوبت شما"
    if case.turn == "office" and case.assignee is None:
        return "none", "هنوز با کسی نیست"
    turn = turn_of(case, actor)
    return ("none", f"نوبت {turn}") if turn and case.is_open else None


def _due(case: Case, now: datetime) -> str:
    """When the answer is due: «امروز ۱۱:۰۵», «شنبه ۳۰ آبان»."""
    if case.due_at is None:
        return "پس از پاسخ متقاضی" if case.turn == "applicant" else "–"
    if day_of(case.due_at) == day_of(now):
        return f"امروز {clock(case.due_at)}"
    return spoken(case.due_at, day_of(now))
