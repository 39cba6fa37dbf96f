"""Events spoken as Persian sentences, and the answers that came with them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import shown
from mizban.core.events.models import Event
from mizban.core.sealing.cipher import BrokenSeal

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
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of a timeline: when, the sentence, the answers given with it, and what it did to the clock."""

    at: datetime
    sentence: str
    said: tuple[tuple[Field, str], ...]
    state: str
    event_id: int
    actor_kind: str


def timeline(case: "Case", *, with_texts: bool = True) -> list[Spoken]:
    """The case's events as sentences, oldest first. `with_texts` False leaves out what is sealed."""
    return [spoken(case, event, with_texts=with_texts) for event in case.events]


def spoken(case: "Case", event: Event, *, with_texts: bool = True) -> Spoken:
    """One event as a sentence. An event whose key was destroyed says so."""
    try:
        answers: dict[str, Any] = opened(event, case.key).get("answers", {})
        erased = ""
    except BrokenSeal:
        answers, erased = {}, f" {ERASED}"
    step = case.declaration.steps.get(event.facts.get("step", ""))
    said = tuple(shown(step.form, answers)) if step else ()
    # Words of the form are sealed too: who may not read the texts hears the sentence without them.
    words = {field.name: value for field, value in said} if with_texts else {}
    sentence = _template(case, event).format_map(_Words(words, actor=event.actor_name, unit=_unit(case)))
    return Spoken(
        at=event.at,
        sentence=sentence + erased,
        said=said if with_texts else (),
        state=event.facts.get("to", ""),
        event_id=event.pk,
        actor_kind=event.actor_kind,
    )


class _Words(dict[str, str]):
    """Words of a sentence; one that was left out is shown as a dash, never as a fault."""

    def __missing__(self, key: str) -> str:
        return "–"


def _template(case: "Case", event: Event) -> str:
    if event.kind == "step":
        return case.declaration.steps[event.facts["step"]].says
    if event.kind == "filed":
        return FILED_FOR.get(event.facts.get("channel", ""), FILED)
    return SENTENCES[event.kind]


def _unit(case: "Case") -> str:
    return case.unit.name if case.unit else case.agency.short_name
