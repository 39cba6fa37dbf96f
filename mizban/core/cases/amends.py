"""What is said on a case after a broken promise: the apology with its reason, the new date, and who writes another."""

from datetime import datetime
from typing import Final

from mizban.core.declarations.fields import Field
from mizban.core.events.models import Event
from mizban.lib import jalali

APOLOGISED, PROMISED_AGAIN, REASON_GIVEN = "apologised", "promised-again", "reason-given"
ESCALATED, ACKNOWLEDGED, COMPLAINED = "escalated", "acknowledged", "complained"
KINDS: Final = frozenset({APOLOGISED, PROMISED_AGAIN})

REASON = Field(
    "reason",
    "long_text",
    "دلیل دیرکرد",
    help="متقاضی همین متن را می‌خواند.",
    min_length=10,
    max_length=1000,
)
# What was written with them, for the applicant to read.
FORMS = {PROMISED_AGAIN: (REASON,), REASON_GIVEN: (REASON,)}
HALF = 0.5


def words(event: Event) -> dict[str, str]:
    """The parts of the sentence that come from the facts."""
    return {"why": why(event), "new_date": new_date(event)}


def why(event: Event) -> str:
    """« پرونده ۶ روز کاری نزد «ادارهٔ مسکن» و ۲ روز کاری نزد خزانه بود.»; nothing where nobody had it a while."""
    worth = [
        f"{spoken_days(minutes / event.facts['day'])} نزد {_named(side, name)}"
        for side, name, minutes in event.facts.get("shares", ())
        if minutes >= event.facts["day"] * HALF
    ]
    return f" پرونده {' و '.join(worth)} بود." if worth else ""


def new_date(event: Event) -> str:
    """« موعد تازه: دوشنبه ۲ آذر.»; nothing where the answer is there already."""
    at = new_date_at(event)
    return f" موعد تازه: {jalali.spoken(jalali.local(at).date())}." if at else ""


def new_date_at(event: Event) -> datetime | None:
    """The date as it was given (aware); a return or a closure after it moves the clock, not what was said."""
    given = event.facts.get("again_at")
    return datetime.fromisoformat(given) if given else None


def spoken_days(days: float) -> str:
    """«۶ روز کاری», to the half day."""
    halves = round(days / HALF)
    whole, half = divmod(halves, 2)
    if not whole:
        return "نیم روز کاری"
    return f"{whole} و نیم روز کاری" if half else f"{whole} روز کاری"


def _named(side: str, name: str) -> str:
    return "شما" if side == "applicant" else f"«{name}»"
