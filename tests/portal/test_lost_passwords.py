"""A lost password: whom to ask, and the one-time code."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.admission.access import admit
from mizban.core.cases.admission.resets import issue
from mizban.core.cases.filing.opening import Opened
from mizban.core.people.actors import Guest, Staff
from mizban.core.people.models import User
from mizban.lib.codes import new_tracking_code
from tests.conftest import make_agency

from .conftest import NOON, page_of, shown_password, track, words_of


@pytest.fixture
def one_time_code(opened: Opened, as_sara: Staff) -> str:
    return issue(opened.case, by=as_sara, identifier="1367458218", at=NOON)


def test_the_page_names_whom_to_call_at_each_office(maryam: Client, sara: User) -> None:
    make_agency("quiet", "ادارهٔ بی مسئول")
    Agency.objects.create(slug="hidden", name="ادارهٔ بی درگاه", short_name="-", has_portal=False)
    page = words_of(maryam.get("/track/forgotten/"))
    for said in ("سارا قنبری", "۰۸۶-۳۲۲۳۴۴۵۵", "۸ تا ۱۴", "ادارهٔ بی مسئول", "کارت ملی"):
        assert said in page
    assert "ادارهٔ بی درگاه" not in page


def test_a_one_time_code_makes_a_new_password_shown_once(
    maryam: Client, opened: Opened, one_time_code: str
) -> None:
    typed = {"code": opened.case.code, "one_time_code": one_time_code}
    done = maryam.post("/track/reset/", typed)
    assert done.status_code == 200
    password = shown_password(done)
    assert admit(opened.case.code, password) == Guest(opened.case.pk)
    assert admit(opened.case.code, opened.password) is None
    assert maryam.get("/track/case/").status_code == 200
    again = maryam.post("/track/reset/", typed)
    assert again.status_code == 422
    assert password not in page_of(again)


def test_every_wrong_reset_gets_the_same_answer(
    maryam: Client, opened: Opened, one_time_code: str, clock: Any
) -> None:
    unknown = new_tracking_code()
    pages = [
        maryam.post("/track/reset/", typed)
        for typed in (
            {"code": opened.case.code, "one_time_code": "000000000000"},
            {"code": unknown, "one_time_code": one_time_code},
            {"code": "", "one_time_code": ""},
        )
    ]
    clock.shift(timedelta(hours=25))
    pages.append(maryam.post("/track/reset/", {"code": opened.case.code, "one_time_code": one_time_code}))
    assert {page.status_code for page in pages} == {422}
    assert all("کد یک‌بارمصرف درست نیست" in words_of(page) for page in pages)
    assert all(one_time_code not in page_of(page) for page in pages)


def test_wrong_resets_cost_the_same_queries(
    maryam: Client, opened: Opened, one_time_code: str, django_assert_num_queries: Any
) -> None:
    for code in (opened.case.code, new_tracking_code()):
        with django_assert_num_queries(6):
            maryam.post("/track/reset/", {"code": code, "one_time_code": "1"})


def test_guessing_at_resets_and_at_passwords_is_counted_together(
    opened: Opened, one_time_code: str, settings: Any
) -> None:
    settings.GUESSING = settings.GUESSING | {"per_pair": 2}
    guesser = Client(REMOTE_ADDR="10.0.0.9")
    track(guesser, opened, password="1")
    wrong = {"code": opened.case.code, "one_time_code": "1"}
    assert [guesser.post("/track/reset/", wrong).status_code for _ in range(2)] == [422, 429]
    assert track(guesser, opened).status_code == 429
