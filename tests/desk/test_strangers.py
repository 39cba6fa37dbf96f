"""What is not for them: dara's 404 everywhere, a site officer's frame without content, and hostile requests."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from mizban.core.cases.models import Case, Offering
from mizban.core.people.models import Membership, Role, User
from tests.conftest import MARYAM_TYPES, REQUEST, signed_in

from .conftest import case_url, picture, text_of


@pytest.fixture
def answered(case: Case, babak_client: Client, press: Callable[..., Any]) -> Case:
    """Maryam's case after Babak's reply, with a paper. Who else may open what is walked in tests/test_isolation.py."""
    press(babak_client, case, "reply", reply="پروانهٔ شما صادر شد.", paper=picture())
    return case


def test_a_desk_that_is_not_there_answers_as_one_that_is_not_hers(case: Case, dara_client: Client) -> None:
    for address in ("/desk/markazi-roads/", case_url(case)):
        nowhere = dara_client.get(address.replace("markazi-roads", "nowhere"))
        hers = dara_client.get(address)
        assert (nowhere.status_code, text_of(nowhere)) == (404, text_of(hers))
        assert hers["Cache-Control"] == "no-store"


def test_a_case_of_dara_s_office_does_not_open_through_ours(
    babak_client: Client, case: Case, other_agency: Any
) -> None:
    Case.objects.filter(pk=case.pk).update(agency=other_agency)
    assert babak_client.get(case_url(case)).status_code == 404
    assert babak_client.post(f"{case_url(case)}steps/start/", {"seen": "1"}).status_code == 404


def test_a_file_opens_through_its_own_case_only(
    answered: Case, babak_client: Client, case: Case, open_case: Callable[..., Any]
) -> None:
    other = open_case().case
    assert babak_client.get(f"{case_url(other)}files/{case.files.get().pk}/").status_code == 404
    assert babak_client.get(f"{case_url(case)}files/{10**18}/").status_code == 404
    assert babak_client.get(f"{case_url(case)}files/{10**40}/").status_code == 404


def test_a_site_officer_sees_the_frame_and_no_content(
    answered: Case, sara_client: Client, case: Case
) -> None:
    page = sara_client.get(case_url(case))
    assert page.status_code == 200
    said = text_of(page)
    for frame in ("پاسخ داده شد", "ادارهٔ مسکن", "تنها برای کارشناسان و رئیسان است"):
        assert frame in said
    for content in ("مریم", "۱۳۶", "پروانه", "سند.png", "صادر شد"):
        assert content not in said
    assert "مریم" not in text_of(sara_client.post(case_url(case)))
    assert sara_client.get(f"{case_url(case)}files/{case.files.get().pk}/").status_code == 404
    assert sara_client.post(f"{case_url(case)}steps/close/", {"seen": "2"}).status_code == 403


def test_words_of_a_form_stay_out_of_a_site_officer_s_sentences(
    sara_client: Client, sara: User, babak_client: Client, case: Case, press: Callable[..., Any]
) -> None:
    press(babak_client, case, "return", item="گواهی بیماری")
    assert "گواهی بیماری" in text_of(babak_client.get(case_url(case)))
    assert "گواهی بیماری" not in text_of(sara_client.get(case_url(case)))


def test_a_site_officer_who_is_an_expert_of_a_unit_reads_that_unit_only(
    sara: User, case: Case, open_case: Callable[..., Any], also: Callable[..., Membership]
) -> None:
    also(sara, Role.EXPERT, unit=case.unit)
    elsewhere = open_case(answers={**REQUEST, "department": "roads"}).case
    client = signed_in(sara)
    assert "مریم رضایی" in text_of(client.get(case_url(case)))
    assert client.get(case_url(elsewhere)).status_code == 404


def test_who_lost_the_role_lost_the_desk(babak_client: Client, babak: User, case: Case) -> None:
    babak.memberships.all().delete()
    assert babak_client.get(case_url(case)).status_code == 404


HOSTILE = ["\0", "x" * 20_000, "<script>", "../../etc/passwd", "٪s", "{0.__class__}"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_answered(babak_client: Client, case: Case, hostile: str) -> None:
    for step in ("start", "reply", "return", "supply_for"):
        names = ("reply", "paper", "item", "explanation", "note", "paper__kept")
        data = {f"{step}-{name}": hostile for name in names} | {
            "seen": "1",
            "token": hostile,
            "remove": hostile,
        }
        for sent in (data, {name: value for name, value in data.items() if name != "remove"}):
            answer = babak_client.post(f"{case_url(case)}steps/{step}/", sent)
            assert answer.status_code in (200, 303, 409, 422), (step, answer.status_code)
            assert "<script>" not in answer.content.decode()


def test_a_broken_multipart_body_is_a_bad_request(
    babak_client: Client, offering: Offering, case: Case
) -> None:
    for address in (
        f"{case_url(case)}steps/reply/",
        "/desk/markazi-roads/new/service-desk/",
        "/desk/markazi-roads/",
    ):
        for body in (b"garbage", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n', b""):
            answer = babak_client.post(address, body, content_type="multipart/form-data; boundary=x")
            assert answer.status_code < 500
        assert babak_client.post(address, b"x", content_type="multipart/form-data").status_code == 400


def test_too_many_fields_are_a_bad_request(babak_client: Client, offering: Offering) -> None:
    many = MARYAM_TYPES | {f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)}
    assert babak_client.post("/desk/markazi-roads/new/service-desk/", many).status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "head"])
def test_no_method_breaks_a_page(babak_client: Client, case: Case, method: str) -> None:
    for address in (
        "/desk/",
        "/desk/sign-in/",
        "/desk/markazi-roads/",
        case_url(case),
        f"{case_url(case)}steps/start/",
    ):
        assert getattr(babak_client, method)(address).status_code < 500
    assert Case.objects.get(pk=case.pk).number_of_events == 1
