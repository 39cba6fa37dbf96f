"""No subtraction of what the public is told leaves the number of a month with fewer than five people."""

from datetime import date

import pytest

from mizban.office.compliance.figures import Figure, Point
from mizban.office.compliance.public import FEWEST, guarded

YEAR = 12


def hidden_among(*counted: int) -> list[bool]:
    """Which of the months with these numbers of cases are not told, oldest first."""
    trend = tuple(Point(date(2026, number, 1), 0, cases) for number, cases in enumerate(counted, start=1))
    figure = Figure(
        None, "c1", "", "response-time", "", "office", "answered-in-time", "", "", trend[0].month, date(2027, 1, 1),
        sum(counted), sum(counted), None, "met", "", "", trend=trend, counted_until=None, is_personal=True,
    )  # fmt: skip
    return [point.is_hidden for point in guarded([figure])[0].trend]


@pytest.mark.parametrize(
    "months",
    [
        (9, 9, 9, 9, 9, 9, 9, 9, 9, 3, 8, 7),
        (9, 9, 2, 9, 9, 6, 9, 9, 9, 9, 8, 7),
        (9, 9, 2, 9, 9, 6, 9, 9, 9, 9, 8, 3),
        (9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 4, 7),
        (9, 9, 9, 9, 9, 9, 9, 9, 1, 9, 9, 2),
    ],
)
def test_a_season_and_a_year_do_not_betray_a_small_month(months: tuple[int, ...]) -> None:
    hidden = hidden_among(*months)
    assert all(is_hidden for is_hidden, cases in zip(hidden, months, strict=True) if cases < FEWEST)
    for stretch in (hidden, hidden[-3:], hidden[-3:-1], hidden[:-3]):
        assert sum(stretch) != 1, stretch


def test_nothing_is_hidden_where_every_month_is_large() -> None:
    assert not any(hidden_among(*[9] * YEAR))
