"""What the public is told: no number, and no difference of two numbers, that speaks of fewer than five people.

Months are gathered into stretches of enough people each, from the first month of a half-year on; a stretch is told as a
whole or not at all. Whatever periods are asked for, by whichever door, all that subtracting them can give is a stretch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from mizban.lib.jalali import to_jalali
from mizban.office.agreements.models import AgreementVersion

from .figures import Figure, Point, figures
from .months import day_of, last_months

# Fewer people than these are not told in numbers; the verdict, which is the office's, stays.
FEWEST = 5
HALF_YEAR = 6
FEW = "شمار این پرونده‌ها، یا ماهی از آن‌ها، کمتر از ۵ است؛ برای آن که کسی شناخته نشود، گفته نمی‌شود."
SOME = "ماهی که شمارش کمتر از ۵ است در این عدد نیامده است تا کسی شناخته نشود."


def public_figures(
    version: AgreementVersion, *, at: datetime, months: int = 1, trend: int = 1
) -> list[Figure]:
    """What `figures` gives, as anybody may read it."""
    first = last_months(day_of(at), max(months, trend))[0]
    # Where stretches begin may not hang on what was asked for.
    reach = max(months, trend) + months_into_half(first)
    return guarded(figures(version, at=at, months=months, trend=reach), months=months, trend=trend)


def guarded(found: Sequence[Figure], *, months: int, trend: int) -> list[Figure]:
    """Figures of the last `months`, whose trends begin with a half-year, with the `trend` months that can be told."""
    return [
        _guarded(each, months, trend) if each.is_personal else replace(each, trend=each.trend[-trend:])
        for each in found
    ]


def months_into_half(month: date) -> int:
    """How many months of its half of the Jalali year lie before this one."""
    return (to_jalali(month)[1] - 1) % HALF_YEAR


def alone(counts: Sequence[tuple[date, int]]) -> set[date]:
    """The months whose number can be told: nobody's, and those that are a stretch by themselves."""
    nothing = {month for month, count in counts if not count}
    return nothing | {stretch[0] for stretch in stretches(counts) if len(stretch) == 1}


def stretches(counts: Sequence[tuple[date, int]]) -> Iterator[tuple[date, ...]]:
    """Months in order, gathered until they are of enough people; what a half-year leaves over is in none."""
    gathered: list[date] = []
    total = 0
    for month, count in counts:
        if not months_into_half(month):
            gathered, total = [], 0
        if count:
            gathered, total = [*gathered, month], total + count
        if total >= FEWEST:
            yield tuple(gathered)
            gathered, total = [], 0


def _guarded(figure: Figure, months: int, trend: int) -> Figure:
    points = figure.trend
    counts = [(point.month, point.denominator) for point in points]
    open_months = alone(counts)
    shown = tuple(
        point if point.month in open_months else Point(point.month, 0, 0, is_hidden=True)
        for point in points[-trend:]
    )
    if figure.denominator is None:
        return replace(figure, trend=shown)
    asked = {point.month for point in points[-months:]}
    whole = {month for stretch in stretches(counts) if asked.issuperset(stretch) for month in stretch}
    numerator = sum(point.numerator for point in points if point.month in whole)
    denominator = sum(point.denominator for point in points if point.month in whole)
    if not denominator:
        return replace(figure, numerator=None, denominator=None, why=FEW, is_hidden=True, trend=shown)
    told = replace(figure, numerator=numerator, denominator=denominator, trend=shown)
    return (
        told if denominator == figure.denominator else replace(told, detail=f"{figure.detail} {SOME}".strip())
    )
