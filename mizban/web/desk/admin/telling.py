"""What was done about people, units and calendars, as sentences."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mizban.core.events.models import Event
from mizban.core.people.models import Role
from mizban.kit.filters import fa, spoken
from mizban.lib.jalali import local

SENTENCES = {
    "person-added": "{actor} این همکار را افزود.",
    "person-corrected": "{actor} نام یا شماره را درست کرد.",
    "role-given": "{actor} سمت «{role}» را داد{dates}.",
    "role-ended": "{actor} سمت «{role}» را پایان داد.",
    "person-left": "{actor} ترک خدمت را ثبت کرد؛ {cases} پروندهٔ باز به {heir} رسید.",
    "absence-noted": "{actor} مرخصی {dates} را ثبت کرد.",
    "absence-ended": "{actor} مرخصی را پایان داد.",
    "deputy-named": "{actor} {deputy} را {dates} جانشین کرد.",
    "deputy-ended": "{actor} جانشینی را پایان داد.",
    "password-handed-over": "{actor} گذرواژهٔ یک‌بارمصرف داد؛ همهٔ نشست‌ها و کلیدهای برنامه بسته شد.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """When, and what."""

    at: datetime
    sentence: str


def told(event: Event) -> Told:
    """An event of a person as a sentence for the site officer."""
    template = SENTENCES.get(event.kind, "{actor} تغییری ثبت کرد.")
    return Told(event.at, template.format(**_words(event.facts), actor=event.actor_name))


def _words(facts: dict[str, Any]) -> dict[str, str]:
    role = str(Role(facts["role"]).label) if facts.get("role") in Role.values else ""
    return {
        "role": f"{role} {facts.get('unit', '')}".strip(),
        "dates": _dates(facts),
        "deputy": facts.get("deputy_name", ""),
        "cases": fa(facts.get("cases", 0)),
        "heir": facts.get("heir_name") or "صف واحدها",
    }


def _dates(facts: dict[str, Any]) -> str:
    """« از شنبه ۳۰ آبان تا پایان …»; what is open is left out."""
    first, last = _day(facts.get("from_at", "")), _day(facts.get("until_at", ""), last=True)
    said = [f"از {spoken(first)}" if first else "", f"تا پایان {spoken(last)}" if last else ""]
    words = " ".join(each for each in said if each)
    return f" {words}" if "role" in facts and words else words


def _day(written: str, *, last: bool = False) -> date | None:
    if not written:
        return None
    at = datetime.fromisoformat(written)
    return local(at - timedelta(microseconds=1) if last else at).date()
