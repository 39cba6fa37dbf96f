"""A year of the demo at one office: cases that could have happened, and copies nothing can tell from them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mizban.config.demo.bulk import code_of, load_many, password_of
from mizban.config.demo.cases import load_cases
from mizban.core.agencies.models import Agency
from mizban.core.cases.admission.access import admit
from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.clocks.deadlines import times
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, CaseFile, Offering, Party
from mizban.core.cases.papers import files
from mizban.core.cases.writing import opened
from mizban.core.events.chain import chain_start
from mizban.core.people.models import Role
from mizban.lib.codes import is_tracking_code
from mizban.office.calendar.current import calendar_of
from tests.conftest import SATURDAY, SERVICE_DESK, make_agency, make_member
from tests.standing import standing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MANY = 40


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Agency]:
    """A year at Maryam's office."""
    with standing(django_db_blocker):
        agency = make_agency("markazi-roads", "اداره کل راه و شهرسازی استان مرکزی")
        make_member(agency, "babak", "بابک امینی", Role.EXPERT, "housing")
        make_member(agency, "yaser", "یاسر عباسی", Role.HEAD)
        make_member(agency, "laleh", "لاله فرهمند", Role.DIRECTOR)
        Offering.publish(agency, SERVICE_DESK.read_text("utf-8"), at=SATURDAY)
        assert load_cases(at=SATURDAY, an_office=MANY) == MANY
        yield agency


@pytest.fixture
def year(office: Agency) -> list[Case]:
    return list(Case.objects.select_related("version", "unit").order_by("id"))


@pytest.fixture
def offering(office: Agency) -> Offering:
    return Offering.objects.get(agency=office)


def test_a_case_stands_in_every_state(year: list[Case]) -> None:
    assert {case.state for case in year} == set(year[0].declaration.states)


def test_they_were_filed_over_a_year_one_after_the_other(year: list[Case]) -> None:
    filed = [case.filed_at for case in year]
    assert filed == sorted(filed)
    assert SATURDAY - 366 * DAY < filed[0] < SATURDAY - 200 * DAY
    assert filed[-1] < SATURDAY


def test_whatever_was_done_was_done_in_office_hours_and_before_now(year: list[Case], office: Agency) -> None:
    calendar = calendar_of(office.pk)
    # What the clock says falls due when an office closes.
    moments = [event.at for case in year for event in case.events if event.actor_kind != "system"]
    assert len(moments) > 2 * MANY
    for at in moments:
        assert at < SATURDAY
        assert calendar.opening(at) == at


def test_most_answers_came_in_time_and_some_did_not(year: list[Case]) -> None:
    verdicts = [case.was_in_time for case in year if case.was_in_time is not None]
    assert verdicts.count(True) > 2 * verdicts.count(False) > 0


def test_people_wrote_real_sentences_and_were_answered(year: list[Case]) -> None:
    texts = {opened(case.history()[0], case.key)["answers"]["text"] for case in year}
    assert len(texts) > 5
    assert all(len(text) > 60 for text in texts)
    replies = [event for case in year for event in case.events if event.facts.get("step") == "reply"]
    assert replies
    assert {event.actor_kind for case in year for event in case.events} == {
        *("public", "guest", "staff"),
        "system",
    }


def test_their_papers_open_as_what_they_are(year: list[Case]) -> None:
    papers = list(CaseFile.objects.select_related("case"))
    assert papers
    assert not CaseFile.objects.filter(case=None).exists()
    for paper in papers:
        assert files.media_type_of(files.content_of(paper)) == paper.media_type
        assert files.name_of(paper).endswith((".pdf", ".png"))


def test_a_second_run_adds_nothing(year: list[Case]) -> None:
    assert load_cases(at=SATURDAY, an_office=MANY) == 0
    assert load_cases(at=SATURDAY + DAY, an_office=MANY) == 0
    assert Case.objects.count() == MANY


@pytest.fixture
def load(year: list[Case]) -> list[Case]:
    """Copies of the year, for load tests."""
    assert load_many(60) == 60
    return [Case.objects.select_related("version").get(code=code_of(number)) for number in range(60)]


def test_a_copy_is_followed_like_any_case(load: list[Case], client: Client) -> None:
    for case in load[::7]:
        assert is_tracking_code(case.code)
        guest = admit(case.code, password_of(case.code))
        assert guest is not None
        assert guest.case_id == case.pk
        assert admit(case.code, "000000000000") is None
    page = client.post("/track/", {"code": load[0].code, "password": password_of(load[0].code)})
    assert page.status_code == 200
    assert load[0].title in page.content.decode()


def test_a_copys_events_are_its_own_chain(load: list[Case]) -> None:
    for case in load:
        previous = chain_start(f"case {case.code}")
        events = case.history()
        assert [event.number for event in events] == list(range(1, case.number_of_events + 1))
        for event in events:
            assert bytes(event.hash) == event.chained_to(previous)
            assert event.actor_kind != "guest" or event.actor_id == case.pk
            previous = bytes(event.hash)
        assert previous == bytes(case.head)


def test_a_copy_is_read_with_its_own_key(load: list[Case]) -> None:
    for case in load:
        assert len(Party.who_applied(case).reveal(case.key).name) > 3
        assert len(opened(case.history()[0], case.key)["answers"]["text"]) > 60


def test_a_copys_due_date_is_the_calendars(load: list[Case]) -> None:
    for case in load:
        counted = times(case.declaration, case.plain, case.history(), clock_of(case.agency_id))
        assert case.due_at == counted.due_at


def test_the_load_grows_and_is_not_doubled(load: list[Case], open_case: Callable[..., Opened]) -> None:
    assert load_many(60) == 0
    assert load_many(70) == 10
    assert Case.objects.count() == MANY + 70
    # The next ids are free: somebody files while and after the load.
    assert open_case().case.pk > load[-1].pk


def test_broken_promises_were_apologised_for_when_they_fell_due(year: list[Case]) -> None:
    told = {
        (event.kind, case.pk): event
        for case in year
        for event in case.events
        if event.facts.get("target", case.target.name) == case.target.name
    }
    sorry = [(case, told["breached", case.pk]) for case in year if ("apologised", case.pk) in told]
    assert sorry
    for case, breach in sorry:
        assert case.due_at is not None
        assert breach.at - case.due_at < timedelta(seconds=1)
        assert told["apologised", case.pk].at == breach.at
        moments = [event.at for event in case.events]
        assert moments == sorted(moments)
