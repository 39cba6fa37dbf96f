"""The queue: what is due first stands first, every shelf has its count, and a search finds without telling."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.declarations.applicants import Applicant
from mizban.core.people.actors import Staff
from mizban.core.people.models import Deputyship, Role, User
from mizban.kit.filters import fa
from tests.conftest import REQUEST, SATURDAY, make_member

from .conftest import NOON, case_url, text_of

QUEUE = "/desk/markazi-roads/"
DAY = timedelta(days=1)
Open = Callable[..., Opened]


def codes_on(page: Any) -> list[str]:
    """The codes of the rows, in order."""
    content = page.content.decode()
    return [part.split("/")[0] for part in content.split("/desk/markazi-roads/cases/")[1:]]


def test_what_is_due_first_stands_first(babak_client: Client, open_case: Open, as_babak: Staff) -> None:
    today, later, late = (open_case(at=SATURDAY - timedelta(days=ago)).case for ago in (11, 3, 40))
    returned, answered = open_case(at=SATURDAY - 2 * DAY).case, open_case(at=SATURDAY - 60 * DAY).case
    returned.take("return", by=as_babak, at=SATURDAY, answers={"item": "تصویر سند"})
    answered.take("reply", by=as_babak, at=SATURDAY, answers={"reply": "پروانه صادر شد."})
    page = babak_client.get(QUEUE)
    assert codes_on(page) == [case.code for case in (late, today, later, returned, answered)]
    assert page.content.decode().count('<tr data-s="late">') == 1
    assert "مریم رضایی" in text_of(page)


def test_returning_a_late_case_does_not_hide_that_it_is_late(
    babak_client: Client, open_case: Open, as_babak: Staff
) -> None:
    today, late = open_case(at=SATURDAY - 11 * DAY).case, open_case(at=SATURDAY - 50 * DAY).case
    late.take("return", by=as_babak, at=SATURDAY, answers={"item": "تصویر سند"})
    page = babak_client.get(QUEUE)
    assert codes_on(page) == [case.code for case in (late, today)]
    assert page.content.decode().count('<tr data-s="late">') == 1


def test_each_tab_counts_and_shows_its_own(babak_client: Client, open_case: Open, as_babak: Staff) -> None:
    late, today = open_case(at=SATURDAY - 40 * DAY).case, open_case().case
    Case.objects.filter(pk=today.pk).update(due_at=NOON + timedelta(hours=1))
    mine, returned, answered = open_case().case, open_case().case, open_case().case
    mine.take("start", by=as_babak, at=SATURDAY)
    returned.take("return", by=as_babak, at=SATURDAY, answers={"item": "تصویر سند"})
    answered.take("reply", by=as_babak, at=SATURDAY, answers={"reply": "پروانه صادر شد."})
    page = text_of(babak_client.get(QUEUE))
    for tab in (
        "همه ۵",
        "منتظر من ۳",
        "پرونده‌های من ۳",
        "واحد من ۵",
        "گذشته از مهلت ۱",
        "مهلت نزدیک ۱",
        "نزد متقاضی ۱",
        "پاسخ‌داده ۱",
        "بسته",
    ):
        assert tab in page
    shown = {
        tab: codes_on(babak_client.get(f"{QUEUE}?tab={tab}"))
        for tab in ("late", "soon", "applicant", "answered", "closed")
    }
    assert shown == {
        "late": [late.code],
        "soon": [today.code],
        "applicant": [returned.code],
        "answered": [answered.code],
        "closed": [],
    }
    assert "نزد دستگاه‌های دیگر" not in page


def test_babak_sees_whose_turn_it_is(babak_client: Client, open_case: Open, as_babak: Staff) -> None:
    open_case()
    assert "بی‌صاحب" in text_of(babak_client.get(QUEUE))
    open_case().case.take("start", by=as_babak, at=SATURDAY)
    assert "<strong>شما</strong>" in babak_client.get(QUEUE).content.decode()


def test_babak_sees_his_unit_only(babak_client: Client, open_case: Open) -> None:
    open_case(answers={**REQUEST, "department": "roads"})
    assert codes_on(babak_client.get(QUEUE)) == []
    assert "امروز کاری در صف شما نیست" in text_of(babak_client.get(QUEUE))


def test_what_babak_has_of_another_unit_stands_among_his_own_units_cases_and_each_once(
    babak_client: Client, open_case: Open, babak: User
) -> None:
    first, last = (open_case(at=SATURDAY - days * DAY).case for days in (8, 2))
    between = open_case(at=SATURDAY - 5 * DAY, answers={**REQUEST, "department": "roads"}).case
    Case.objects.filter(pk__in=[first.pk, between.pk]).update(assignee=babak)
    assert codes_on(babak_client.get(QUEUE)) == [first.code, between.code, last.code]
    assert "پروندهٔ ۲ از ۳" in text_of(babak_client.get(case_url(between)))


@pytest.mark.parametrize("colleagues", [("armin",), ("zahra", "kian", "nima")])
def test_a_deputys_own_cases_are_counted_apart_from_those_of_the_colleagues_stood_in_for(
    babak_client: Client, open_case: Open, agency: Agency, babak: User, colleagues: tuple[str, ...]
) -> None:
    Case.objects.filter(pk=open_case().case.pk).update(assignee=babak)
    for name in colleagues:
        away = make_member(agency, name, name, Role.EXPERT, "roads")
        span = {"from_at": SATURDAY - DAY, "until_at": SATURDAY + DAY}
        Deputyship.objects.create(agency=agency, person=away, deputy=babak, **span)
        for _ in range(2):
            Case.objects.filter(pk=open_case().case.pk).update(assignee=away)
    page = text_of(babak_client.get(QUEUE))
    assert f"همه {fa(1 + 2 * len(colleagues))} " in page
    assert "پرونده‌های من ۱ " in page


def turn(page: Any, way: str) -> str:
    """Where the page before or after this one is; an empty text where there is none."""
    found = re.search(rf'<a href="([^"]+)" rel="{way}"', page.content.decode())
    return html.unescape(found[1]) if found else ""


def test_a_long_queue_is_turned_page_by_page(babak_client: Client, open_case: Open) -> None:
    codes = [open_case(at=SATURDAY + timedelta(minutes=minutes)).case.code for minutes in range(52)]
    first = babak_client.get(QUEUE)
    second = babak_client.get(turn(first, "next"))
    third = babak_client.get(turn(second, "next"))
    assert codes_on(first) + codes_on(second) + codes_on(third) == codes
    assert [len(codes_on(page)) for page in (first, second, third)] == [25, 25, 2]
    assert not turn(first, "prev")
    assert not turn(third, "next")
    assert codes_on(babak_client.get(turn(third, "prev"))) == codes_on(second)
    assert codes_on(babak_client.get(turn(second, "prev"))) == codes_on(first)


def test_what_comes_meanwhile_neither_hides_nor_repeats_a_case(babak_client: Client, open_case: Open) -> None:
    codes = [open_case(at=SATURDAY + timedelta(minutes=minutes)).case.code for minutes in range(30)]
    first = babak_client.get(QUEUE)
    for minutes in range(5):
        open_case(at=SATURDAY - timedelta(days=40, minutes=minutes))
    second = babak_client.get(turn(first, "next"))
    assert codes_on(first) + codes_on(second) == codes


def test_pages_turn_through_what_has_no_due_date(
    babak_client: Client, open_case: Open, as_babak: Staff
) -> None:
    """Running, standing and answered cases on both sides of a page's end."""
    for number in range(54):
        case = open_case(at=SATURDAY - timedelta(days=number % 3)).case
        if number % 3 == 1:
            case.take("return", by=as_babak, at=SATURDAY, answers={"item": "تصویر سند"})
        elif number % 3 == 2:
            case.take("reply", by=as_babak, at=SATURDAY, answers={"reply": "پروانه صادر شد."})
    address, seen = QUEUE, list[str]()
    while address:
        page = babak_client.get(address)
        seen += codes_on(page)
        address = turn(page, "next")
    assert len(seen) == len(set(seen)) == 54


def test_more_than_a_hundred_are_not_counted(babak_client: Client, open_case: Open) -> None:
    first = open_case().case
    Case.objects.bulk_create(
        Case(
            agency=first.agency,
            offering=first.offering,
            version=first.version,
            unit=first.unit,
            code=f"{number:012}",
            password_hash=b"",
            state="filed",
            turn="office",
            filed_at=SATURDAY,
            due_at=first.due_at,
            number_of_events=1,
            head=b"",
        )
        for number in range(120)
    )
    assert "همه ۹۹+" in text_of(babak_client.get(QUEUE))


@pytest.mark.parametrize(
    "odd", ["0", "-1", "9" * 40, "9" * 18 + "." + "9" * 18, "x", "\0", "۲", "²", "1.5", "1e9", "", "."]
)
def test_odd_cursors_and_filters_are_the_beginning(babak_client: Client, case: Case, odd: str) -> None:
    for way in ("after", "before"):
        query = dict.fromkeys(("tab", "service", "unit", "state", "channel", "kind", "page"), odd) | {
            way: odd
        }
        page = babak_client.get(QUEUE, query)
        assert page.status_code == 200
        assert codes_on(page) == [case.code]


def test_an_early_cursor_shows_the_beginning(babak_client: Client, case: Case) -> None:
    assert codes_on(babak_client.get(QUEUE, {"before": "1.1"})) == [case.code]
    assert codes_on(babak_client.get(QUEUE, {"after": "253402300799999999.1"})) == [case.code]


@pytest.mark.django_db(transaction=True)
def test_ten_more_rows_ask_no_more_queries(
    babak_client: Client, open_case: Open, as_babak: Staff, django_assert_num_queries: Any
) -> None:
    open_case()
    babak_client.get(QUEUE)
    with CaptureQueriesContext(connection) as few:
        babak_client.get(QUEUE)
    asked = len(few)
    assert 0 < asked <= 9
    for _ in range(8):
        open_case()
    open_case(at=SATURDAY - 90 * DAY).case.take(
        "return", by=as_babak, at=SATURDAY, answers={"item": "تصویر سند"}
    )
    open_case(at=SATURDAY - 60 * DAY).case.take(
        "reply", by=as_babak, at=SATURDAY, answers={"reply": "پروانه صادر شد."}
    )
    # What happened is counted anew once.
    babak_client.get(QUEUE)
    with django_assert_num_queries(asked):
        assert len(codes_on(babak_client.get(QUEUE))) == 11


def search(client: Client, typed: str) -> Any:
    return client.post(QUEUE, {"q": typed})


def test_a_code_in_any_dress_opens_its_case(babak_client: Client, case: Case) -> None:
    for typed in (case.code, fa(case.code), f"  {case.code[:4]} {case.code[4:8]}-{case.code[8:]} "):
        assert search(babak_client, typed)["Location"] == case_url(case)


def test_an_identifier_finds_what_its_owner_filed(babak_client: Client, open_case: Open) -> None:
    cases = [open_case().case, open_case().case]
    open_case(applicant=Applicant("natural", "کاوه", "0651234927", "+989141234567"))
    page = search(babak_client, "۱۳۶۷-۴۵۸۲۱۸")
    assert sorted(codes_on(page)) == sorted(case.code for case in cases)
    assert "نتیجهٔ جست‌وجو" in text_of(page)


def test_a_search_keeps_to_what_babak_may_see(babak_client: Client, open_case: Open) -> None:
    elsewhere = open_case(answers={**REQUEST, "department": "roads"}).case
    for typed in (elsewhere.code, "1367458218"):
        assert "پیدا نشد" in text_of(search(babak_client, typed))


@pytest.mark.parametrize(
    "typed", ["", " ", "\0", "کیومرث", "۰۹۱۴۱۲۳۴۵۶۷", "9" * 5000, "' or 1=1 --", "<b>", "%F0"]
)
def test_whatever_is_typed_is_answered(babak_client: Client, case: Case, typed: str) -> None:
    page = search(babak_client, typed)
    assert page.status_code == 200
    assert "پیدا نشد" in text_of(page)
    assert "<b>" not in page.content.decode()


def test_a_site_officer_finds_no_person(sara_client: Client, sara: User, case: Case) -> None:
    assert search(sara_client, "1367458218").status_code == 200
    assert search(sara_client, case.code)["Location"] == case_url(case)
    assert "مریم" not in text_of(sara_client.get(QUEUE))


def test_the_clock_of_the_office_stands_beside_the_heading(babak_client: Client, offering: Any) -> None:
    assert "شنبه ۳۰ آبان ۱۴۰۵" in text_of(babak_client.get(QUEUE))
    assert "تا پایان وقت اداری ۳ ساعت" in text_of(babak_client.get(QUEUE))
