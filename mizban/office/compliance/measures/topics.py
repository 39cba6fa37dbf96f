"""What a service is for, clause by clause: the rows of the catalogue that count its cases, each in its own way."""

from collections.abc import Callable, Iterator

from ..catalogue import Row, counted_of
from ..months import day_of, month_of
from ..stories import Story
from .declaring import Count, Measure, counted, named

NAME = "service-delivered"
MEASURES = named(
    (
        Measure(
            NAME,
            "folded",
            0.9,
            "پرونده‌های این موضوع که به نتیجه رسیدند، در مهلت و همان‌گونه که بند می‌گوید.",
            "در این دوره پرونده‌ای از این موضوع به نتیجه نرسید.",
            counts_cases=True,
        ),
    )
)


def counts(story: Story) -> Iterator[Count]:
    """What a case adds to the whole of its service, and to the rows that speak of such cases."""
    if answer := story.answer:
        yield counted(NAME, answer[0], holds=answer[1])
    for row in counted_of(story.service):
        if all(story.plain.get(question) == value for question, value in row.plain.items()):
            yield from WAYS[row.count](story, row)


def _answered(story: Story, row: Row) -> Iterator[Count]:
    """In time, as promised."""
    if answer := story.answer:
        yield counted(NAME, answer[0], row.id, holds=answer[1])


def _process(story: Story, row: Row) -> Iterator[Count]:
    """Each time it began: it was done, or it failed. With `late`, what was done after that target was missed failed."""
    late = story.breach(row.late) if row.late else None
    runs = not row.starts
    for event in story.steps:
        step, month = event.facts["step"], month_of(day_of(event.at))
        if runs and step in row.done + row.failed:
            yield counted(NAME, late or month, row.id, holds=step in row.done and late is None)
            runs, late = False, None
        elif step in row.starts:
            runs = True
    if runs and late is not None:
        yield counted(NAME, late, row.id, holds=False)


def _without(story: Story, row: Row) -> Iterator[Count]:
    """Decided without one of the bad steps."""
    if event := story.took(*story.promise.until):
        yield counted(NAME, month_of(day_of(event.at)), row.id, holds=story.took(*row.bad) is None)


def _either(story: Story, row: Row) -> Iterator[Count]:
    """Each of such steps: good or bad."""
    months = [(month_of(day_of(event.at)), event.facts["step"]) for event in story.steps]
    for month in sorted({month for month, step in months if step in row.good + row.bad}):
        taken = [step for on, step in months if on == month]
        good = sum(step in row.good for step in taken)
        yield Count(NAME, month, good, good + sum(step in row.bad for step in taken), row.id)


def _before(story: Story, row: Row) -> Iterator[Count]:
    """Done, and what it needs was there before."""
    if event := story.took(*row.done):
        needed = story.took(*row.needs)
        holds = needed is not None and needed.number < event.number
        yield counted(NAME, month_of(day_of(event.at)), row.id, holds=holds)


def _whole(story: Story, row: Row) -> Iterator[Count]:
    """Closed, with every event tied to the one before."""
    if month := story.closed_in:
        yield counted(NAME, month, row.id, holds=story.is_whole())


WAYS: dict[str, Callable[[Story, Row], Iterator[Count]]] = {
    "answered": _answered,
    "process": _process,
    "without": _without,
    "either": _either,
    "before": _before,
    "whole": _whole,
}
