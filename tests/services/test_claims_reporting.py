"""A quarter's debts and claims: sent, disputed, confirmed, consolidated, signed, at the ministry, before parliament."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mizban.core.cases.models import Case
from mizban.core.people.actors import Guest
from mizban.core.refusals import FormRefused, NotYours
from mizban.services.claims_reporting.rules import (
    ends_on,
    figures_are_sums_of_the_table,
    offset_has_two_sides,
    period_is_over,
)
from tests.conftest import SATURDAY

from .conftest import Province

As = Callable[[Case], Guest]
SUMS = {
    "debts_to_persons": 5,
    "debts_to_agencies": 3,
    "debts_to_banks": 2,
    "debts_total": 10,
    "claims_from_persons": 1,
    "claims_from_agencies": 6,
    "claims_total": 7,
}
DISPUTED: dict[str, Any] = {
    "item": "بدهی به شرکت آب",
    "reason": "در گزارش شرکت آب نیامده است.",
    "answer_by": "۱۴۰۵/۰۹/۱۰",
}
CONFIRMED: dict[str, Any] = {"debts": "55000000000", "claims": "21000000000"}


ROWS = [
    {"side": side, "party_kind": kind, "amount": amount}
    for side, kind, amount in (
        ("debt", "person", 2),
        ("debt", "person", 3),
        ("debt", "agency", 3),
        ("debt", "bank", 2),
        ("claim", "person", 1),
        ("claim", "agency", 6),
    )
]


def test_each_figure_is_the_sum_of_its_rows() -> None:
    assert figures_are_sums_of_the_table({**SUMS, "table": ROWS}) == {}
    wrong = figures_are_sums_of_the_table({**SUMS, "debts_to_banks": 9, "table": ROWS[:-1]})
    assert set(wrong) == {"debts_to_banks", "claims_from_agencies"}
    assert "۲ ریال" in wrong["debts_to_banks"].message


@pytest.mark.parametrize(("offset", "right"), [(0, True), (7, True), (8, False)])
def test_no_more_is_set_off_than_stands_on_both_sides(offset: int, right: bool) -> None:  # noqa: FBT001  # a column
    assert (offset_has_two_sides({**SUMS, "offset": offset}) == {}) is right


@pytest.mark.parametrize(
    ("year", "period", "day"),
    [
        (1405, "spring", date(2026, 6, 21)),
        (1405, "autumn", date(2026, 12, 21)),
        (1403, "winter", date(2025, 3, 20)),
        (1404, "year", date(2026, 3, 20)),
    ],
)
def test_a_period_ends_with_its_last_month(year: int, period: str, day: date) -> None:
    assert ends_on(year, period) == day


def test_a_period_is_reported_once_it_is_over() -> None:
    answers = {"year": 1405, "period": "autumn", "letter_date": "2026-11-20"}
    assert period_is_over(answers)["period"].code == "not-over"
    assert period_is_over({**answers, "period": "summer"}) == {}


@pytest.mark.django_db
class TestJourneys:
    def in_review(self, province: Province) -> Case:
        yousef = province.of("eaz-roads-transport")
        case = province.file("claims-reporting", by=yousef).case
        assert case.state == "submitted"
        return province.take(case, "start", province.clerk)

    def test_a_report_goes_from_the_agency_to_parliament(self, province: Province) -> None:
        yousef, majid = province.of("eaz-roads-transport"), province.of("mefa")
        case = self.in_review(province)
        province.take(case, "dispute", province.clerk, **DISPUTED)
        assert (case.turn, case.due_at) == ("applicant", None)
        province.take(case, "correct", yousef, outcome="corrected", answer="رقم اصلاح شد.")
        assert case.due_at is not None
        province.take(case, "confirm", province.clerk, **CONFIRMED)
        assert case.was_in_time is True
        province.take(case, "consolidate", province.clerk, row="۱۲")
        province.take(case, "sign", province.director)
        assert not province.sees("mefa", case)
        province.take(case, "send_to_ministry", province.clerk, number="۱۴۰۵/۷۷")
        assert province.sees("mefa", case)
        province.take(
            case, "present", majid, at=SATURDAY + timedelta(days=9), presented_on="۱۴۰۵/۰۹/۰۸", number="۱۲"
        )
        assert (case.state, case.is_open) == ("presented", False)

    def test_a_guests_report_starts_with_its_letter(self, province: Province, guest: As) -> None:
        case = province.file("claims-reporting").case
        province.take(case, "return_letter", province.clerk, item="امضای ذی‌حساب")
        province.take(case, "resend_letter", guest(case))
        province.take(case, "confirm_letter", province.clerk, spoke_with="دبیرخانه")
        assert case.state == "submitted"
        with pytest.raises(NotYours):
            province.take(case, "start", province.of("eaz-roads-transport"))

    def test_a_dispute_names_its_item_and_its_reason(self, province: Province) -> None:
        case = self.in_review(province)
        with pytest.raises(FormRefused) as refusal:
            province.take(case, "dispute", province.clerk, answer_by="۱۴۰۵/۰۸/۰۱")
        assert set(refusal.value.errors) == {"item", "reason", "answer_by"}

    def test_only_the_director_signs_and_only_the_ministry_presents(self, province: Province) -> None:
        case = self.in_review(province)
        province.take(case, "confirm", province.clerk, **CONFIRMED)
        province.take(case, "consolidate", province.clerk, row="۱")
        with pytest.raises(NotYours):
            province.take(case, "sign", province.head)
        province.take(case, "sign", province.director)
        province.take(case, "send_to_ministry", province.clerk, number="۲")
        with pytest.raises(NotYours):
            province.take(case, "present", province.of("eaz-treasury"), presented_on="۱۴۰۵/۰۸/۳۰", number="۱")

    def test_the_ministry_can_send_a_report_back(self, province: Province) -> None:
        case = self.in_review(province)
        province.take(case, "confirm", province.clerk, **CONFIRMED)
        province.take(case, "consolidate", province.clerk, row="۱")
        province.take(case, "reopen", province.head, reason="رقم بانک جا مانده بود")
        province.take(case, "confirm", province.clerk, **CONFIRMED)
        province.take(case, "consolidate", province.clerk, row="۱")
        province.take(case, "sign", province.director)
        province.take(case, "send_to_ministry", province.clerk, number="۲")
        province.take(
            case, "ministry_queries", province.of("mefa"), item="طلب از بانک", reason="سند ندارد.  بفرستید"
        )
        assert (case.state, case.turn) == ("in_review", "office")

    def test_a_report_nobody_finished_is_left_out(self, province: Province) -> None:
        case = self.in_review(province)
        province.take(case, "dispute", province.clerk, **DISPUTED)
        province.take(case, "leave_out", province.head, reason="دو بار تلفنی یادآوری شد")
        assert (case.state, case.is_open) == ("left_out", False)

    def test_a_report_examined_after_a_month_is_late(self, province: Province) -> None:
        case = self.in_review(province)
        province.take(case, "confirm", province.clerk, at=SATURDAY + timedelta(days=30), **CONFIRMED)
        assert case.was_in_time is False
