"""Why due dates moved, in a sentence for the applicant: what happened to the calendar since they were counted."""

from datetime import date
from functools import cache
from typing import Any

from mizban.core.events.models import Event
from mizban.lib.jalali import spoken
from mizban.lib.text import persian_digits

from .models import Calendar

SUBJECT = "calendar"
# More than this is no explanation any more.
MOST_TOLD = 3
CHANGED = "تقویم کاری اداره عوض شد."


class Causes:
    """The changes of an agency's main calendar up to a version, in words."""

    def __init__(self, agency_id: int, version: int) -> None:
        row = Calendar.objects.main_of(agency_id).values_list("pk", flat=True).first()
        events = Event.objects.about(SUBJECT, row or 0).filter(facts__version__lte=version)
        self._told = [(event.facts["version"], told(event.kind, event.facts)) for event in events]
        self.since = cache(self._since)

    def _since(self, version: int) -> str:
        """What changed after a version, the latest first."""
        later = [words for number, words in reversed(self._told) if number > version]
        return " ".join(dict.fromkeys(later[:MOST_TOLD])) or CHANGED


def told(kind: str, facts: dict[str, Any]) -> str:
    """One change of a calendar (`changes`) as a sentence."""
    day = spoken(date.fromisoformat(facts["on"])) if "on" in facts else ""
    match kind:
        case "closure_announced":
            letter = f"، نامهٔ {facts['letter_number']}" if facts.get("letter_number") else ""
            return persian_digits(f"اداره در {day} تعطیل اعلام شد ({facts['reason']}{letter}).")
        case "holiday_entered":
            return f"{day} تعطیل رسمی شد ({facts['name']})."
        case "holiday_moved":
            there = spoken(date.fromisoformat(facts["to"]))
            return f"تعطیلی «{facts['name']}» از {day} به {there} رفت."
        case "holiday_dropped":
            return f"{day} دیگر تعطیل نیست."
        case "week_changed" | "season_kept" | "season_dropped":
            return "ساعت کار اداره عوض شد."
        case _:
            return CHANGED
