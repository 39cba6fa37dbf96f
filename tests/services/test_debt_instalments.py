"""Instalments of a debt: the debtor asks, the creditor endorses, the office decides, the table adds up."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mizban.core.cases.models import Case
from mizban.core.cases.sentences import timeline
from mizban.core.people.actors import Guest
from mizban.core.refusals import FormRefused, NotYours
from mizban.services.debt_instalments.rules import (
    approval_adds_up,
    plan_fits_the_wish,
    schedule,
    total_is_the_sum,
)
from tests.conftest import MARYAM, SATURDAY

from .conftest import Province

As = Callable[[Case], Guest]
ENDORSED: dict[str, Any] = {
    "confirmed_total": "1000000000",
    "accountant": "شیرین صادقی",
    "letter_number": "۱۲/۴",
}
APPROVED: dict[str, Any] = {
    "total": "1000000000",
    "down_payment": "0",
    "count": "7",
    "every": "1",
    "first_on": "۱۴۰۵/۱۰/۳۰",
    "each": "142857142",
    "letter_number": "۹۱",
}


def test_the_last_instalment_takes_the_remainder_on_the_same_day_of_each_month() -> None:
    # 30 Bahman 1405 is 2027-02-19; Esfand 1405 has 29 days.
    table = schedule(1_000_000_000, down_payment=0, count=7, first_on=date(2027, 2, 19))
    assert [line.amount for line in table] == [142_857_142] * 6 + [142_857_148]
    assert sum(line.amount for line in table) == 1_000_000_000
    assert [line.due_on.isoformat() for line in table[:3]] == ["2027-02-19", "2027-03-20", "2027-04-19"]
    assert [line.number for line in table] == [1, 2, 3, 4, 5, 6, 7]


def test_a_down_payment_is_taken_off_before_the_debt_is_parted() -> None:
    table = schedule(1_000, down_payment=100, count=2, first_on=date(2026, 12, 1), every_months=3)
    assert [line.amount for line in table] == [450, 450]
    with pytest.raises(ValueError, match="below zero"):
        schedule(1_000, down_payment=2_000, count=2, first_on=date(2026, 12, 1))


def test_principal_and_penalty_make_the_total() -> None:
    assert total_is_the_sum({"principal": 9, "penalty": 1, "total": 10}) == {}
    wrong = total_is_the_sum({"principal": 900, "penalty": 100, "total": 900})["total"]
    assert (wrong.code, "۱٬۰۰۰" in wrong.message) == ("wrong-sum", True)


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"kind": "grace", "count": 1}, set()),
        ({"kind": "grace", "count": 2}, {"count"}),
        ({"kind": "instalments", "count": 1}, {"count"}),
        ({"kind": "both", "count": 2}, set()),
        ({"kind": "instalments", "count": 2, "down_payment": 1000}, {"down_payment"}),
    ],
)
def test_the_plan_fits_what_is_asked(answers: dict[str, Any], wrong: set[str]) -> None:
    assert set(plan_fits_the_wish({"down_payment": 0, "total": 1000, **answers})) == wrong


def test_what_is_approved_is_what_the_table_will_say() -> None:
    right = {"total": 1000, "down_payment": 100, "count": 4, "each": 225}
    assert approval_adds_up(right) == {}
    assert "۲۲۵" in approval_adds_up({**right, "each": 250})["each"].message
    assert set(approval_adds_up({**right, "total": 3, "down_payment": 0})) == {"count"}
    assert set(approval_adds_up({**right, "down_payment": 1000})) == {"down_payment"}


@pytest.mark.django_db
class TestJourneys:
    def filed(self, province: Province, **changes: Any) -> Case:
        case = province.file("debt-instalments", applicant=MARYAM, **changes).case
        return province.take(case, "ask_creditor", province.clerk, asked="اصل بدهی و جریمه")

    def proposed(self, province: Province, **changes: Any) -> Case:
        case = self.filed(province, **changes)
        province.take(case, "endorse", province.of("eaz-roads-transport"), **ENDORSED)
        province.take(case, "pass_general", province.clerk, by_authority="yes", complete="yes")
        return province.take(
            case, "propose", province.clerk, opinion="agree", grounds="شرایط ماده ۴۷ فراهم است."
        )

    def test_maryam_pays_in_seven_instalments(self, province: Province, guest: As) -> None:
        case = self.proposed(province)
        province.take(case, "approve", province.director, **APPROVED)
        assert (case.turn, case.was_in_time) == ("applicant", True)
        said = timeline(case)[-1].sentence
        assert "۷ قسط، هر کدام ۱۴۲٬۸۵۷٬۱۴۲ ریال" in said
        province.take(case, "accept", guest(case), accepted="yes")
        province.take(case, "conclude", province.clerk, agreement_number="۱۴۰۵/ت/۱۲")
        assert (case.state, case.is_open) == ("agreed", False)

    def test_a_wrong_instalment_is_refused_with_the_right_one(self, province: Province) -> None:
        case = self.proposed(province)
        with pytest.raises(FormRefused) as refusal:
            province.take(case, "approve", province.director, **{**APPROVED, "each": "142857143"})
        assert "۱۴۲٬۸۵۷٬۱۴۲" in refusal.value.errors["each"].message

    def test_only_the_creditor_endorses_and_only_once_it_is_asked(self, province: Province) -> None:
        case = province.file("debt-instalments", applicant=MARYAM).case
        assert not province.sees("eaz-roads-transport", case)
        province.take(case, "ask_creditor", province.clerk, asked="اصل بدهی")
        assert province.sees("eaz-roads-transport", case)
        assert not province.sees("tabriz-medical", case)
        for other in (province.of("tabriz-medical"), province.clerk, province.of("mefa")):
            with pytest.raises(NotYours):
                province.take(case, "endorse", other, **ENDORSED)
        with pytest.raises(NotYours):
            province.take(case, "pass_general", province.of("eaz-roads-transport"), by_authority="yes")

    def test_the_clock_stands_while_the_creditor_and_the_ministry_are_asked(self, province: Province) -> None:
        day = timedelta(days=1)
        case = self.filed(province)
        assert (case.turn, case.due_at) == ("party", None)
        province.take(case, "endorse", province.of("eaz-roads-transport"), at=SATURDAY + day, **ENDORSED)
        first = case.due_at
        province.take(
            case, "pass_general", province.clerk, at=SATURDAY + day, by_authority="yes", complete="yes"
        )
        province.take(case, "ask_ministry", province.clerk, at=SATURDAY + day, question="سقف قسط‌ها چیست؟")
        assert province.sees("mefa", case)
        province.take(case, "ministry_reply", province.of("mefa"), at=SATURDAY + 3 * day, reply="تا ۳۶ قسط")
        assert first is not None
        assert case.due_at is not None
        assert case.due_at > first
        assert case.state == "legal_check"

    def test_what_the_creditor_does_not_endorse_is_refused_by_the_office(self, province: Province) -> None:
        case = self.filed(province)
        province.take(
            case, "not_endorse", province.of("eaz-roads-transport"), reason="این بدهی قطعی نشده است."
        )
        assert case.turn == "office"
        province.take(case, "refuse", province.head, reason="دستگاه طلبکار بدهی را تأیید نکرد.")
        assert (case.state, case.was_in_time) == ("refused", True)

    def test_a_debtor_who_does_not_agree_declines(self, province: Province, guest: As) -> None:
        case = self.proposed(province)
        province.take(case, "approve", province.director, **APPROVED)
        province.take(case, "decline", guest(case))
        assert (case.state, case.is_open) == ("declined", False)

    def test_a_sum_that_does_not_add_up_is_not_filed(self, province: Province) -> None:
        with pytest.raises(FormRefused) as refusal:
            province.file("debt-instalments", applicant=MARYAM, total="5", down_payment="0")
        assert set(refusal.value.errors) == {"total"}

    def test_too_many_instalments_and_a_day_gone_by_are_refused_together(self, province: Province) -> None:
        with pytest.raises(FormRefused) as refusal:
            province.file("debt-instalments", applicant=MARYAM, count="37", first_on="۱۴۰۵/۰۸/۳۰")
        codes = {name: error.code for name, error in refusal.value.errors.items()}
        assert codes == {"count": "too-great", "first_on": "gone-by"}
