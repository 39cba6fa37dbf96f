"""Deposits come in, go back, and are confirmed once a year."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mizban.core.cases.models import Case
from mizban.core.people.actors import Guest
from mizban.core.refusals import FormRefused, NotYours
from mizban.services.deposits.rules import (
    balance_is_asked_by_agencies,
    difference_adds_up,
    kind_fits_the_request,
    refund_within_deposit,
)
from tests.conftest import MARYAM, SATURDAY

from .conftest import Province

As = Callable[[Case], Guest]


@pytest.mark.parametrize(("asked", "right"), [(None, True), (100, True), (101, False)])
def test_nobody_gets_back_more_than_was_deposited(asked: int | None, right: bool) -> None:  # noqa: FBT001  # a column
    answers = {"amount": 100} | ({"refund_amount": asked} if asked else {})
    assert (refund_within_deposit(answers) == {}) is right


@pytest.mark.parametrize(
    ("request_", "kind", "right"),
    [
        ("balance", "all", True),
        ("balance", "tender", False),
        ("register", "all", False),
        ("refund", "bail", True),
    ],
)
def test_a_balance_is_of_all_deposits(request_: str, kind: str, right: bool) -> None:  # noqa: FBT001  # a column
    assert (kind_fits_the_request({"request": request_, "deposit_kind": kind}) == {}) is right


def test_only_agencies_have_a_balance() -> None:
    balance = {"request": "balance"}
    assert balance_is_asked_by_agencies({**balance, "applicant_kind": "agency"}) == {}
    assert balance_is_asked_by_agencies(balance) == {}
    assert set(balance_is_asked_by_agencies({**balance, "applicant_kind": "natural"})) == {"request"}
    assert balance_is_asked_by_agencies({"request": "refund", "applicant_kind": "natural"}) == {}


def test_the_difference_is_of_the_two_balances() -> None:
    right = {"book_balance": 5, "treasury_balance": 8, "difference": 3}
    assert difference_adds_up(right) == {}
    assert set(difference_adds_up({**right, "difference": 0})) == {"difference"}


@pytest.mark.django_db
class TestJourneys:
    def filed(self, province: Province, **changes: Any) -> Case:
        return province.file("deposits", applicant=MARYAM, **changes).case

    def test_maryams_deposit_is_acknowledged_and_registered(self, province: Province) -> None:
        case = self.filed(province)
        province.take(case, "ask_treasury", province.clerk, asked="واریز ۳۵۰ میلیون ریال")
        assert province.sees("eaz-treasury", case)
        assert not province.sees("eaz-roads-transport", case)
        elham = province.of("eaz-treasury")
        province.take(case, "not_received", elham, reason="شناسهٔ واریز جور نیست")
        province.take(case, "ask_treasury", province.clerk, asked="با شناسهٔ درست")
        province.take(case, "acknowledge", elham, received_on="۱۴۰۵/۰۸/۲۸", received="350000000")
        province.take(case, "register", province.clerk, credit_number="۸۸۱۲")
        assert (case.state, case.is_open, case.was_in_time) == ("registered", False, True)

    @pytest.mark.parametrize("mode", ["manual", "machine"])
    def test_a_deposit_goes_back_once_the_agency_releases_it(self, province: Province, mode: str) -> None:
        yousef, elham = province.of("eaz-roads-transport"), province.of("eaz-treasury")
        case = self.filed(province, request="refund")
        assert not province.sees("eaz-roads-transport", case)
        province.take(case, "ask_holder", province.clerk, asked="سپردهٔ مناقصه")
        assert (case.turn, case.due_at) == ("party", None)
        assert province.sees("eaz-roads-transport", case)
        assert not province.sees("eaz-treasury", case)
        with pytest.raises(NotYours):
            province.take(case, "release", elham, amount="350000000", accountant="شیرین صادقی")
        province.take(case, "release", yousef, amount="350000000", accountant="شیرین صادقی")
        province.take(case, "ask_funds", province.clerk, amount="350000000", request_number="۹")
        province.take(case, "fund", elham, funding_number="۴")
        with pytest.raises(NotYours):
            province.take(case, "pay", province.clerk, mode=mode, order_number="۱", amount="350000000")
        province.take(case, "pay", province.head, mode=mode, order_number="۱", amount="350000000")
        assert (case.state, case.was_in_time) == ("refunded", True)

    def test_a_deposit_that_is_held_is_refused_with_a_reason(self, province: Province) -> None:
        case = self.filed(province, request="refund")
        province.take(case, "ask_holder", province.clerk, asked="سپردهٔ مناقصه")
        province.take(case, "hold", province.of("eaz-roads-transport"), reason="دورهٔ تضمین پایان نیافته است.")
        province.take(
            case,
            "refuse",
            province.head,
            at=SATURDAY + timedelta(days=5),
            reason="دورهٔ تضمین پایان نیافته است.",
        )
        assert (case.state, case.was_in_time) == ("refused", False)

    def test_a_balance_is_disputed_then_confirmed_and_certified(self, province: Province) -> None:
        yousef, elham = province.of("eaz-roads-transport"), province.of("eaz-treasury")
        opened = province.file("deposits", by=yousef, request="balance", deposit_kind="all")
        case = opened.case
        offer: dict[str, Any] = {"book_balance": "350000000", "treasury_balance": "340000000"}
        province.take(case, "ask_balance", province.clerk, asked="۲۹ اسفند ۱۴۰۴")
        province.take(case, "state_balance", elham, treasury_balance="340000000")
        with pytest.raises(FormRefused):
            province.take(case, "offer_balance", province.clerk, **offer, difference="0")
        province.take(case, "offer_balance", province.clerk, **offer, difference="10000000")
        assert (case.turn, case.due_at) == ("applicant", None)
        province.take(case, "dispute_balance", yousef, item="سپردهٔ ردیف ۸۱")
        province.take(case, "ask_balance", province.clerk, asked="۲۹ اسفند ۱۴۰۴، پس از اصلاح")
        province.take(case, "record_balance", province.clerk, treasury_balance="350000000")
        province.take(
            case,
            "offer_balance",
            province.clerk,
            **{**offer, "treasury_balance": "350000000"},
            difference="0",
        )
        province.take(case, "confirm_balance", yousef, agreed="yes")
        province.take(case, "certify", province.head, number="۱۴۰۴/۱۲")
        assert (case.state, case.is_open) == ("certified", False)

    def test_maryam_has_no_balance_to_confirm(self, province: Province) -> None:
        with pytest.raises(FormRefused) as refusal:
            self.filed(province, request="balance", deposit_kind="all")
        assert {name: e.code for name, e in refusal.value.errors.items()} == {"request": "agencies-only"}

    def test_more_than_the_deposit_cannot_be_asked_back(self, province: Province) -> None:
        with pytest.raises(FormRefused) as refusal:
            self.filed(province, request="refund", refund_amount="350000001")
        assert set(refusal.value.errors) == {"refund_amount"}

    def test_each_request_has_its_own_way(self, province: Province, guest: As) -> None:
        case = self.filed(province)
        for step, asked in (("ask_holder", "سپرده"), ("ask_balance", "مانده")):
            with pytest.raises(NotYours):
                province.take(case, step, province.clerk, asked=asked)
        province.take(case, "return", province.clerk, item="شناسهٔ واریز")
        assert (case.turn, case.due_at) == ("applicant", None)
        province.take(case, "supply", guest(case), note="شناسه ۳۸۴ است")
        province.take(case, "withdraw", guest(case))
        assert (case.state, case.is_open) == ("withdrawn", False)
