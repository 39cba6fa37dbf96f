"""No subtraction of what the public is told leaves a number of fewer than five people."""

from datetime import date, datetime
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mizban.lib.jalali import TEHRAN, add_months, from_jalali
from mizban.office.compliance import public
from mizban.office.compliance.figures import Figure, Point
from mizban.office.compliance.months import last_months
from mizban.office.compliance.public import FEWEST, public_figures

FARVARDIN = from_jalali(1404, 1, 1)
Counts = dict[date, int]


def series(*counted: int) -> Counts:
    """So many cases in Farvardin 1404, and in each month after it."""
    return {add_months(FARVARDIN, number): cases for number, cases in enumerate(counted)}


def told(counts: Counts, last: date, months: int) -> Figure:
    """What the public reads of so many months up to this one."""

    def whole(_version: Any, *, at: datetime, months: int, trend: int) -> list[Figure]:
        stretch = last_months(at.date(), trend)
        points = tuple(Point(month, 0, counts.get(month, 0)) for month in stretch)
        total = sum(point.denominator for point in points[-months:]) or None
        made = Figure(
            None, "c1", "", "response-time", "", "office", "answered-in-time", "", "", points[0].month, last,
            total and 0, total, None, "met", "", "", trend=points, counted_until=None, is_personal=True,
        )  # fmt: skip
        return [made]

    noon = datetime.combine(last, datetime.min.time().replace(hour=12), TEHRAN)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(public, "figures", whole)
        return public_figures(None, at=noon, months=months, trend=12)[0]  # type: ignore[arg-type]  # replaced


def everything_told(counts: Counts) -> set[frozenset[date]]:
    """The months each number stands for, over every period by every door; what is empty is left out."""
    known = set()
    for last in counts:
        for months in range(1, 13):
            figure = told(counts, last, months)
            asked = [month for month in last_months(last, months) if counts.get(month)]
            if figure.denominator is not None and not figure.detail:
                known.add(frozenset(asked))
            known |= {frozenset([point.month]) for point in figure.trend if point.denominator}
    return known


def betrayed(counts: Counts) -> list[set[date]]:
    """Sets of months with fewer than five people that follow from two numbers."""
    known = everything_told(counts)
    found = [set(each) for each in known] + [
        set(larger - smaller)
        for smaller, larger in combinations(sorted(known, key=len), 2)
        if smaller < larger
    ]
    return [months for months in found if 0 < sum(counts[month] for month in months) < FEWEST]


@pytest.mark.parametrize(
    "counted",
    [
        (9, 9, 9, 9, 9, 9, 9, 9, 9, 3, 8, 7),
        (9, 9, 2, 9, 9, 6, 9, 9, 9, 9, 8, 7),
        (9, 9, 9, 9, 9, 3, 9, 9, 9, 9, 9, 2),
        (3, 0, 6, 9, 1, 0, 9, 1, 1, 1, 1, 1),
    ],
)
def test_no_two_periods_betray_a_small_month(counted: tuple[int, ...]) -> None:
    assert betrayed(series(*counted)) == []


@settings(max_examples=25)
@given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_whatever_the_months_no_two_periods_betray_one(counted: list[int]) -> None:
    assert betrayed(series(*counted)) == []


def test_everything_is_told_where_every_month_is_large() -> None:
    counts = series(*[9] * 12)
    figure = told(counts, max(counts), 12)
    assert (figure.denominator, figure.detail) == (108, "")
    assert not any(point.is_hidden for point in figure.trend)


def test_a_small_month_is_told_with_the_next_ones_and_never_without() -> None:
    counts = series(9, 3, 6, 9)
    khordad, tir = list(counts)[2:4]
    assert told(counts, khordad, 1).is_hidden
    assert told(counts, khordad, 2).denominator == 9
    partly = told(counts, tir, 2)
    assert (partly.denominator, partly.detail) == (9, public.SOME)
    assert [point.is_hidden for point in told(counts, tir, 4).trend[-4:]] == [False, True, True, False]
