"""Layered diagrams as numbers to draw: boxes in columns from right to left, lines between them that cross little.

The columns are given. A line over several columns gets a free place in each of them, so that it runs through no box.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .page import State

BOX, GAP_X, GAP_Y, MARGIN = 128.0, 44.0, 16.0, 8.0
LINE, PADDING, THIN = 18.0, 10.0, 12.0
LONGEST_LINE, LONGEST_UNDER, MOST_LINES, SWEEPS = 19, 22, 3, 6


@dataclass(frozen=True, slots=True)
class Box:
    """One thing of the diagram, in its column from the right on. `is_round` sets what is done apart from what is."""

    key: str
    column: int
    label: str
    under: str = ""
    state: State = "none"
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box at its place: the upper left corner, its size, and its lines of text, each with its height and whether
    it belongs to the label.
    """

    box: Box
    x: float
    y: float
    height: float
    lines: tuple[tuple[float, str, bool], ...]

    width: float = BOX

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing; `title` is what a screen reader says instead of it, with the table beside it."""

    title: str
    width: float
    height: float
    boxes: tuple[Drawn, ...]
    paths: tuple[str, ...]


@dataclass(slots=True)
class _Place:
    """A box, or the free place of a line, within its column."""

    key: str
    column: int
    height: float
    neighbours: list[str] = field(default_factory=list)
    y: float = 0.0

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def diagram(title: str, boxes: Sequence[Box], lines: Sequence[tuple[str, str]]) -> Diagram:
    """The boxes at their places with a line for each pair of keys, drawn from the first to the second."""
    texts = {box.key: _lines(box) for box in boxes}
    places = {box.key: _Place(box.key, box.column, _height(texts[box.key])) for box in boxes}
    routes = [_route(places, start, end) for start, end in lines if start in places and end in places]
    columns = _ordered(places)
    height = _stacked(columns, places)
    last = max((box.column for box in boxes), default=0)
    width = 2 * MARGIN + (last + 1) * BOX + last * GAP_X
    return Diagram(
        title,
        width,
        height,
        tuple(_drawn(box, places[box.key], texts[box.key], width) for box in boxes),
        tuple(_path([places[key] for key in route], width) for route in routes),
    )


def _lines(box: Box) -> list[tuple[str, bool]]:
    """The label in lines, then what stands under it; cut where they are too long for the box."""
    label = [(line, True) for line in _folded(box.label, LONGEST_LINE, MOST_LINES)]
    return label + [(line, False) for line in _folded(box.under, LONGEST_UNDER, MOST_LINES - 1)]


def _folded(text: str, longest: int, most: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word if len(word) <= longest else f"{word[: longest - 1]}…")
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]


def _height(lines: Sequence[tuple[str, bool]]) -> float:
    return PADDING * 2 + LINE * len(lines) - 4


def _route(places: dict[str, _Place], start: str, end: str) -> list[str]:
    """The places a line goes through, in its own direction; those in columns between are made here."""
    low, high = sorted((start, end), key=lambda key: places[key].column)
    route = [low]
    for column in range(places[low].column + 1, places[high].column):
        key = f"{low}>{high}>{column}"
        places.setdefault(key, _Place(key, column, THIN))
        route.append(key)
    route.append(high)
    for one, other in pairwise(route):
        places[one].neighbours.append(other)
        places[other].neighbours.append(one)
    return route if low == start else route[::-1]


def _ordered(places: Mapping[str, _Place]) -> list[list[_Place]]:
    """The columns, each sorted by the mean place of what its boxes are tied to, so that lines cross little."""
    columns: defaultdict[int, list[_Place]] = defaultdict(list)
    for place in places.values():
        columns[place.column].append(place)
    ordered = [columns[number] for number in sorted(columns)]
    for sweep in range(SWEEPS):
        rank = {
            place.key: number / max(1, len(column))
            for column in ordered
            for number, place in enumerate(column)
        }
        for column in ordered if sweep % 2 else ordered[::-1]:
            column.sort(key=lambda place: _mean([rank[key] for key in place.neighbours], rank[place.key]))
            rank |= {place.key: number / max(1, len(column)) for number, place in enumerate(column)}
    return ordered


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _stacked(columns: Sequence[list[_Place]], places: Mapping[str, _Place]) -> float:
    """Give every place its height in the drawing: near what it is tied to, in its order. The whole height."""
    heights = [sum(place.height + GAP_Y for place in column) - GAP_Y for column in columns]
    whole = max(heights, default=0.0)
    for column, height in zip(columns, heights, strict=True):
        y = (whole - height) / 2
        for place in column:
            place.y = y
            y += place.height + GAP_Y
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else columns[::-1]:
            _settle(column, places)
    top = min((place.y for place in places.values()), default=0.0) - MARGIN
    for place in places.values():
        place.y -= top
    return max((place.y + place.height for place in places.values()), default=0.0) + MARGIN


def _settle(column: Sequence[_Place], places: Mapping[str, _Place]) -> None:
    """Move a column's boxes to the middle of what they are tied to, in order and without overlap."""
    wanted = [
        _mean([places[key].middle for key in place.neighbours], place.middle) - place.height / 2
        for place in column
    ]
    y = float("-inf")
    for place, wish in zip(column, wanted, strict=True):
        place.y = max(y, wish)
        y = place.y + place.height + GAP_Y
    # What was pushed down pulls the column up again by as much on the average.
    shift = sum(place.y - wish for place, wish in zip(column, wanted, strict=True)) / len(column)
    for place in column:
        place.y -= shift


def _left(place: _Place, width: float) -> float:
    """The x of a place's left side; columns go from right to left."""
    return width - MARGIN - BOX - place.column * (BOX + GAP_X)


def _drawn(box: Box, place: _Place, lines: Sequence[tuple[str, bool]], width: float) -> Drawn:
    y = place.y + PADDING + 12
    texts = tuple((y + number * LINE, *line) for number, line in enumerate(lines))
    return Drawn(box, _left(place, width), place.y, place.height, texts)


def _path(route: Sequence[_Place], width: float) -> str:
    """A curve through the places of a line, level where it leaves and where it comes in."""
    forward = route[0].column < route[-1].column
    points = []
    for number, place in enumerate(route):
        left, right = _left(place, width), _left(place, width) + BOX
        enter, leave = (right, left) if forward else (left, right)
        points += [(enter, place.middle)] * (number > 0) + [(leave, place.middle)] * (number < len(route) - 1)
    (x, y), *rest = points
    path = f"M{x:.0f} {y:.0f}"
    for to_x, to_y in rest:
        half = (x + to_x) / 2
        path += f"C{half:.0f} {y:.0f} {half:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
        x, y = to_x, to_y
    return path
