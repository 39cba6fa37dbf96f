"""Answers and first acts in time; questions, comments and complaints brought to an end."""

from collections.abc import Iterator

from ..months import day_of, month_of
from ..stories import Story
from .declaring import Count, Measure, counted, named

# The name services give to the time of their first act.
FIRST = "first_response"
# Offices publish no number for «the shortest possible time»; nine of ten in time is what they aim at.
MOSTLY = 0.9
NONE_ANSWERED = "در این دوره مهلت هیچ پاسخی به سر نرسید."

MEASURES = named(
    (
        Measure(
            "answered-in-time",
            "folded",
            MOSTLY,
            "پرونده‌هایی که تا موعد خود پاسخ گرفتند، از همهٔ آن‌هایی که پاسخ گرفتند یا موعدشان گذشت.",
            NONE_ANSWERED,
            counts_cases=True,
        ),
        Measure(
            "first-response",
            "folded",
            MOSTLY,
            "پرونده‌هایی که نخستین گام اداره در آن‌ها در زمان خود برداشته شد.",
            "در این دوره نخستین گامی نبود.",
            counts_cases=True,
        ),
        Measure(
            "questions-answered",
            "folded",
            MOSTLY,
            "پرسش‌هایی که تا موعد خود پاسخ گرفتند.",
            "در این دوره پرسشی نبود.",
            counts_cases=True,
        ),
        Measure(
            "comments-closed",
            "folded",
            MOSTLY,
            "نظرها و پیشنهادهایی که تا موعد خود به نتیجه رسیدند و فرستنده از آن خبر یافت.",
            "در این دوره نظری نبود.",
            counts_cases=True,
        ),
    )
)


def counts(story: Story) -> Iterator[Count]:
    """What a case adds, as far as it went."""
    if answer := story.answer:
        month, kept = answer
        yield counted("answered-in-time", month, holds=kept)
        if story.plain.get("kind") == "question":
            yield counted("questions-answered", month, holds=kept)
        if story.plain.get("kind") in ("comment", "suggestion"):
            yield counted("comments-closed", month, holds=kept)
    yield from _first(story)


def _first(story: Story) -> Iterator[Count]:
    target = story.declaration.targets.get(FIRST)
    if target is None:
        return
    if broken := story.breach(FIRST):
        yield counted("first-response", broken, holds=False)
    elif event := story.took(*target.until):
        yield counted("first-response", month_of(day_of(event.at)), holds=True)
