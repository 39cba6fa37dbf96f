"""What belongs to a figure besides its two numbers, in a sentence."""

from collections.abc import Sequence
from datetime import date

from mizban.lib.text import persian_digits
from mizban.office.agreements.models import Clause

from .evidence import Numbers, summed
from .measures.office import PLANNED, SUDDEN

NO_MEASURE = "سنجه‌ای ندارد؛ نه رعایت به شمار می‌آید و نه تخلف."
CHANNELS = {
    "": "درخواست خدمت",
    "request": "درخواست از واحدها",
    "complaint": "شکایت",
    "comment": "نظر",
    "suggestion": "پیشنهاد",
    "question": "پرسش",
}


def unmeasured(clause: Clause | None) -> str:
    """Why a clause has no figure: what its officer wrote, or that nothing counts such a thing."""
    return (clause.unmeasurable if clause else "") or NO_MEASURE


def detail_of(measure: str, numbers: Numbers, months: Sequence[date], *, condition: str) -> str:
    """What else is to be said of a measure's figure; empty for most."""
    if measure == "uptime" and condition:
        up, measured = summed(numbers.gross, months)
        if measured:
            share = persian_digits(f"{100 * up / measured:.2f}").replace(".", "٫")
            return f"بی قطعی‌های مخابراتی که سند دارد؛ با آن‌ها {share}٪."
    if measure == "disruptions-told":
        topics = numbers.topics(measure)
        told, planned = summed(topics.get(PLANNED, {}), months)
        _, sudden = summed(topics.get(SUDDEN, {}), months)
        return persian_digits(f"برنامه‌ریزی‌شده: {told} از {planned}؛ ناگهانی: {sudden}.")
    if measure == "channels-used":
        used = {topic: summed(monthly, months)[1] for topic, monthly in numbers.topics("filed").items()}
        return "، ".join(CHANNELS[topic] for topic in CHANNELS if used.get(topic))
    return ""
