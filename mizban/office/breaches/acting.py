"""What people do after a breach: the head writes the reason and another date, the superior says what he does."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mizban.core.cases import amends
from mizban.core.cases.inhouse.inside import LEADING, is_at_home, works_on
from mizban.core.cases.models import Case
from mizban.core.cases.writing import record, refuse_if_behind
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.events.models import Event
from mizban.core.people.actors import Actor, Staff
from mizban.core.refusals import FormRefused, NotYours

from .hearing import promised, renew
from .models import Escalation
from .refusals import Acknowledged, DateGiven, NotBroken

MOST_DAYS = 30
WITHIN = Field(
    "within",
    "number",
    "موعد تازه، چند روز کاری از امروز؟",
    help="یک بار می‌توان آن را تغییر داد؛ موعد نخست شکسته می‌ماند. خالی بگذارید تا همان موعد تازه بماند.",
    required=False,
    least=1,
    most=MOST_DAYS,
)
QUESTIONS = (amends.REASON, WITHIN)
ACKNOWLEDGING = (
    Field(
        "text",
        "long_text",
        "چه کردید یا چه می‌کنید؟",
        help="تنها همکاران این اداره می‌خوانند؛ متقاضی می‌بیند که شما آگاه شدید.",
        min_length=5,
        max_length=1000,
    ),
)


def is_owed(case: Case) -> bool:
    """Whether an apology was made and the answer is still owed."""
    owed = case.is_open and case.answered_at is None
    return owed and any(event.kind == amends.APOLOGISED for event in case.history())


def may_promise(case: Case, by: Actor) -> bool:
    """Whether this person writes reasons and new dates: a head of the case's unit, a director."""
    return works_on(case, by) and isinstance(by, Staff) and bool(by.roles & LEADING) and is_at_home(case, by)


def was_changed(case: Case) -> bool:
    """Whether the new date was changed already."""
    return any(event.kind == amends.PROMISED_AGAIN for event in case.history())


def promise_again(
    case: Case, *, by: Actor, at: datetime, answers: Mapping[str, Any], seen: int | None = None
) -> Event:
    """Tell the applicant why it is late and, once, another date. The promise stays broken.

    Raises NotYours, ActedFirst, NotBroken, DateGiven, FormRefused.
    """
    if not may_promise(case, by):
        raise NotYours
    refuse_if_behind(case, seen, by=by)
    if not is_owed(case):
        raise NotBroken
    filled = fill(QUESTIONS, answers)
    if filled.errors:
        raise FormRefused(filled.errors)
    sealed = {"answers": {"reason": filled.answers["reason"]}}
    within = filled.answers.get("within")
    if within is None:
        return record(case, amends.REASON_GIVEN, by=by, at=at, sealed=sealed)
    if was_changed(case):
        raise DateGiven
    facts = promised(case, int(within), at=at)
    return renew(case, amends.PROMISED_AGAIN, by=by, at=at, facts=facts, sealed=sealed)


@transaction.atomic
def acknowledge(escalation: Escalation, *, by: Staff, at: datetime, answers: Mapping[str, Any]) -> Event:
    """The superior has seen it, and says what he does: on the case, and off his list.

    The caller found it among `Escalation.objects.before(by)`. Raises FormRefused, Acknowledged, ActedFirst.
    """
    filled = fill(ACKNOWLEDGING, answers)
    if filled.errors:
        raise FormRefused(filled.errors)
    mine = Escalation.objects.waiting().filter(pk=escalation.pk)
    if not mine.update(acknowledged_at=at, acknowledged_by=by.name):
        raise Acknowledged
    facts = {"level": escalation.level}
    sealed = {"answers": {"text": filled.answers["text"]}} if escalation.case.wrapped_key else None
    return record(escalation.case, amends.ACKNOWLEDGED, by=by, at=at, facts=facts, sealed=sealed)
