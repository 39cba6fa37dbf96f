"""Lost passwords (Sx-4.2b): what the site officer gave, and whether it helped."""

from collections.abc import Iterator

from ..months import day_of, month_of
from ..stories import Story
from .declaring import Count, Measure, counted, named

MEASURES = named(
    (
        Measure(
            "resets-in-time",
            "folded",
            0.9,
            "کدهای یک‌بارمصرفی که مسئول سایت داد و در ۲۴ ساعت به رمز تازه رسید، در برابر آن‌هایی که دوباره خواسته شد. "
            "ساعت تماس تلفنی متقاضی ثبت نمی‌شود.",
            "در این دوره کدی به کار نرفت و دوباره خواسته نشد.",
            counts_cases=True,
        ),
    )
)


def counts(story: Story) -> Iterator[Count]:
    """A code that was used is one that helped; one that was followed by another before it was used is one that did not.

    One that nobody came back for says nothing of the office.
    """
    waiting = None
    for event in story.events:
        if event.kind == "reset-issued":
            if waiting is not None:
                yield counted("resets-in-time", month_of(day_of(waiting.at)), holds=False)
            waiting = event
        elif event.kind == "reset-used" and waiting is not None:
            yield counted("resets-in-time", month_of(day_of(waiting.at)), holds=True)
            waiting = None
