"""What the public is told: no number so small that it speaks of a person."""

from collections.abc import Sequence
from dataclasses import replace

from .figures import Figure, Point

# Fewer people than these are not told in numbers; the verdict, which is the office's, stays.
FEWEST = 5
FEW = "شمار این پرونده‌ها کمتر از ۵ است؛ برای آن که کسی شناخته نشود، گفته نمی‌شود."


def guarded(figures: Sequence[Figure]) -> list[Figure]:
    """The same figures, without numbers of fewer than five people's cases."""
    return [_guarded(figure) if figure.is_personal else figure for figure in figures]


def _guarded(figure: Figure) -> Figure:
    trend = _trend(figure)
    if figure.denominator is None or figure.denominator >= FEWEST:
        return replace(figure, trend=trend)
    return replace(figure, numerator=None, denominator=None, why=FEW, is_hidden=True, trend=trend)


def _trend(figure: Figure) -> tuple[Point, ...]:
    """Small months are hidden; where that is one alone, so is the next smallest, or the whole would betray it."""
    counted = sorted(
        (point for point in figure.trend if point.denominator), key=lambda each: each.denominator
    )
    hidden = {point.month for point in counted if point.denominator < FEWEST}
    if len(hidden) == 1 and len(counted) > 1:
        hidden.add(counted[1].month)
    return tuple(
        replace(point, numerator=0, denominator=0, is_hidden=True) if point.month in hidden else point
        for point in figure.trend
    )
