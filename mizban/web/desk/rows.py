"""A case as one row of a list, and the few words that lists and case pages share."""

from dataclasses import dataclass
from datetime import datetime

from mizban.core.cases.inhouse.inside import is_inside
from mizban.core.cases.models import Case, Party
from mizban.core.cases.sight.parties import APPLICANT
from mizban.core.cases.sight.seeing import sight_of
from mizban.core.cases.steps.permitting import may_take
from mizban.core.declarations.applicants import Applicant
from mizban.core.people.actors import Staff
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.filters import clock, day_of, spoken
from mizban.kit.page import State
from mizban.lib.codes import in_groups
from mizban.lib.text import persian_digits
from mizban.web.dues import chip_for
from mizban.web.staff import may_read

ERASED = "پاک شده"


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a case, ready to be written; `applicant` is empty for those who may not read names.

    `office` and `part` are empty for cases of the own agency: where the case was filed, and what part we have in it.
    """

    case: Case
    code: tuple[str, ...]
    title: str
    unit: str
    state: str
    chip: tuple[State, str]
    due: str
    applicant: str
    turn: str
    is_mine: bool
    is_late: bool
    office: str
    part: str


def row_of(case: Case, actor: Staff, now: datetime, *, applied: Party | None = None) -> Row:
    """`applied` is the applicant's part, where the list brought it; else the case comes with its parties."""
    inside = is_inside(case, actor)
    readable = may_read(actor) and (inside or sight_of(case, actor).knows_applicant)
    applicant = (revealed(applied, case) if applied else applicant_of(case)) if readable else None
    mine = is_mine(case, actor)
    return Row(
        case=case,
        code=tuple(in_groups(persian_digits(case.code))),
        title=case.title,
        unit=case.unit.name if case.unit else "–",
        state=case.declaration.states[case.state].label,
        chip=chip_for(case, now=now),
        due=_due(case, now),
        applicant=applicant.name if applicant else ERASED if readable else "",
        turn="شما" if mine else turn_of_others(case, inside=inside),
        is_mine=mine,
        is_late=case.is_late(at=now),
        office="" if inside else case.agency.short_name,
        part="" if inside else part_of(case, actor),
    )


def applicant_of(case: Case) -> Applicant | None:
    """Who filed; None once the case's key was destroyed."""
    party = next((party for party in Party.of(case) if party.role == APPLICANT), None)
    return revealed(party, case) if party else None


def revealed(party: Party, case: Case) -> Applicant | None:
    """Who the applicant of this case is; None once its key was destroyed."""
    try:
        return party.reveal(case.key)
    except BrokenSeal:
        return None


def part_of(case: Case, actor: Staff) -> str:
    """The part the actor's agency has in a case of another, as people call it."""
    roles, declared = case.roles_of(actor.agency_id), case.declaration.parties
    words = ["متقاضی" if role == APPLICANT else declared[role].label for role in sorted(roles)]
    return "، ".join(words)


def is_mine(case: Case, actor: Staff) -> bool:
    """Whether the next step is this person's: an own case they have, or a step of theirs in another's."""
    if is_inside(case, actor):
        return case.turn == "office" and case.assignee_id in actor.desks
    return waits_for_us(case, actor)


def waits_for_us(case: Case, actor: Staff) -> bool:
    """Whether a case of another agency waits for a step of ours; what the applicant may do any time does not count."""
    steps = [step for step in case.declaration.steps_open_in(case.state) if may_take(case, step, actor)]
    return case.is_open and any(APPLICANT not in step.by or case.turn == "applicant" for step in steps)


def turn_of_others(case: Case, *, inside: bool) -> str:
    """Whose turn it is where it is not one's own, in a word."""
    match case.turn:
        case "applicant":
            return "متقاضی"
        case "party":
            return "دستگاه دیگر"
        case "office" if not inside:
            return "اداره"
        case "office":
            return case.assignee.full_name if case.assignee else "بی‌صاحب"
        case _:
            return ""


def turn_chip(case: Case, actor: Staff) -> tuple[State, str] | None:
    """Whose turn it is, beside the heading of an open case; None where it is nobody's."""
    if is_mine(case, actor):
        return "turn", "نوبت شما"
    if is_inside(case, actor) and case.turn == "office" and case.assignee is None:
        return "none", "هنوز با کسی نیست"
    turn = turn_of_others(case, inside=is_inside(case, actor))
    return ("none", f"نوبت {turn}") if turn and case.is_open else None


def _due(case: Case, now: datetime) -> str:
    """When the answer is due: «امروز ۱۱:۰۵», «شنبه ۳۰ آبان»."""
    if case.due_at is None:
        return "پس از پاسخ متقاضی" if case.turn == "applicant" else "–"
    day, today = day_of(case.due_at), day_of(now)
    return f"امروز {clock(case.due_at)}" if day == today else spoken(day, today)
