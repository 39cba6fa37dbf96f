"""Charts as numbers to draw: what a template needs to write an SVG, and nothing it has to compute.

The drawing is 320 units wide. Time runs from left to right, as Iranian mathematics has it; rows grow to the left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from .filters import grouped, percent
from .page import State

WIDTH, BOTTOM, TOP, TICKS_AT = 320.0, 154.0, 20.0, 174.0
START = 38.0  # what stands left of it are the numbers of the axis
INSET = 10.0
MOST_TICKS = 4
ROW, ROW_BAR, ROW_START, ROW_WIDEST = 30.0, 19.0, 216.0, 180.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or a number at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    state: State


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing. `title` tells the finding in a sentence: it is what a screen reader says instead of the picture."""

    title: str
    height: float = 180.0
    grid: tuple[Mark, ...] = ()
    ticks: tuple[Mark, ...] = ()
    names: tuple[Mark, ...] = ()
    values: tuple[Mark, ...] = ()
    bars: tuple[Bar, ...] = ()
    lines: tuple[str, ...] = ()
    dots: tuple[Mark, ...] = ()
    state: State = "open"
    aim: Mark | None = None


def shares(
    title: str,
    points: Sequence[tuple[str, float | None]],
    *,
    aim: float | None = None,
    aim_label: str = "",
    state: State = "kept",
) -> Chart:
    """A line of fractions of one over time, oldest first. None is a gap: what was not measured is not drawn."""
    known = [value for _, value in points if value is not None]
    lowest = min(0.8, int(min([*known, aim or 1.0]) * 10) / 10)
    xs = _spread(len(points))
    places = [
        None if value is None else (x, _height(value, lowest, 1.0))
        for x, (_, value) in zip(xs, points, strict=True)
    ]
    runs = _runs(places)
    last = next(((x, y) for x, y in reversed([place for place in places if place])), None)
    return Chart(
        title,
        grid=_grid(
            (lowest, (lowest + 1) / 2, 1.0),
            lowest,
            1.0,
            [percent(each) for each in (lowest, (lowest + 1) / 2, 1)],
        ),
        ticks=_ticks(xs, [label for label, _ in points]),
        lines=tuple(_path(run) for run in runs if len(run) > 1),
        dots=tuple(
            Mark(*place, "")
            for place in [*(run[0] for run in runs if len(run) == 1), *([last] if last else [])]
        ),
        values=(Mark(last[0], last[1] - 10, percent(known[-1])),) if last else (),
        state=state,
        aim=None if aim is None else Mark(START, _height(aim, lowest, 1.0), aim_label),
    )


def columns(title: str, labels: Sequence[str], series: Sequence[tuple[State, Sequence[int]]]) -> Chart:
    """Counts side by side over time, oldest first; each series has its state's colour."""
    highest = _round_up(max((max(values, default=0) for _, values in series), default=0))
    step = (WIDTH - START) / max(1, len(labels))
    width = step * 0.84 / max(1, len(series))
    bars = []
    for place, (state, values) in enumerate(series):
        for number, value in enumerate(values):
            x, y = START + number * step + step * 0.08 + place * width, _height(value, 0, highest)
            bars.append(Bar(x, y, max(1.0, width - min(1.4, width / 4)), BOTTOM - y, state))
    middles = [START + (number + 0.5) * step for number in range(len(labels))]
    halves = (0, highest // 2, highest)
    return Chart(
        title,
        grid=_grid(halves, 0, highest, [grouped(each) for each in halves]),
        ticks=_ticks(middles, labels),
        bars=tuple(bars),
    )


def rows(title: str, counted: Sequence[tuple[str, int, State]]) -> Chart:
    """One bar a thing, its name before it and its number after it."""
    most = max((count for _, count, _ in counted), default=0) or 1
    names, values, bars = [], [], []
    for number, (name, count, state) in enumerate(counted):
        y, width = 6 + number * ROW, ROW_WIDEST * count / most
        names.append(Mark(WIDTH - 2, y + 14, name))
        bars.append(Bar(ROW_START - width, y, width, ROW_BAR, state))
        values.append(Mark(ROW_START - width - 6, y + 14, grouped(count)))
    return Chart(
        title, height=max(1, len(counted)) * ROW, names=tuple(names), values=tuple(values), bars=tuple(bars)
    )


def _spread(count: int) -> list[float]:
    """Where points stand, the first at the left."""
    if count < 2:
        return [(START + WIDTH) / 2] * count
    step = (WIDTH - START - 3 * INSET) / (count - 1)
    return [START + INSET + number * step for number in range(count)]


def _height(value: float, lowest: float, highest: float) -> float:
    part = (value - lowest) / (highest - lowest) if highest > lowest else 0.0
    return BOTTOM - (BOTTOM - TOP) * min(1.0, max(0.0, part))


def _runs(places: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The stretches between gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _path(run: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run)


def _grid(at: Sequence[float], lowest: float, highest: float, words: Sequence[str]) -> tuple[Mark, ...]:
    return tuple(
        Mark(START - 6, _height(value, lowest, highest), word) for value, word in zip(at, words, strict=True)
    )


def _ticks(xs: Sequence[float], labels: Sequence[str]) -> tuple[Mark, ...]:
    """A few labels under the axis, the newest always among them."""
    step = max(1, ceil(len(labels) / MOST_TICKS))
    shown = range(len(labels) - 1, -1, -step)
    return tuple(Mark(xs[number], TICKS_AT, labels[number]) for number in sorted(shown))


def _round_up(most: int) -> int:
    """An even number at or above `most` that people read easily: 2, 4, 10, 20, 40, 50, 100, …"""
    scale = 1
    while True:
        for step in (2, 4, 6, 10):
            if most <= step * scale:
                return step * scale
        scale *= 10
