"""A clause is in danger while something can still be done about it. No database."""

from datetime import date
from typing import Any

import pytest

from mizban.office.compliance.figures import Figure, Point
from mizban.office.oversight.dangers import dangers, standing

MONTHS = (date(2026, 8, 23), date(2026, 9, 23), date(2026, 10, 23))


def figure(
    *months: tuple[int, int], target: float = 0.9, measure: str = "answered-in-time", **more: Any
) -> Figure:
    """A figure by its months, numerator and denominator, this month the last."""
    kept, counted = months[-1]
    verdict = "no_data" if not counted else "met" if kept >= target * counted else "missed"
    known: dict[str, Any] = {
        **dict.fromkeys(("ref", "row", "kind", "text", "obligor", "topic", "title", "why", "detail"), ""),
        "clause_id": 1,
        "measure": measure,
        "first_on": MONTHS[-1],
        "end_on": MONTHS[-1],
        "numerator": kept if counted else None,
        "denominator": counted or None,
        "target": target,
        "verdict": verdict,
        "counts_cases": True,
        "trend": tuple(
            Point(month, *pair) for month, pair in zip(MONTHS[-len(months) :], months, strict=True)
        ),
        "counted_until": None,
    }
    return Figure(**(known | more))


@pytest.mark.parametrize(
    ("months", "falling_due", "kind"),
    [
        (((19, 20), (20, 20)), 0, None),
        (((19, 20), (17, 20)), 0, "broken"),
        (((15, 20), (17, 20)), 0, None),
        (((20, 20), (19, 20)), 0, None),
        (((20, 20), (18, 20)), 0, "near"),
        (((16, 20), (20, 20)), 2, None),
        (((10, 20), (10, 20), (9, 10)), 10, "heading"),
        (((10, 20), (0, 0)), 10, "heading"),
        (((0, 0), (0, 0)), 10, None),
    ],
)
def test_what_is_in_danger(months: Any, falling_due: int, kind: str | None) -> None:
    found = dangers([figure(*months)], falling_due=falling_due)
    assert [each.kind for each in found] == ([kind] if kind else [])


def test_it_says_where_open_cases_lead_and_how_many_may_still_be_late() -> None:
    (danger,) = dangers([figure((10, 20), (10, 20), (10, 10))], falling_due=10)
    assert danger.expected == pytest.approx((10 + 0.6 * 10) / 20)
    assert danger.room == 2


def test_open_cases_say_nothing_of_other_promises() -> None:
    assert dangers([figure((10, 20), (20, 20), measure="visits-asked")], falling_due=50) == []


def test_what_the_applicant_owes_is_in_no_danger() -> None:
    assert dangers([figure((20, 20), (1, 20), verdict="observed")], falling_due=5) == []


def test_what_was_missed_before_is_no_longer_a_danger() -> None:
    missed = figure((1, 20), (1, 20))
    assert dangers([missed], falling_due=0) == []
    assert standing([missed, figure((20, 20), (1, 20))]) == [missed]
