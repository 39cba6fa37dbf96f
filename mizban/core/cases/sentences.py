"""Events spoken as Persian sentences, and the answers that came with them."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import shown
from mizban.core.events.models import Event
from mizban.core.sealing.cipher import BrokenSeal
from mizban.lib import jalali

from . import amends
from .clocks.deadlines import AGAIN
from .inhouse.inside import FORMS, is_internal, told
from .steps.mending import form_at
from .steps.permitting import taken
from .writing import opened

if TYPE_CHECKING:
    from .models import Case

ERASED = "متن این رویداد پاک شده است."
FILED = "درخواست شما ثبت شد."
FILED_FOR = {
    "counter": "{actor} این درخواست را به خواست شما، در پیشخوان ثبت کرد.",
    "phone": "{actor} این درخواست را به خواست شما، از راه تلفن ثبت کرد.",
}
SENTENCES = {
    "reset-issued": "{actor} هویت شما را بررسی کرد و کد یک‌بارمصرف برای رمز تازه داد.",
    "reset-used": "با کد یک‌بارمصرف، رمز تازه‌ای ساخته شد.",
    "code-recovered": "{actor} هویت شما را بررسی کرد و کد رهگیری این پرونده را به شما گفت.",
    "referred": "درخواست شما به «{unit}» ارجاع شد.",
    "erased": "پس از پایان خدمت و زمان نگهداری، متن‌ها و فایل‌های این پرونده نابود شد.",
    "merged": "این درخواست در پروندهٔ {other} شما ادغام شد؛ پاسخ هر دو در همان پرونده داده می‌شود.",
    "absorbed": "درخواست دیگر شما، {other}، در این پرونده ادغام شد.",
    "moved": "رسیدگی به درخواست شما از این پس با روال تازهٔ این خدمت (نسخهٔ {to_version}) است.{new_due}",
    "breached": "موعد {target} گذشت.",
    "apologised": "از دیرکرد پاسخ پوزش می‌خواهیم.{why}{new_date}",
    "promised-again": "{actor} موعد تازه‌ای داد.{new_date}",
    "reason-given": "{actor} دلیل دیرکرد را نوشت.",
    "escalated": "دیرکرد این درخواست به مقام بالاتر، {superior}، گزارش شد.",
    "acknowledged": "{actor} از دیرکرد این درخواست آگاه شد.",
    "complained": "از دیرکرد این درخواست شکایت شد؛ کد رهگیری شکایت {other} است.",
    "due_moved": "{cause}{new_due}",
}
# Open facts that sentences speak of.
SPOKEN = ("from_unit", "assignee_name", "from_version", "to_version", "cause", "share", "other", "superior")
# As the office hears them.
INSIDE = {
    "referred": "{actor} پرونده را از «{from_unit}» به «{unit}» ارجاع داد.",
    "assigned": "{actor} پرونده را به {assignee_name} سپرد.",
    "taken": "{actor} پرونده را برداشت.",
    "given-back": "{actor} پرونده را که با {assignee_name} بود به صف بازگرداند.",
    "noted": "{actor} یادداشت داخلی نوشت.",
    "linked": "{actor} این پرونده را به پروندهٔ {other} پیوند داد.",
    "merged": "{actor} این پرونده را در پروندهٔ {other} ادغام کرد.",
    "absorbed": "{actor} پروندهٔ تکراری {other} را در این پرونده ادغام کرد.",
    "opinion-asked": "{actor} نظر «{unit}» را خواست.",
    "opinion-given": "{actor} نظر «{unit}» را نوشت.",
    "warned": "{share} درصد از زمان {target} گذشته است.",
    "moved": "{actor} پرونده را از نسخهٔ {from_version} به نسخهٔ {to_version} خدمت برد.{new_due}",
}
# What is internal has no words outside; should it ever be asked for, it says nobody's name and nothing else.
UNSAID = "اداره روی این پرونده کار کرد."
LEFT_OUT = "–"
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of a timeline: when, the sentence, the answers given with it, and what it did to the clock."""

    at: datetime
    sentence: str
    said: tuple[tuple[Field, str], ...]
    state: str
    event_id: int
    actor_kind: str


def timeline(case: "Case", *, with_texts: bool = True, inside: bool = False) -> list[Spoken]:
    """The case's events as sentences, oldest first. `with_texts` False leaves out what is sealed.

    `inside` True is for staff of the case's own agency only: it has the internal events and the words of the office.
    """
    events = case.events if inside else told(case.events)
    return [spoken(case, event, with_texts=with_texts, inside=inside) for event in events]


def spoken(case: "Case", event: Event, *, with_texts: bool = True, inside: bool = False) -> Spoken:
    """One event as a sentence, as the applicant hears it unless `inside`. An event whose key was destroyed says so."""
    said, erased = _said(case, event, inside=inside)
    # Words of the form are sealed too: who may not read the texts hears the sentence without them.
    words = {field.name: value for field, value in said} if with_texts else {}
    facts = {name: event.facts[name] for name in SPOKEN if name in event.facts}
    if event.kind in ("moved", "due_moved"):
        facts["new_due"] = _new_due(event)
    if event.kind in amends.KINDS:
        facts |= amends.words(event)
    if "target" in event.facts:
        facts["target"] = _target(case, event)
    unit = event.facts.get("unit") or _unit(case)
    template = _template(case, event, inside=inside)
    sentence = template.format_map(_Words(facts | words, actor=event.actor_name, unit=unit))
    # What people write ends with a full stop of its own.
    sentence = TWO_STOPS.sub(".", sentence) if ".." in sentence else sentence
    sentence = sentence.replace(f": {LEFT_OUT}", "")
    return Spoken(
        at=event.at,
        sentence=f"{sentence} {ERASED}" if erased else sentence,
        said=said if with_texts else (),
        state=event.facts.get("to", ""),
        event_id=event.pk,
        actor_kind=event.actor_kind,
    )


class _Words(dict[str, str]):
    """Words of a sentence; one that was left out is a dash, or nothing where the sentence can end before it."""

    def __missing__(self, key: str) -> str:
        return LEFT_OUT


def _said(case: "Case", event: Event, *, inside: bool) -> tuple[tuple[tuple[Field, str], ...], bool]:
    """What was written with an event, and whether it was erased. What is written inside stays inside."""
    if event.kind in FORMS and not inside:
        return (), False
    try:
        answers: dict[str, Any] = opened(event, case.key).get("answers", {})
    except BrokenSeal:
        return (), True
    step = case.declaration_at(event.number).steps.get(taken(event))
    form = form_at(case, event, step) if step else (FORMS | amends.FORMS).get(event.kind, ())
    return tuple(shown(form, answers)), False


def _template(case: "Case", event: Event, *, inside: bool) -> str:
    if event.kind in ("step", "decided"):
        step = case.declaration_at(event.number).steps[taken(event)]
        return (inside and step.tells) or step.says
    if event.kind == "filed":
        return FILED_FOR.get(event.facts.get("channel", ""), FILED)
    if is_internal(event) and not inside:
        return UNSAID
    if inside and event.kind == "assigned" and event.facts["assignee"] == event.actor_id:
        return INSIDE["taken"]
    return (INSIDE if inside and event.kind in INSIDE else SENTENCES)[event.kind]


def _target(case: "Case", event: Event) -> str:
    """What people call the target an event is about."""
    if event.facts["target"] == AGAIN:
        return "تازه"
    target = case.declaration_at(event.number).targets.get(event.facts["target"])
    return f"«{target.label}»" if target and target.label else "پاسخ"


def _new_due(event: Event) -> str:
    """What a move did to the due date; nothing where it stayed."""
    before, after = event.facts.get("due_before"), event.facts.get("due_after")
    if not before or not after:
        return ""
    days = (jalali.spoken(jalali.local(datetime.fromisoformat(each)).date()) for each in (before, after))
    return " موعد پاسخ از {} به {} رفت.".format(*days)


def _unit(case: "Case") -> str:
    return case.unit.name if case.unit else case.agency.short_name
