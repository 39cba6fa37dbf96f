"""A month's pay: the list is checked, the treasury secures the credit, people are paid, the month is reported."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mizban.core.cases.models import Case
from mizban.core.declarations.forms import fill
from mizban.core.declarations.tables import MalformedRows
from mizban.core.people.actors import Guest
from mizban.core.refusals import FormRefused, NotYours
from mizban.services.salaries.rules import month_is_near, payment_fits, something_is_left
from tests.conftest import SATURDAY

from .conftest import Province, declared, examples

As = Callable[[Case], Guest]
FUNDS: dict[str, Any] = {"request_number": "۱۲", "amount": "24800000000"}
ERRORS: dict[str, Any] = {"item": "شبای سطر ۱۷", "errors": "سطر ۱۷: شبا به نام دارندهٔ کد ملی نیست."}
PAID: dict[str, Any] = {"paid_on": "۱۴۰۵/۰۸/۳۰", "paid": "۱۲۴", "failed": "۰"}


def test_of_nobodys_pay_all_is_deducted() -> None:
    assert something_is_left({"salaries": [{"net": 800}, {"net": 1}]}) == {}
    wrong = something_is_left({"salaries": [{"net": 800}, {"net": 0}, {"net": -5}]})["salaries"]
    assert "سطر ۲، ۳" in wrong.message


def test_the_totals_are_those_of_the_list() -> None:
    declaration = declared("salaries")
    typed = examples(declaration)
    mate = typed["salaries"][0] | {
        "national_id": "1367458218",
        "iban": "IR270170000000100324200001",
        "tax": "1000000",
    }
    files: dict[str, list[Any]] = {"official_letter": [1], "funds_request": [1]}
    filled = fill(declaration.form, {**typed, "salaries": [*typed["salaries"], mate], "net": 5}, files)
    assert filled.errors == {}
    assert [filled.answers[name] for name in ("count", "gross", "deductions", "net")] == [
        2,
        496_000_000,
        1_000_000,
        495_000_000,
    ]


@pytest.mark.parametrize(
    ("year", "month", "right"),
    [
        (1405, "aban", True),
        (1405, "azar", True),
        (1405, "dey", False),
        (1404, "esfand", True),
        (1406, "aban", False),
    ],
)
def test_a_list_is_for_a_month_that_is_near(year: int, month: str, right: bool) -> None:  # noqa: FBT001  # a column
    answers = {"year": year, "month": month, "letter_date": "2026-11-20"}
    assert (month_is_near(answers) == {}) is right


def test_the_month_after_esfand_is_farvardin_of_the_next_year() -> None:
    answers = {"year": 1406, "month": "ordibehesht", "letter_date": "2027-03-15"}
    assert "فروردین ۱۴۰۶" in month_is_near(answers)["month"].message
    assert month_is_near({**answers, "month": "farvardin"}) == {}


def test_no_more_payments_come_back_than_were_made() -> None:
    assert payment_fits({"paid": 10, "failed": 10}) == {}
    assert set(payment_fits({"paid": 10, "failed": 11})) == {"failed"}


def test_nobody_is_paid_twice_on_one_list() -> None:
    declaration = declared("salaries")
    row = examples(declaration)["salaries"][0]
    table = next(field for field in declaration.form if field.name == "salaries")
    wrong = fill([table], {"salaries": [row, row]}).errors["salaries"]
    assert isinstance(wrong, MalformedRows)
    assert set(wrong.cells) == {(1, "national_id"), (1, "iban")}
    assert "سطر ۲، کد ملی: در سطر ۱ هم آمده است" in wrong.message


@pytest.mark.django_db
class TestJourneys:
    def checked(self, province: Province) -> Case:
        case = province.file("salaries", by=province.of("eaz-roads-transport")).case
        province.take(case, "check_structure", province.clerk, rows="۱۲۴")
        return province.take(case, "check_figures", province.clerk, gross="24800000000", net="20000000000")

    def test_a_month_is_paid_and_reported(self, province: Province) -> None:
        case = self.checked(province)
        assert not province.sees("eaz-treasury", case)
        province.take(case, "request_funds", province.head, **FUNDS)
        assert province.sees("eaz-treasury", case)
        assert not province.sees("tabriz-medical", case)
        assert (case.turn, case.due_at) == ("party", None)
        elham = province.of("eaz-treasury")
        province.take(case, "secure_credit", elham, credit_number="۹", amount="24800000000")
        assert case.due_at is not None
        with pytest.raises(NotYours):
            province.take(case, "order_payment", province.head, order_number="۱")
        province.take(case, "order_payment", province.director, order_number="۱")
        province.take(case, "pay_net", province.clerk, **PAID)
        assert case.was_in_time is True
        province.take(case, "pay_deductions", province.clerk, paid_on="۱۴۰۵/۰۸/۳۰", amount="4800000000")
        province.take(case, "report", province.clerk, report_number="۱۴۰۵/۸")
        assert (case.state, case.is_open) == ("reported", False)

    def test_a_file_with_errors_goes_back_with_every_one_of_them(self, province: Province, guest: As) -> None:
        case = province.file("salaries").case
        province.take(case, "confirm_letter", province.clerk, spoke_with="ذی‌حسابی")
        with pytest.raises(FormRefused) as refusal:
            province.take(case, "return_file", province.clerk)
        assert set(refusal.value.errors) == {"item"}
        province.take(case, "return_file", province.clerk, **ERRORS)
        assert (case.turn, case.due_at) == ("applicant", None)
        province.take(case, "resend_file", guest(case), note="شبا اصلاح شد.")
        assert (case.state, case.due_at is None) == ("received", False)

    def test_without_credit_the_office_asks_again(self, province: Province) -> None:
        elham = province.of("eaz-treasury")
        case = self.checked(province)
        province.take(case, "request_funds", province.head, **FUNDS)
        province.take(case, "credit_short", elham, reason="تخصیص آذر نرسیده است")
        assert case.turn == "office"
        province.take(case, "request_funds", province.head, **FUNDS)
        province.take(case, "record_credit", province.clerk, letter_number="۴۴")
        assert case.state == "secured"

    def test_pay_after_two_weeks_is_late(self, province: Province) -> None:
        case = self.checked(province)
        province.take(case, "request_funds", province.head, **FUNDS)
        province.take(case, "record_credit", province.clerk, letter_number="۴۴")
        late = SATURDAY + timedelta(days=14)
        province.take(case, "order_payment", province.director, at=late, order_number="۱")
        province.take(case, "pay_net", province.clerk, at=late, **PAID)
        assert case.was_in_time is False

    def test_the_treasury_sees_nothing_of_a_case_it_is_not_asked_in(self, province: Province) -> None:
        case = self.checked(province)
        with pytest.raises(NotYours):
            province.take(case, "secure_credit", province.of("eaz-treasury"), credit_number="۹", amount="1")

    def test_a_list_can_be_taken_back_before_the_order(self, province: Province) -> None:
        case = self.checked(province)
        province.take(case, "withdraw", province.of("eaz-roads-transport"))
        assert (case.state, case.is_open) == ("withdrawn", False)
