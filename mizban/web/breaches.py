"""What an office said after a broken promise, as pages and programs tell it: read off the events, no query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mizban.core.cases import amends
from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.clocks.deadlines import AGAIN, Deadline, deadlines
from mizban.core.cases.models import Case
from mizban.core.cases.writing import opened
from mizban.core.events.models import Event
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.filters import spoken
from mizban.kit.page import State
from mizban.lib.jalali import local

from .words import with_persian_digits

TOLD = "پاسخ شما در موعد نرسید. از این دیرکرد پوزش می‌خواهیم."


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken promise: since when it was due, why, until when it is promised again, who was told.

    `again_at` is None while the clock stands or nothing is owed any more; `is_broken_again` where that date passed too.
    `reason` is what a head wrote; `complaints` are codes of complaints about it.
    """

    at: datetime
    due_at: datetime | None
    why: str
    reason: str
    again_at: datetime | None
    is_owed: bool
    is_broken_again: bool
    superiors: tuple[str, ...]
    complaints: tuple[str, ...]

    def again(self, now: datetime) -> tuple[State, str]:
        """The new date in words, with its state."""
        if not self.is_owed:
            return "none", ""
        if self.again_at is None:
            return "hold", "ساعت موعد تازه ایستاده است؛ پس از پاسخ دوباره به راه می‌افتد."
        day = spoken(self.again_at, local(now).date())
        if self.is_broken_again or now > self.again_at:
            return "late", f"موعد تازه ({day}) هم گذشت."
        return "soon", f"موعد تازه: {day}"


def breach_of(case: Case, events: Sequence[Event]) -> Breach | None:
    """The breach that was apologised for; None where there was none. `events` are those told, oldest first."""
    sorry = next((event for event in events if event.kind == amends.APOLOGISED), None)
    if sorry is None:
        return None
    again = _again(case)
    return Breach(
        at=sorry.at,
        due_at=case.due_at,
        why=with_persian_digits(amends.why(sorry).strip()),
        reason=_reason(case, events),
        again_at=again.due_at if again else None,
        is_owed=case.is_open and case.answered_at is None and again is not None,
        is_broken_again=again is not None and again.is_breached,
        superiors=tuple(event.facts["superior"] for event in events if event.kind == amends.ESCALATED),
        complaints=tuple(event.facts["other"] for event in events if event.kind == amends.COMPLAINED),
    )


def _again(case: Case) -> Deadline | None:
    """The new date as a clock: what stopped it moved it."""
    found = deadlines(case.declaration, case.plain, case.history(), clock_of(case.agency_id))
    return found[-1] if found[-1].target.name == AGAIN else None


def _reason(case: Case, events: Sequence[Event]) -> str:
    """What a head wrote last; empty once it was erased."""
    for event in reversed(events):
        if event.kind in amends.FORMS:
            try:
                said = opened(event, case.key).get("answers", {})
            except BrokenSeal:
                return ""
            return with_persian_digits(said.get("reason", ""))
    return ""
