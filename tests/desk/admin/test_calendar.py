"""Sara keeps the calendar: the week, holidays, closures; what is announced after the fact takes two officers."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.people.models import Role, User
from mizban.office.calendar.current import calendar_of
from mizban.office.calendar.models import Calendar, Closure, ClosureProposal, Holiday, Sweep
from mizban.office.calendar.seeding import seed
from mizban.office.staffing import passwords
from tests.conftest import PASSWORD, SATURDAY, make_agency, make_member, signed_in
from tests.desk.conftest import NOON, text_of

from .conftest import ADMIN, person_url

CLOSURES, HOLIDAYS, WEEK = (f"{ADMIN}calendar/{page}/" for page in ("closures", "holidays", "week"))
PROVINCE = "/desk/{}/admin/calendar/province/"
# Today is Saturday, 30 Aban; it is noon in Tehran.
AHEAD = {"on": "۱۴۰۵/۰۹/۰۴", "reason": "آلودگی هوا", "letter_number": "۱۲/۳۴"}
GONE = {"on": "۱۴۰۵/۰۸/۲۷", "reason": "برف سنگین"}
DAYS = ("sat", "sun", "mon", "tue", "wed")
TODAY = date(2026, 11, 21)


@pytest.fixture
def calendar(agency: Agency) -> Calendar:
    return Calendar.objects.get(agency=agency)


@pytest.fixture
def eid(calendar: Calendar) -> Holiday:
    """A lunar day three weeks ahead that nobody has confirmed."""
    return Holiday.objects.create(
        calendar=calendar, on=TODAY + timedelta(21), name="عید", source=Holiday.Source.ESTIMATED
    )


def off(agency: Agency, day: date) -> bool:
    return not calendar_of(agency.pk).is_working_day(day)


def test_a_closure_ahead_counts_at_once_and_the_deadlines_move(
    sara_client: Client, sara: User, agency: Agency, case: Case
) -> None:
    said = sara_client.post(CLOSURES, AHEAD)
    assert said["Location"].endswith("?done=announced")
    closure = Closure.objects.get()
    assert (closure.author_name, closure.letter_number) == ("سارا قنبری", "12/34")
    assert off(agency, date(2026, 11, 25))
    assert Sweep.objects.of(agency.pk).count() == 1
    page = sara_client.get(f"{ADMIN}calendar/")
    assert "موعدها از نو حساب می‌شود" in text_of(page)
    assert "۴ چهارشنبه آلودگی هوا (همهٔ روز)" in text_of(page)
    assert page["Refresh"] == "3"


def test_some_hours_of_some_days(sara_client: Client, sara: User, agency: Agency) -> None:
    sara_client.post(CLOSURES, AHEAD | {"until_on": "۱۴۰۵/۰۹/۰۷", "from_time": "۱۲", "until_time": "۱۵:۳۰"})
    assert [each.on.day for each in Closure.objects.all()] == [25, 26, 27, 28]
    assert calendar_of(agency.pk).is_working_day(date(2026, 11, 25))


def test_closures_that_overlap_are_merged_and_said_so(
    sara_client: Client, sara: User, agency: Agency
) -> None:
    sara_client.post(CLOSURES, AHEAD | {"from_time": "۱۰", "until_time": "۱۲"})
    again = sara_client.post(CLOSURES, AHEAD | {"from_time": "۱۱", "until_time": "۱۳"}, follow=True)
    assert "هم‌پوشانی دارد" in text_of(again)
    assert "هم‌پوشان؛ یک بار شمرده می‌شود" in text_of(again)


def test_after_the_fact_a_second_officer_confirms(
    sara_client: Client, sara: User, omid_client: Client, agency: Agency, case: Case
) -> None:
    assert sara_client.post(CLOSURES, GONE)["Location"].endswith("?done=proposed")
    assert not off(agency, date(2026, 11, 18))
    address = f"{CLOSURES}{ClosureProposal.objects.get().pk}/"
    assert "کس دیگری تأیید می‌کند" in text_of(sara_client.post(address, {"act": "confirm"}))
    assert "سارا قنبری" in text_of(omid_client.get(address))
    assert omid_client.post(address, {"act": "confirm"}).status_code == 303
    assert off(agency, date(2026, 11, 18))
    assert Closure.objects.get().second_officer_name == "امید صادقی"
    assert Sweep.objects.of(agency.pk).count() == 1
    assert omid_client.post(address, {"act": "confirm"}).status_code == 404, "decided once"


def test_a_puppet_of_the_first_officer_is_no_second(
    sara_client: Client, sara: User, omid_client: Client, agency: Agency
) -> None:
    sara_client.post(CLOSURES, GONE)
    omid = User.objects.get(username="omid")
    address = f"{CLOSURES}{ClosureProposal.objects.get().pk}/"
    sara_client.post(f"{person_url(omid)}password/", {"checked": "yes"})
    omid.refresh_from_db()
    passwords.choose(omid, PASSWORD)
    puppet = signed_in(omid)
    assert "همکار دیگری آن را تأیید کند" in text_of(puppet.post(address, {"act": "confirm"}))
    assert not off(agency, date(2026, 11, 18))
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        ClosureProposal.objects.update(proposed_at=NOON + timedelta(days=8))
        assert signed_in(omid).post(address, {"act": "confirm"}).status_code == 303, (
            "the account is omid's own"
        )


def test_a_director_decides_and_does_not_announce(sara_client: Client, sara: User, agency: Agency) -> None:
    sara_client.post(CLOSURES, GONE)
    karim = signed_in(make_member(agency, "karim", "کریم مرادی", Role.DIRECTOR))
    assert "برف سنگین" in text_of(karim.get(CLOSURES))
    assert karim.post(CLOSURES, AHEAD).status_code == 403
    assert karim.post(f"{CLOSURES}{ClosureProposal.objects.get().pk}/", {"act": "reject"}).status_code == 303
    assert not Closure.objects.exists()


def test_an_hour_that_is_over_today_is_after_the_fact_and_one_to_come_is_not(
    sara_client: Client, sara: User
) -> None:
    today = {"on": "۱۴۰۵/۰۸/۳۰", "reason": "قطع برق"}
    assert sara_client.post(CLOSURES, today | {"from_time": "۱۴"})["Location"].endswith("?done=announced")
    assert sara_client.post(CLOSURES, today)["Location"].endswith("?done=proposed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": "1405/13/01"},
        {"from_time": "۲۵"},
        {"from_time": "۱۲", "until_time": "۱۰"},
        {"until_on": "۱۴۰۵/۰۹/۰۱"},
        {"until_on": "۱۴۰۶/۰۹/۰۱"},
        {"on": "۱۵۰۱/۱۲/۰۱"},
        {"reason": ""},
    ],
)
def test_a_closure_that_cannot_be_is_refused(sara_client: Client, sara: User, wrong: dict[str, str]) -> None:
    refused = sara_client.post(CLOSURES, AHEAD | wrong)
    assert refused.status_code == 422
    assert "۱۲/۳۴" in refused.content.decode(), "what was typed is kept"
    assert not Closure.objects.exists()


def week(**changes: Any) -> dict[str, str]:
    hours = {f"week--{day}": "۷:۳۰ تا ۱۲ و ۱۳ تا ۱۵" for day in DAYS}
    return hours | {"act": "week", "week--thursday_works": "no", "week--from_on": "۱۴۰۵/۰۹/۱۴"} | changes


def test_several_shifts_from_a_day_on_and_before_it_as_it_was(
    sara_client: Client, sara: User, agency: Agency
) -> None:
    assert sara_client.post(WEEK, week()).status_code == 303
    calendar = calendar_of(agency.pk)
    assert calendar.working_minutes_between(SATURDAY, SATURDAY + timedelta(hours=24)) == 450
    from_at = SATURDAY + timedelta(days=14)
    assert (
        calendar.working_minutes_between(from_at - timedelta(hours=5), from_at + timedelta(hours=12)) == 390
    )
    page = sara_client.get(WEEK).content.decode()
    assert "۷:۳۰ تا ۱۲:۰۰ و ۱۳:۰۰ تا ۱۵:۰۰" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({f"week--{day}": "" for day in DAYS}, "دست‌کم یک نوبت کاری"),
        ({"week--sat": "صبح تا شب"}, "چنین بنویسید"),
        ({"week--sat": "۸ تا ۱۲ و ۱۱ تا ۱۴"}, "درست نیست"),
        ({"week--from_on": "۱۴۰۵/۰۸/۳۰"}, "از فردا به بعد"),
        ({"week--from_on": ""}, "«از چه روزی؟»"),
    ],
)
def test_a_week_that_cannot_be_is_refused(
    sara_client: Client, sara: User, calendar: Calendar, changes: dict[str, str], said: str
) -> None:
    refused = sara_client.post(WEEK, week(**changes))
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert Calendar.objects.get().version == calendar.version


def test_ramadan_has_its_own_hours(sara_client: Client, sara: User, agency: Agency) -> None:
    season = {f"season--{day}": "۹ تا ۱۴" for day in DAYS}
    season |= {"act": "season", "season--name": "ماه رمضان"}
    season |= {"season--from_on": "۱۴۰۵/۱۱/۲۰", "season--until_on": "۱۴۰۵/۱۲/۱۹"}
    assert sara_client.post(WEEK, season).status_code == 303
    assert "ماه رمضان" in text_of(sara_client.get(WEEK))
    row = Calendar.objects.get().seasons.get()
    assert sara_client.post(f"{ADMIN}calendar/seasons/{row.pk}/").status_code == 303
    assert not Calendar.objects.get().seasons.exists()


def test_a_lunar_day_is_confirmed_or_moved_or_dropped(
    sara_client: Client, sara: User, agency: Agency, eid: Holiday
) -> None:
    address, version = f"{HOLIDAYS}{eid.pk}/", Calendar.objects.get().version
    assert sara_client.post(address, {"act": "confirm"}).status_code == 303
    assert Calendar.objects.get().version == version, "no date changed"
    assert sara_client.post(address, {"act": "move", "move--on": "۱۴۰۵/۰۹/۲۲"}).status_code == 303
    assert (off(agency, eid.on), off(agency, eid.on + timedelta(1))) == (False, True)
    moved = Holiday.objects.get(on=eid.on + timedelta(1))
    assert sara_client.post(f"{HOLIDAYS}{moved.pk}/", {"act": "drop"}).status_code == 303
    assert not off(agency, moved.on)
    assert sara_client.get(address).status_code == 404, "it is no holiday any more"


def test_what_has_passed_stays(sara_client: Client, sara: User, agency: Agency, calendar: Calendar) -> None:
    seed(calendar, today=TODAY, at=NOON)
    gone = calendar.holidays.filter(on__lt=TODAY).last()
    assert gone is not None
    assert "از فردا به بعد" in text_of(sara_client.post(f"{HOLIDAYS}{gone.pk}/", {"act": "drop"}))
    entered = sara_client.post(HOLIDAYS, {"on": "۱۴۰۵/۰۸/۲۷", "name": "تعطیل"})
    assert "مسئول دومی" in text_of(entered)
    assert sara_client.post(HOLIDAYS, {"on": "۱۴۰۵/۰۹/۲۵", "name": "تعطیل"}).status_code == 303
    assert off(agency, date(2026, 12, 16))


def test_one_announcement_closes_a_province(
    agency: Agency, other_agency: Agency, sara_client: Client, sara: User, case: Case
) -> None:
    far = make_agency("far-office", "اداره‌ای در استان دیگر")
    Agency.objects.filter(pk=far.pk).update(province="یزد")
    assert sara_client.get(PROVINCE.format("markazi-roads")).status_code == 403
    governor = signed_in(make_member(other_agency, "faramarz", "فرامرز ایمانی", Role.PROVINCE_OFFICER))
    page = PROVINCE.format("other-office")
    assert governor.get("/desk/")["Location"] == page, "there is no queue to go to"
    assert "اداره کل دیگر" in text_of(governor.get(page))
    assert governor.post(page, AHEAD).status_code == 303
    day = date(2026, 11, 25)
    assert (off(agency, day), off(other_agency, day), off(far, day)) == (True, True, False)
    assert Sweep.objects.of(agency.pk).count() == 1
    assert governor.post(page, GONE)["Location"].endswith("?done=proposed")
    proposal = ClosureProposal.objects.get()
    assert sara_client.get(f"{CLOSURES}{proposal.pk}/").status_code == 404, (
        "an office does not decide for a province"
    )
    second = signed_in(make_member(agency, "azar", "آذر بیگدلی", Role.PROVINCE_OFFICER))
    assert second.post(f"{CLOSURES}{proposal.pk}/", {"act": "confirm"}).status_code == 303
    assert off(other_agency, date(2026, 11, 18))


def test_other_offices_do_not_decide(
    sara_client: Client, sara: User, other_agency: Agency, eid: Holiday
) -> None:
    sara_client.post(CLOSURES, GONE)
    other = signed_in(make_member(other_agency, "omid2", "امید دیگر", Role.SITE_OFFICER))
    there = "/desk/other-office/admin/calendar/"
    assert (
        other.post(f"{there}closures/{ClosureProposal.objects.get().pk}/", {"act": "confirm"}).status_code
        == 404
    )
    assert other.post(f"{there}holidays/{eid.pk}/", {"act": "drop"}).status_code == 404


def test_the_year_is_shown_with_every_kind_of_day(
    sara_client: Client, sara: User, calendar: Calendar, eid: Holiday
) -> None:
    sara_client.post(CLOSURES, AHEAD | {"from_time": "۱۰"})
    page = sara_client.get(f"{ADMIN}calendar/?year=1405")
    assert "۲۱ تعطیل رسمی" in text_of(page)
    assert "۴ کوتاه‌تر از روز معمول" in text_of(page)
    assert 'class="holiday unsure"' in page.content.decode()
    assert 'aria-current="date"' in page.content.decode()
    for year in ("9999", "x", "1398", "\0"):
        assert sara_client.get(f"{ADMIN}calendar/", {"year": year}).status_code == 200
