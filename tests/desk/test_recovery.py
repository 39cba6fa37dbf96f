"""Maryam lost her code: Sara checks who she is and reads it to her; whoever guesses learns nothing, not for long."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.declarations.applicants import Applicant
from mizban.core.people.models import User
from mizban.lib.text import persian_digits
from tests.conftest import REQUEST

from .conftest import NOON, codes_shown, text_of

RECOVERY = "/desk/markazi-roads/recovery/"
RESETS = "/desk/markazi-roads/resets/"
RIGHT = {"name": "مریم رضایی", "identifier": "۱۳۶۷۴۵۸۲۱۸", "mobile": "۰۹۱۴۱۲۳۴۵۶۷", "checked": "yes"}
WRONG = "با این نام، شناسه و شماره پرونده‌ای در این اداره نیست."


def ask(client: Client, **changes: str) -> Any:
    return client.post(RECOVERY, RIGHT | changes)


def has_code(page: Any, case: Case) -> bool:
    return persian_digits(case.code) in text_of(page).replace(" ", "")


def test_sara_reads_the_codes_to_maryam_and_resets_a_password(
    sara_client: Client, sara: User, open_case: Callable[..., Opened]
) -> None:
    first, second = open_case().case, open_case(answers={**REQUEST, "department": "roads"}).case
    kavehs = open_case(applicant=Applicant("natural", "کاوه", "0651234927", "+989141234567")).case
    page = ask(sara_client)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert (has_code(page, first), has_code(page, second), has_code(page, kavehs)) == (True, True, False)
    reset = sara_client.post(RESETS, {"code": first.code, "identifier": "1367458218", "checked": "yes"})
    assert codes_shown(reset)[0] == first.code


def test_the_page_leads_on_to_a_reset(sara_client: Client, sara: User, case: Case) -> None:
    content = ask(sara_client).content.decode()
    assert f'action="{RESETS}"' in content
    assert f'name="code" value="{case.code}"' in content


def test_it_stands_on_the_record_of_each_case_and_maryam_reads_it(
    sara_client: Client, sara: User, client: Client, opened: Opened
) -> None:
    ask(sara_client)
    event = Case.objects.get().events.last()
    assert event is not None
    assert (event.kind, event.actor_id, event.at) == ("code-recovered", sara.pk, NOON)
    page = client.post("/track/", {"code": opened.case.code, "password": opened.password})
    assert "سارا قنبری هویت شما را بررسی کرد و کد رهگیری این پرونده را به شما گفت." in text_of(page)


@pytest.mark.parametrize("name", ["مريم رضايي", " مریم  رضایی ", "مریم‌رضایی"])
def test_a_name_in_another_spelling_is_hers(sara_client: Client, sara: User, case: Case, name: str) -> None:
    assert has_code(ask(sara_client, name=name), case)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "مریم رضازاده"},
        {"name": "مریم"},
        {"identifier": "0651234927"},
        {"identifier": "\0"},
        {"identifier": "9" * 40},
        {"mobile": "۰۹۱۲۱۲۳۴۵۶۷"},
    ],
)
def test_all_three_must_be_right_and_none_is_told(
    sara_client: Client, sara: User, case: Case, wrong: dict[str, str]
) -> None:
    refused = ask(sara_client, **wrong)
    assert refused.status_code == 422
    assert WRONG in text_of(refused)
    assert not has_code(refused, case)
    assert Case.objects.get().number_of_events == 1


def test_the_form_refuses_what_cannot_be_right(sara_client: Client, sara: User, case: Case) -> None:
    refused = ask(sara_client, name="", mobile="12", checked="")
    assert refused.status_code == 422
    assert "سه جا نیاز به اصلاح دارد" in text_of(refused)


def test_misses_are_counted_together_with_those_of_resets(
    sara_client: Client, sara: User, case: Case
) -> None:
    for _ in range(5):
        assert ask(sara_client, name="مریم رضازاده").status_code == 422
        wrong = {"code": case.code, "identifier": "0651234927", "checked": "yes"}
        assert sara_client.post(RESETS, wrong).status_code == 422
    stopped = ask(sara_client)
    assert stopped.status_code == 429
    assert not has_code(stopped, case)
    assert sara_client.post(RESETS, {**wrong, "identifier": "1367458218"}).status_code == 429


def test_recovery_is_for_site_officers(babak_client: Client, case: Case) -> None:
    assert babak_client.get(RECOVERY).status_code == 403
    assert ask(babak_client).status_code == 403


def test_an_erased_case_is_recovered_by_nobody(sara_client: Client, sara: User, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(wrapped_key=None)
    assert ask(sara_client).status_code == 422


def test_cases_of_another_agency_are_not_told(
    sara_client: Client, sara: User, case: Case, other_agency: Any
) -> None:
    case.parties.create(role="ministry", kind="agency", agency=case.agency)
    Case.objects.filter(pk=case.pk).update(agency=other_agency)
    assert ask(sara_client).status_code == 422, "not even where this agency is a party"
