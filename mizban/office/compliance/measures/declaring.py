"""What a measure says of itself, and what it adds to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

# Where its numbers come from: folded from events, read from the books of probes, looked up where agreements stand, or
# nowhere yet.
Source = Literal["folded", "probes", "standing", "unbuilt"]


@dataclass(frozen=True, slots=True)
class Measure:
    """`name` as agreements name it (`agreements/measures.toml`). Its figure is a share of one, aimed at `aim` or above.

    `about` says how it is counted, `nothing` what to say where there is nothing to divide by. `counts_cases`: behind
    it are cases that staff can be shown. `title` says what its numerator counts, where agreements call the measure by
    what it misses.
    """

    name: str
    source: Source
    aim: float
    about: str
    nothing: str = "در این دوره چیزی برای شمردن نبود."
    counts_cases: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What one subject adds: `numerator` of `denominator`, at a day, to a measure or a topic of it.

    `is_offices`: it is the whole office's, whatever agreement the subject stands under.
    """

    measure: str
    on: date
    numerator: int
    denominator: int = 1
    topic: str = ""
    is_offices: bool = False


def counted(measure: str, on: date, topic: str = "", *, holds: bool) -> Count:
    """One more in the denominator, and in the numerator where it holds."""
    return Count(measure, on, int(holds), 1, topic)


def named(measures: Iterable[Measure]) -> dict[str, Measure]:
    return {measure.name: measure for measure in measures}
