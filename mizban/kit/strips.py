"""A strip of days as numbers to draw: a bar a day, newest at the right, a worse day shorter (look.md, «90 days»)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .page import State

STEP, WIDTH, BASE, TALLEST = 8, 5, 44, 40
# Height tells what colour tells: full where all was well, a line on the ground where nobody knows.
HEIGHTS: dict[State, int] = {"kept": TALLEST, "hold": 30, "late": 20, "none": 3}
LEAST = 6

DayState = Literal["kept", "hold", "late", "none"]


@dataclass(frozen=True, slots=True)
class Stick:
    x: int
    y: int
    height: int
    state: State


@dataclass(frozen=True, slots=True)
class Strip:
    """One drawing, `width` units wide and 48 high; `title` tells the finding in a sentence."""

    title: str
    width: int
    sticks: tuple[Stick, ...]


def strip(title: str, days: Iterable[tuple[DayState, float | None]]) -> Strip:
    """A bar a day, oldest first: how it was, and the part of it that was well (None: nobody knows)."""
    sticks = tuple(_stick(number, state, share) for number, (state, share) in enumerate(days))
    return Strip(title, STEP * max(1, len(sticks)), sticks)


def _stick(number: int, state: DayState, share: float | None) -> Stick:
    height = HEIGHTS[state]
    if state == "late" and share is not None:
        height = LEAST + round((height - LEAST) * share)
    return Stick(1 + number * STEP, BASE - height, height, state)
