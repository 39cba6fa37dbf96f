"""What the public is told: no number so small that it speaks of a person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from .figures import Figure, Point

# Fewer people than these are not told in numbers; the verdict, which is the office's, stays.
FEWEST = 5
# The shortest period beside the month itself (`web.compliance`).
SEASON = 3
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
    """Small months are hidden; one alone in a stretch whose whole is told takes the next smallest there with it."""
    points = figure.trend
    hidden = {point.month for point in points if 0 < point.denominator < FEWEST}
    # The periods pages tell the whole of: a month, a season, a year; and what is left of one without the other.
    stretches = (points[-SEASON:], points[-SEASON:-1], points[:-SEASON], points)
    while more := {month for stretch in stretches for month in _betrayed(stretch, hidden)}:
        hidden |= more
    return tuple(
        replace(point, numerator=0, denominator=0, is_hidden=True) if point.month in hidden else point
        for point in points
    )


def _betrayed(stretch: Sequence[Point], hidden: set[date]) -> set[date]:
    """The month that must be hidden too, so that the whole without the others does not tell the one that is hidden."""
    counted = sorted((point for point in stretch if point.denominator), key=lambda each: each.denominator)
    others = [point.month for point in counted if point.month not in hidden]
    return {others[0]} if others and len(counted) - len(others) == 1 else set()
