"""A deed is sent: a copy by default, the original as an exception that comes back; ministry and owner are heard."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mizban.core.cases.models import Case
from mizban.core.cases.sight.parties import PartyMissing
from mizban.core.cases.steps.permitting import NotAsked
from mizban.core.people.actors import Guest
from mizban.core.refusals import FormRefused, NotYours
from mizban.services.deed_dispatch.rules import electronic_id, recipient
from tests.conftest import SATURDAY

from .conftest import Province

As = Callable[[Case], Guest]
ASKED: dict[str, Any] = {"asked": "ارسال سند پلاک ۱۶۱۷ فرعی از ۷۲ اصلی"}
ALLOWED: dict[str, Any] = {"reason": "دادگاه اصل سند را خواسته است", "due_back": "۱۴۰۵/۰۹/۲۰"}


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("", True),
        ("140220315001004512", True),
        ("1402 2031 5001 0045 12", True),
        ("14022031500100451", False),
    ],
)
def test_a_single_sheet_has_an_id_of_eighteen_digits(typed: str, right: bool) -> None:  # noqa: FBT001  # a column
    assert (electronic_id({"electronic_id": typed}) == {}) is right


def test_a_third_party_is_somebody_else() -> None:
    answers = {"recipient_id": "10380284790", "applicant_identifier": "10380284790"}
    assert recipient(answers)["recipient_id"].code == "same-agency"
    assert recipient({"applicant_identifier": "10380284790"}) == {}


@pytest.mark.django_db
class TestJourneys:
    def endorsed(self, province: Province, **changes: Any) -> Case:
        yousef = province.of("eaz-roads-transport")
        case = province.file("deed-dispatch", by=yousef, **changes).case
        province.take(case, "ask_ministry", province.clerk, **ASKED)
        return province.take(case, "ministry_endorses", province.of("mrud"), letter_number="۱/۱۲")

    def test_an_agency_gets_a_certified_copy_and_the_deed_stays(self, province: Province) -> None:
        case = self.endorsed(province)
        province.take(case, "start", province.clerk)
        with pytest.raises(NotYours):
            province.take(case, "propose_exit", province.director, **ALLOWED)
        province.take(case, "issue_copy", province.clerk, number="۳۱")
        assert (case.state, case.is_open, case.was_in_time) == ("copy_sent", False, True)

    def test_the_ministry_above_the_applicant_is_asked_and_no_other(self, province: Province) -> None:
        yousef = province.of("eaz-roads-transport")
        case = province.file("deed-dispatch", by=yousef).case
        assert not province.sees("mrud", case)
        province.take(case, "ask_ministry", province.clerk, **ASKED)
        assert (case.turn, case.due_at) == ("party", None)
        assert province.sees("mrud", case)
        assert not province.sees("mohme", case)
        with pytest.raises(NotYours):
            province.take(case, "ministry_endorses", province.of("mohme"))

    def test_an_agency_whose_ministry_is_not_here_brings_paper(self, province: Province) -> None:
        hossein = province.of("eaz-natural-resources")
        case = province.file("deed-dispatch", by=hossein).case
        with pytest.raises(PartyMissing):
            province.take(case, "ask_ministry", province.clerk, **ASKED)
        case = Case.objects.get(pk=case.pk)
        province.take(case, "record_endorsement", province.clerk, letter_number="۲۱")
        assert case.state == "endorsed"

    def test_a_third_recipient_needs_the_owners_consent(self, province: Province) -> None:
        case = self.endorsed(province, recipient="third", owner="tabriz-medical")
        with pytest.raises(NotYours):
            province.take(case, "start", province.clerk)
        assert not province.sees("tabriz-medical", case)
        province.take(case, "ask_owner", province.clerk, asked="ارسال به ادارهٔ ثبت")
        assert province.sees("tabriz-medical", case)
        with pytest.raises(NotYours):
            province.take(case, "owner_consents", province.of("eaz-treasury"), signer="کسی دیگر")
        province.take(case, "owner_consents", province.of("tabriz-medical"), signer="آرش صمدی، مدیر")
        province.take(case, "issue_copy", province.clerk, number="۳۲")
        assert case.state == "copy_sent"

    def test_an_owner_who_objects_leaves_the_decision_to_the_office(self, province: Province) -> None:
        case = self.endorsed(province, recipient="third", owner="tabriz-medical")
        province.take(case, "ask_owner", province.clerk, asked="ارسال به ادارهٔ ثبت")
        province.take(case, "owner_objects", province.of("tabriz-medical"), reason="ملک در دست واگذاری نیست.")
        province.take(case, "refuse", province.head, reason="دستگاه مالک رضایت نداد.")
        assert case.state == "refused"

    def test_the_original_goes_out_with_a_reason_and_comes_back(self, province: Province) -> None:
        yousef = province.of("eaz-roads-transport")
        case = self.endorsed(province, delivery="original")
        province.take(case, "start", province.clerk)
        with pytest.raises(NotYours):
            province.take(case, "propose_exit", province.director, **ALLOWED)
        with pytest.raises(FormRefused) as refusal:
            province.take(case, "propose_exit", province.clerk, reason="کوتاه", due_back="۱۴۰۵/۰۸/۰۱")
        assert {name: e.code for name, e in refusal.value.errors.items()} == {
            "reason": "too-short",
            "due_back": "gone-by",
        }
        province.take(case, "propose_exit", province.clerk, **ALLOWED)
        with pytest.raises(NotAsked):
            province.take(case, "approve-exit", province.director)
        province.take(case, "approve-exit", province.head)
        province.take(case, "approve-exit", province.director)
        assert case.was_in_time is True
        province.take(case, "hand_over", province.clerk, receipt_number="۷", received_by="سودابه کریمی")
        assert case.turn == "applicant"
        province.take(case, "remind", province.clerk, message="سه روز مانده است")
        province.take(case, "extend", province.head, reason="جلسه عقب افتاد", due_back="۱۴۰۵/۱۰/۰۱")
        assert case.state == "out"
        back = SATURDAY + timedelta(days=20)
        province.take(case, "give_back", yousef, at=back, given_on="۱۴۰۵/۰۹/۱۹", given_to="خانم احمدی")
        province.take(case, "not_back", province.clerk, at=back, item="سند در پاکت نبود")
        province.take(case, "give_back", yousef, at=back, given_on="۱۴۰۵/۰۹/۲۰", given_to="خانم احمدی")
        province.take(case, "store", province.clerk, at=back, stored_on="۱۴۰۵/۰۹/۲۰", condition="sound")
        assert (case.state, case.is_open) == ("in_vault", False)

    def test_a_copy_may_answer_a_wish_for_the_original(self, province: Province) -> None:
        case = self.endorsed(province, delivery="original")
        province.take(case, "start", province.clerk)
        province.take(case, "issue_copy", province.clerk, number="۸")
        assert case.state == "copy_sent"

    def test_a_guests_wish_is_returned_completed_and_answered_late(
        self, province: Province, guest: As
    ) -> None:
        case = province.file("deed-dispatch").case
        province.take(case, "confirm_letter", province.clerk, spoke_with="دبیرخانه")
        province.take(case, "ask_ministry", province.clerk, **ASKED)
        province.take(case, "ministry_objects", province.of("mrud"), reason="نامهٔ وزارت پیوست نیست.")
        province.take(case, "ask_ministry", province.clerk, **ASKED)
        province.take(case, "ministry_endorses", province.of("mrud"))
        province.take(case, "start", province.clerk)
        province.take(case, "return", province.clerk, item="شمارهٔ چاپی سند")
        assert (case.turn, case.due_at) == ("applicant", None)
        province.take(case, "supply", guest(case), note="شمارهٔ درست ۴۵۱۲۷۹ است")
        province.take(case, "issue_copy", province.clerk, at=SATURDAY + timedelta(days=9), number="۳۳")
        assert case.was_in_time is False
