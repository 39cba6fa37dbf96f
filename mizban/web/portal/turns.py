"""Whose turn it is, in one sentence, and the chips beside it."""

from datetime import datetime

from mizban.core.cases.models import Case
from mizban.core.declarations.grammar import PARTY
from mizban.kit.filters import spoken
from mizban.kit.page import DueCard, State
from mizban.lib.jalali import local

from .own_time import time_left

Chip = tuple[State, str]


def turn(case: Case, due: DueCard, *, now: datetime) -> str:
    """One sentence: who does what by when, or how it ended."""
    today = local(now).date()
    if case.answered_at is not None:
        owed = f": موعد {spoken(case.due_at, today)} بود" if case.due_at else ""
        return f"دیر پاسخ داده شد{owed}." if due.state == "late" else "پاسخ داده شد، در مهلت."
    if not case.is_open:
        return f"این درخواست بسته است: {case.state_now.label}."
    if case.turn == "applicant":
        asked = (
            case.state_now.says or "نوبت شماست: آنچه خواسته شده است بفرستید. تا پاسخ شما نرسد، ساعت نمی‌گذرد."
        )
        return f"{asked} {time_left(case, today=today)}".rstrip()
    if case.turn == "party":
        return _of_party(case)
    whose = f"نوبت {_clerk(case)} است"
    if due.state == "hold":
        return f"{whose}. ساعت ایستاده است."
    if due.state == "late":
        return f"{whose}. از موعد گذشته‌ایم: {spoken(due.day, today)} بود."
    return f"{whose}؛ تا {spoken(due.day, today)} پاسخ می‌گیرید."


def _of_party(case: Case) -> str:
    """Which other agency the case waits for, by name, and what the declaration says of this state."""
    steps = [step for step in case.declaration.steps_open_in(case.state) if step.is_for(case.plain)]
    roles = {who.removeprefix(PARTY) for step in steps for who in step.by if who.startswith(PARTY)}
    brought = case.parties.filter(role__in=roles).select_related("agency")
    names = [party.agency.name for party in brought if party.agency]
    names = names or [case.declaration.parties[role].label for role in sorted(roles)]
    whose = f"نوبت {' و '.join(f'«{name}»' for name in names)} است." if names else "نوبت دستگاه دیگری است."
    said = case.state_now.says or "پس از پاسخ آن، کار ادامه می‌یابد."
    return f"{whose} {said}"


def _clerk(case: Case) -> str:
    office = f"«{case.unit.name if case.unit else case.agency.short_name}»"
    return f"{case.assignee.full_name} در {office}" if case.assignee else f"کارشناس {office}"


def chips(case: Case, due: DueCard) -> list[Chip]:
    """Whose turn, and how the promise stands."""
    if case.answered_at is not None:
        verdict: Chip = ("late" if due.state == "late" else "kept", due.heading)
        return [verdict] if case.is_open else [verdict, ("none", case.state_now.label)]
    if not case.is_open:
        return [("none", case.state_now.label)]
    first: Chip = ("turn", "نوبت شماست") if case.turn == "applicant" else ("open", case.state_now.label)
    return [first, (due.state, "ساعت ایستاده است" if due.state == "hold" else due.lines[0])]
