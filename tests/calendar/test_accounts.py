"""The account of a case with two returns, a referral, a holiday and a late closure adds up to its due date."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from mizban.core.cases.inhouse.referring import refer
from mizban.core.cases.models import Case, Offering
from mizban.core.people.actors import PUBLIC, SYSTEM, Guest, Staff
from mizban.lib.text import ascii_digits
from mizban.office.calendar import changes, sweeping
from mizban.office.calendar.closures import Closure
from mizban.office.calendar.models import Calendar
from mizban.office.calendar.splitting import Share
from mizban.web.accounts import accounts, parts
from mizban.web.clocks import clocks, shares_of
from tests.conftest import MARYAM, SATURDAY

from .conftest import File
from .year_1405 import at

pytestmark = pytest.mark.django_db
NOW = at(1405, 9, 20, 9)


@pytest.fixture
def told(file_errand: File, as_babak: Staff, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Maryam's errand, filed on Saturday 30 Aban at ten, and what became of it."""
    monkeypatch.setattr(sweeping, "SETTLED_AFTER", 0.0)
    case = file_errand(at(1405, 8, 30, 10))
    calendar = Calendar.objects.get(agency=case.agency)
    _take(case, "start", as_babak, at(1405, 8, 30, 12))
    _take(case, "return", as_babak, at(1405, 9, 2, 9, 15), "تصویر سند")
    _take(case, "supply", Guest(case.pk), at(1405, 9, 4, 11, 40))
    refer(case, by=as_babak, at=at(1405, 9, 7, 8), answers={"unit": "roads", "reason": "کار آن واحد است"})
    changes.enter_holiday(calendar, on=date(2026, 11, 30), name="جشن", by=SYSTEM, at=SATURDAY)
    as_expert = Staff(as_babak.user_id, as_babak.name, case.agency_id, as_babak.roles)
    _take(case, "return", as_expert, at(1405, 9, 10, 14, 20), "اصل گواهی")
    _take(case, "supply", Guest(case.pk), at(1405, 9, 11, 8, 5))
    # Announced after the fact: the office was closed on Sunday 15 Azar.
    late = at(1405, 9, 16, 9)
    changes.announce_closure(
        calendar, Closure(date(2026, 12, 6), "برف", letter_number="۷۷"), by=SYSTEM, at=late
    )
    started = sweeping.start(case.agency_id, by=SYSTEM, at=late)
    assert started is not None
    sweeping.run(started.pk, at=late)
    case.refresh_from_db()
    return case


def _take(case: Case, step: str, by: Staff | Guest, when: datetime, item: str = "") -> None:
    case.take(step, by=by, at=when, answers={"items": [item]} if item else {})


def test_ten_working_days_counted_by_hand(told: Case) -> None:
    promise = clocks(told, told.history(), with_texts=True)[0]
    counted = [step.on for step in promise.steps if step.kind == "counted"]
    # Azar 1405: 1 and 2 before the first return; 5 and 6 are Thursday and Friday, 9 the new holiday; 7 and 8 after the
    # answer of the 4th, 10 up to the second return; after the answer of the 11th: 14, 16 (15 was closed), 17, 18, 21.
    assert counted == [_day(number) for number in (1, 2, 7, 8, 10, 14, 16, 17, 18, 21)]
    assert promise.deadline.due_at == told.due_at == at(1405, 9, 21, 15)
    assert promise.steps[-1].from_at == told.due_at
    assert promise.is_exact
    off = [step.off.name for step in promise.steps if step.off and step.off.kind != "weekly"]
    assert off == ["جشن", "برف"]


def test_shares_add_up_to_a_hundred_and_are_silent_of_nothing(told: Case) -> None:
    shown = [ascii_digits(part.percent).rstrip("٪") for part in parts(told, told.history(), now=NOW)]
    assert len(shown) > 1
    assert sum(map(int, shown)) == 100
    filed = told.history()[:1]
    assert parts(told, filed, now=filed[0].at + timedelta(seconds=30)) == []


def _day(of_azar: int) -> date:
    return at(1405, 9, of_azar, 9).date()


def test_minutes_add_up_to_the_minute(told: Case) -> None:
    review = next(
        each
        for each in clocks(told, told.history(), with_texts=True)
        if each.deadline.target.name == "review"
    )
    spans = [(step.from_at, step.until_at, step.amount) for step in review.steps if step.kind == "counted"]
    hand = [
        (at(1405, 8, 30, 12), at(1405, 8, 30, 15), 180),
        (at(1405, 9, 1, 7, 30), at(1405, 9, 1, 15), 450),
        (at(1405, 9, 2, 7, 30), at(1405, 9, 2, 9, 15), 105),
        (at(1405, 9, 4, 11, 40), at(1405, 9, 4, 14, 25), 165),
    ]
    assert spans == [(begins, ends, timedelta(minutes=minutes)) for begins, ends, minutes in hand]
    assert sum(minutes for _, _, minutes in hand) == review.deadline.target.within
    assert review.deadline.due_at == at(1405, 9, 4, 14, 25)


def test_every_pause_says_what_was_asked_and_the_referral_stops_nothing(told: Case) -> None:
    promise = accounts(told, told.history(), now=NOW, with_texts=True)[0]
    said = [line.what for line in promise.lines]
    assert sum("تصویر سند" in what for what in said) == 1
    assert sum("اصل گواهی" in what for what in said) == 1
    assert "به «ادارهٔ راه‌سازی» ارجاع شد؛ ساعت نایستاد." in said
    assert "تعطیل رسمی: جشن" in said
    assert "اداره تعطیل بود: برف" in said
    assert promise.total == "روی هم ۱۰ روز کاری تا موعد شمرده می‌شود، برابر مهلت."
    silent = accounts(told, told.history(), now=NOW, with_texts=False)[0]
    assert not any("سند" in line.what or "اصل گواهی" in line.what for line in silent.lines)


def test_an_early_answer_ends_the_account_with_what_was_left(told: Case, as_babak: Staff) -> None:
    as_expert = Staff(as_babak.user_id, as_babak.name, told.agency_id, as_babak.roles)
    told.take("reply", by=as_expert, at=at(1405, 9, 17, 10))
    promise = accounts(told, told.history(), now=NOW, with_texts=True)[0]
    assert promise.lines[-1].what == "پاسخ داده شد."
    assert promise.total == "۸ روز کاری شمرده شد و ۲ روز کاری ماند؛ روی هم ۱۰ روز کاری."
    assert promise.state == "kept"


def test_a_closure_after_the_answer_changes_nothing_in_its_account(told: Case, as_babak: Staff) -> None:
    as_expert = Staff(as_babak.user_id, as_babak.name, told.agency_id, as_babak.roles)
    told.take("reply", by=as_expert, at=at(1405, 9, 22, 10))
    calendar = Calendar.objects.get(agency=told.agency)
    changes.announce_closure(calendar, Closure(_day(17), "برف"), by=SYSTEM, at=at(1405, 9, 23, 9))
    promise = accounts(told, told.history(), now=NOW, with_texts=True)[0]
    assert (promise.state, promise.note) == ("late", "")
    assert promise.lines[-2].taken == "۱ روز کاری"


def test_the_time_is_split_among_those_it_was_with(told: Case) -> None:
    found = shares_of(told, told.history(), now=at(1405, 9, 11, 8, 5))
    minutes = {share.name: share.worked / timedelta(minutes=1) for share in found}
    assert minutes == {
        # 5 h, 7.5 h and 1 h 45 min; then 3 h 20 min and half an hour on the 7th before the referral.
        "ادارهٔ مسکن": 300 + 450 + 105 + 200 + 30,
        # From 8:00 on the 7th: 7 h, 7.5 h on the 8th, 6 h 50 min on the 10th.
        "ادارهٔ راه‌سازی": 420 + 450 + 410,
        # 5 h 45 min of the 2nd, the 3rd, 4 h 10 min of the 4th; 40 minutes of the 10th and 35 of the 11th.
        "متقاضی": 345 + 450 + 250 + 40 + 35,
    }
    assert [type(share) for share in found] == [Share] * 3


class TestPages:
    def test_the_applicant_reads_it_with_code_and_password_only(self, client: Client) -> None:
        answer = client.get("/track/why/")
        assert (answer.status_code, answer["Location"]) == (302, "/track/")

    def test_the_applicant_s_page(self, errands: Offering, client: Client) -> None:
        opened = Case.open(
            errands, by=PUBLIC, applicant=MARYAM, answers={"text": "گواهی", "big": "no"}, at=SATURDAY
        )
        client.post("/track/", {"code": opened.case.code, "password": opened.password})
        page = client.get("/track/why/")
        assert page.status_code == 200
        assert "نخستین رسیدگی" in page.content.decode()
        assert opened.password not in page.content.decode()
        assert page["Cache-Control"] == "no-store"

    def test_the_desk_s_page_is_for_those_who_see_the_case(
        self, told: Case, sara_client: Client, dara_client: Client
    ) -> None:
        address = f"/desk/{told.agency.slug}/cases/{told.code}/clock/"
        assert sara_client.get(address).status_code == 200
        assert dara_client.get(address).status_code == 404
