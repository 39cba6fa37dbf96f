"""A trend in the space of a word: a line of shares over time, oldest at the left, drawn between its own extremes."""

from collections.abc import Sequence
from dataclasses import dataclass

from .page import State

TOP, BASE, START, END = 4.0, 26.0, 4.0, 112.0
LEAST = 3


@dataclass(frozen=True, slots=True)
class Spark:
    """One drawing, 120 by 30 units; `title` tells the finding in a sentence. A gap is what was not measured."""

    title: str
    state: State
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]


def spark(title: str, shares: Sequence[float | None], *, state: State = "kept") -> Spark | None:
    """The line of these shares; None where fewer than three were measured: two are no trend."""
    known = [share for share in shares if share is not None]
    if len(known) < LEAST:
        return None
    lowest, highest = min(known), max(known)
    step = (END - START) / (len(shares) - 1)
    places = [
        None if share is None else (START + number * step, _height(share, lowest, highest))
        for number, share in enumerate(shares)
    ]
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    lines = tuple("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in run) for run in runs if len(run) > 1)
    return Spark(title, state, lines, tuple(run[0] for run in runs if len(run) == 1))


def _height(share: float, lowest: float, highest: float) -> float:
    if highest == lowest:
        return (TOP + BASE) / 2
    return BASE - (BASE - TOP) * (share - lowest) / (highest - lowest)
