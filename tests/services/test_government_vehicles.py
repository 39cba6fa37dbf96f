"""Permits for vehicles: five ways from a letter to a permit, with the commission and the traffic police."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mizban.core.cases.models import Case
from mizban.core.people.actors import Guest
from mizban.core.refusals import FormRefused, NotYours
from mizban.services.government_vehicles.rules import identity, model_year, receiver
from tests.conftest import SATURDAY

from .conftest import Province

As = Callable[[Case], Guest]
PLATE = "۱۲ الف ۳۴۵ ایران ۱۵"
LATER: dict[str, Any] = {"session_on": "۱۴۰۵/۰۹/۱۰"}
HELD: dict[str, Any] = {
    "held_on": "۱۴۰۵/۰۸/۲۹",
    "minutes_number": "۴۸",
    "votes_for": "۳",
    "votes_against": "۰",
}


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"chassis": "NAAM01CA5DE123456"}, None),
        ({"chassis": "12345", "deal": "sale"}, None),
        ({"chassis": "ندارد", "deal": "purchase"}, None),
        ({"chassis": "ندارد", "deal": "sale"}, "chassis-missing"),
        ({"chassis": "ندارد"}, "chassis-missing"),
        ({"chassis": "1234"}, "not-a-chassis"),
        ({"chassis": "پیکان"}, "not-a-chassis"),
        ({"chassis": "NAAM01CA5OE123456"}, "forbidden-letter"),
    ],
)
def test_a_vehicle_is_known_by_its_number(answers: dict[str, Any], code: str | None) -> None:
    found = identity(answers)
    assert (found["chassis"].code if found else None) == code


@pytest.mark.parametrize(
    ("year", "right"), [(1330, True), (1329, False), (1406, True), (1407, False), (2027, True), (2028, False)]
)
def test_no_model_is_newer_than_next_year(year: int, right: bool) -> None:  # noqa: FBT001  # a table's column
    assert (model_year({"model_year": year, "letter_date": "2026-11-18"}) == {}) is right


def test_nobody_transfers_a_vehicle_to_itself() -> None:
    answers = {"receiver_id": "10380284790", "applicant_identifier": "10380284790"}
    assert receiver(answers)["receiver_id"].code == "same-agency"
    assert receiver({**answers, "receiver_id": "14003123450"}) == {}
    assert receiver({}) == {}


@pytest.mark.django_db
class TestJourneys:
    def reviewed(self, province: Province, **changes: Any) -> Case:
        case = province.file("government-vehicles", **changes).case
        province.take(case, "confirm_letter", province.clerk, spoke_with="دبیرخانه")
        return province.take(case, "start", province.clerk)

    def test_a_plate_is_changed_by_the_traffic_police(self, province: Province) -> None:
        soroush = province.of("eaz-traffic-police")
        case = self.reviewed(province, permit="plate")
        assert case.title == "تعویض یا اخذ پلاک"
        province.take(case, "propose", province.clerk, opinion="مدارک کامل است و موافقت می‌شود.")
        assert not province.sees("eaz-traffic-police", case)
        province.take(case, "approve", province.head, permit_number="۱۲/۴۵")
        assert case.was_in_time is True
        province.take(case, "send_to_police", province.clerk, number="۱۴۰۵/۹")
        assert province.sees("eaz-traffic-police", case)
        assert not province.sees("eaz-treasury", case)
        province.take(case, "police_objects", soroush, mismatch="شمارهٔ موتور با پرونده جور نیست")
        province.take(case, "send_to_police", province.clerk, number="۱۴۰۵/۱۰")
        province.take(case, "police_plated", soroush, new_plate=PLATE, plated_on="۱۴۰۵/۰۸/۳۰")
        assert (case.state, case.is_open) == ("issued", False)

    def test_a_worn_vehicle_goes_through_the_commission_to_the_scrap_centre(
        self, province: Province, guest: As
    ) -> None:
        case = self.reviewed(province, permit="removal")
        province.take(case, "put_on_agenda", province.clerk, item_number="۴", **LATER)
        province.take(case, "postpone", province.clerk, reason="حد نصاب نبود", session_on="۱۴۰۵/۰۹/۱۷")
        province.take(case, "record_minutes", province.clerk, **HELD)
        province.take(case, "approve", province.director, permit_number="۴۸/۴")
        province.take(case, "send_to_scrap", province.clerk, centre="مرکز اسقاط تبریز")
        assert case.turn == "applicant"
        province.take(case, "report_scrap", guest(case))
        province.take(case, "return_scrap", province.clerk, item="مهر مرکز خوانا نیست")
        province.take(case, "report_scrap", guest(case))
        province.take(case, "remove", province.clerk, number="۹۱")
        assert case.state == "issued"

    @pytest.mark.parametrize(
        ("permit", "deal"), [("commission", "purchase"), ("commission", "sale"), ("commission", "transfer")]
    )
    def test_the_commission_permits_a_deal(self, province: Province, permit: str, deal: str) -> None:
        case = self.reviewed(province, permit=permit, deal=deal)
        province.take(case, "put_on_agenda", province.clerk, item_number="۱", **LATER)
        province.take(case, "record_minutes", province.clerk, **HELD)
        province.take(case, "approve", province.head, permit_number="۴۸/۱")
        province.take(case, "issue", province.clerk, number="۱۰۲")
        assert case.state == "issued"

    def test_a_conditional_approval_becomes_one_when_the_condition_is_met(
        self, province: Province, guest: As
    ) -> None:
        case = self.reviewed(province, permit="sale_deed")
        province.take(case, "propose", province.clerk, opinion="با یک شرط موافقت می‌شود.")
        province.take(case, "approve_conditionally", province.head, condition="ابطال کارت سوخت در سامانه")
        assert (case.turn, case.was_in_time) == ("applicant", True)
        province.take(case, "fulfil", guest(case), note="کارت باطل شد.")
        province.take(case, "reject_fulfilment", province.clerk, item="رسید ابطال نیست")
        province.take(case, "fulfil", guest(case), note="رسید پیوست شد.")
        province.take(case, "accept_fulfilment", province.clerk)
        province.take(case, "issue", province.clerk, number="۷۷")
        assert case.state == "issued"

    def test_each_permit_has_its_own_way(self, province: Province) -> None:
        plate = self.reviewed(province, permit="plate")
        with pytest.raises(NotYours):
            province.take(plate, "put_on_agenda", province.clerk, item_number="۱", **LATER)
        commission = self.reviewed(province, permit="commission")
        with pytest.raises(NotYours):
            province.take(commission, "propose", province.clerk, opinion="بی جلسه موافقت شود.")

    def test_a_return_stops_the_clock_and_names_what_is_missing(self, province: Province, guest: As) -> None:
        case = self.reviewed(province, permit="plate")
        promised = case.due_at
        with pytest.raises(FormRefused):
            case.take("return", by=province.clerk, at=SATURDAY)
        province.take(case, "return", province.clerk, item="تأیید تأمین اعتبار")
        assert (case.due_at, case.turn) == (None, "applicant")
        province.take(case, "supply", guest(case), at=SATURDAY + timedelta(days=1), note="پیوست شد.")
        assert promised is not None
        assert case.due_at == promised + timedelta(days=1)
        province.take(case, "propose", province.clerk, opinion="اکنون کامل است و موافقت می‌شود.")
        late = SATURDAY + timedelta(days=60)
        province.take(
            case, "refuse", province.head, at=late, reason="خودرو مشمول مادهٔ ۳۰ است و مجوز خرید ندارد."
        )
        assert (case.state, case.was_in_time) == ("refused", False)

    def test_each_permit_has_its_own_promise(self, province: Province) -> None:
        within = {
            permit: self.reviewed(province, permit=permit).target.within
            for permit in ("plate", "ownership", "removal", "commission", "sale_deed")
        }
        assert within == {"plate": 5, "ownership": 10, "removal": 10, "commission": 12, "sale_deed": 3}

    def test_the_letters_day_is_not_to_come(self, province: Province) -> None:
        with pytest.raises(FormRefused) as refusal:
            province.file("government-vehicles", letter_date="۱۴۰۵/۰۹/۰۱")
        assert {name: error.code for name, error in refusal.value.errors.items()} == {
            "letter_date": "not-yet"
        }
