"""Which clause is in danger: kept until now and about to be broken. Plain reasoning over figures, no query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor
from typing import Literal

from mizban.office.compliance.figures import Figure, Point

# How a clause is in danger: broken this month for the first time, heading below its target, or a case away from it.
Kind = Literal["broken", "heading", "near"]
ORDER: tuple[Kind, ...] = ("broken", "heading", "near")
# What open cases will add to when they are answered, or their date has passed.
ANSWERS = ("answered-in-time", "service-delivered")
# Months that say how many of the next cases will be in time.
MONTHS_OF_RATE = 3
# Two shares that differ by less are the same, so that 0.9 of ten is nine.
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Danger:
    """A clause in danger, by its figure of this month.

    `before` is last month's share. Where open cases decide: `open` of them fall due this month, `expected` is the share
    they lead to at the rate of the last months, `room` how many more may be late before it is broken.
    """

    kind: Kind
    figure: Figure
    before: float | None
    open: int = 0
    expected: float | None = None
    room: int = 0


def dangers(figures: Iterable[Figure], *, falling_due: int) -> list[Danger]:
    """What of the figures of one month (with a trend that ends in it) is in danger, the worst first.

    `falling_due` open cases of the version have their date before the month is over.
    """
    found = [danger for figure in figures if (danger := _of(figure, falling_due))]
    return sorted(found, key=lambda each: ORDER.index(each.kind))


def standing(figures: Iterable[Figure]) -> list[Figure]:
    """What was missed last month too: no danger any more, a promise that is not kept."""
    return [each for each in figures if each.verdict == "missed" and not _was_kept(each)]


def _of(figure: Figure, falling_due: int) -> Danger | None:
    if figure.target is None or figure.verdict not in ("met", "missed", "no_data"):
        return None
    before = _before(figure)
    if figure.verdict == "missed":
        return Danger("broken", figure, before) if _was_kept(figure) else None
    coming = falling_due if figure.measure in ANSWERS and not figure.topic else 0
    if coming and (heading := _heading(figure, before, coming)):
        return heading
    return Danger("near", figure, before) if _is_near(figure) else None


def _heading(figure: Figure, before: float | None, coming: int) -> Danger | None:
    """Where the open cases lead at the rate of the last months, if that is below the target."""
    rate, target = _rate(figure.trend), figure.target or 0.0
    if rate is None:
        return None
    kept, counted = figure.numerator or 0, figure.denominator or 0
    expected = (kept + rate * coming) / (counted + coming)
    if expected >= target - TINY:
        return None
    room = floor((1 - target) * (counted + coming) + TINY) - (counted - kept)
    return Danger("heading", figure, before, coming, expected, max(0, room))


def _is_near(figure: Figure) -> bool:
    """Whether something fell short already, and one more, or a third of what may, breaks it."""
    kept, counted, target = figure.numerator or 0, figure.denominator or 0, figure.target or 0.0
    if not counted or kept == counted:
        return False
    return kept / (counted + 1) < target - TINY or kept / counted < target + (1 - target) / 3


def _rate(trend: Sequence[Point]) -> float | None:
    last = trend[-MONTHS_OF_RATE:]
    counted = sum(point.denominator for point in last)
    return sum(point.numerator for point in last) / counted if counted else None


def _before(figure: Figure) -> float | None:
    return figure.trend[-2].share if len(figure.trend) > 1 else None


def _was_kept(figure: Figure) -> bool:
    """Whether it was kept in the last month in which anything was counted; what never was counted was not missed."""
    known = [point.share for point in figure.trend[:-1] if point.share is not None]
    return bool(known) and known[-1] >= (figure.target or 0.0) - TINY
