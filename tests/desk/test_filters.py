"""The queue narrowed down, and searched by words: nothing personal in an address, nobody's cases but one's own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.core.declarations.applicants import Applicant
from mizban.core.people.actors import Staff
from mizban.core.people.models import Membership, Role, User
from tests.conftest import REQUEST, SATURDAY

from .conftest import case_url, text_of
from .test_queue import QUEUE, codes_on, search

Open = Callable[..., Opened]


@pytest.fixture
def head(babak: User, babak_client: Client, also: Callable[..., Membership]) -> Client:
    """Babak as the head of the whole office."""
    also(babak, Role.HEAD)
    return babak_client


def test_each_filter_leaves_its_own(
    head: Client, open_case: Open, offering: Offering, as_babak: Staff
) -> None:
    other = offering.version.source.replace("service: service-desk", "service: other-desk")
    second = Offering.publish(offering.agency, other, at=SATURDAY)
    complaint = open_case(answers={**REQUEST, "kind": "complaint"}).case
    phoned = open_case(channel="phone").case
    roads = open_case(answers={**REQUEST, "department": "roads"}).case
    returned = open_case().case
    returned.take("return", by=as_babak, at=SATURDAY, answers={"item": "تصویر سند"})
    elsewhere = open_case().case
    Case.objects.filter(pk=elsewhere.pk).update(offering=second, version=second.version)
    found = {
        "service": ("other-desk", [elsewhere]),
        "unit": ("roads", [roads]),
        "state": ("returned", [returned]),
        "channel": ("phone", [phoned]),
        "kind": ("service-desk.complaint", [complaint]),
    }
    for name, (value, cases) in found.items():
        page = head.get(QUEUE, {name: value})
        assert codes_on(page) == [case.code for case in cases], name
        assert "همه ۱ " in text_of(page), "the tabs count what the filter leaves"
        assert f'value="{value}" selected' in page.content.decode()
    together = head.get(
        QUEUE, {"service": "service-desk", "unit": "housing", "channel": "portal", "tab": "applicant"}
    )
    assert codes_on(together) == [returned.code]


def test_filters_stay_while_pages_and_tabs_are_turned(head: Client, open_case: Open) -> None:
    for _ in range(30):
        open_case()
    open_case(answers={**REQUEST, "department": "roads"})
    page = head.get(QUEUE, {"unit": "housing"}).content.decode()
    assert "?tab=late&amp;unit=housing" in page
    assert "?tab=all&amp;unit=housing&amp;after=" in page


def test_who_works_in_one_unit_is_not_asked_which(babak_client: Client, case: Case) -> None:
    page = babak_client.get(QUEUE).content.decode()
    assert 'name="unit"' not in page
    assert 'name="state"' in page


def test_a_list_is_taken_away_as_it_is_filtered(head: Client, case: Case) -> None:
    page = head.get(QUEUE, {"unit": "housing"}).content.decode()
    form = page.split("/exports/")[-1]
    assert '<input type="hidden" name="unit" value="housing">' in form


def test_words_of_a_name_find_in_any_order_and_spelling(babak_client: Client, open_case: Open) -> None:
    maryams = open_case().case
    kavehs = open_case(
        applicant=Applicant("natural", "سید کاوه رستمی‌نیا", "0651234927", "+989141234567")
    ).case
    for typed in ("رضایی", "رضایی مریم", "مريم رضايي", "  مریم  "):
        assert search(babak_client, typed)["Location"] == case_url(maryams), typed
    for typed in ("کاوه", "نیا رستمی", "سید کاوه رستمی نیا"):
        assert search(babak_client, typed)["Location"] == case_url(kavehs), typed
    for typed in ("مریم رستمی", "مری", "کاوه۲", "م", "ه"):
        assert "پیدا نشد" in text_of(search(babak_client, typed)), typed


def test_several_of_a_name_are_listed(babak_client: Client, open_case: Open) -> None:
    cases = [open_case().case, open_case().case]
    page = search(babak_client, "مریم")
    assert sorted(codes_on(page)) == sorted(case.code for case in cases)


def test_text_that_is_not_declared_for_search_is_not_found(babak_client: Client, case: Case) -> None:
    assert "پیدا نشد" in text_of(search(babak_client, "کمیسیون"))


def test_words_keep_to_what_babak_may_see(
    babak_client: Client, sara_client: Client, sara: User, open_case: Open
) -> None:
    open_case(answers={**REQUEST, "department": "roads"})
    assert "پیدا نشد" in text_of(search(babak_client, "مریم"))
    assert "پیدا نشد" in text_of(search(sara_client, "مریم")), "an officer of the site reads no names"


def test_a_search_never_stands_in_an_address(babak_client: Client, case: Case) -> None:
    assert 'role="search" method="post"' in babak_client.get(QUEUE).content.decode()
    ignored = babak_client.get(QUEUE, {"q": "مریم"})
    assert codes_on(ignored) == [case.code]
    assert "نتیجهٔ جست‌وجو" not in text_of(ignored)


def test_what_only_a_director_can_do_waits_for_the_director(
    babak_client: Client, babak: User, open_case: Open, as_babak: Staff, also: Callable[..., Membership]
) -> None:
    mine, nobodys, colleagues = open_case().case, open_case().case, open_case().case
    mine.take("start", by=as_babak, at=SATURDAY)
    other = also(User.objects.create_user("nasrin", None, full_name="نسرین"), Role.EXPERT).user
    Case.objects.filter(pk=colleagues.pk).update(assignee=other)
    waiting: Any = codes_on(babak_client.get(f"{QUEUE}?tab=waiting"))
    assert sorted(waiting) == sorted([mine.code, nobodys.code])
