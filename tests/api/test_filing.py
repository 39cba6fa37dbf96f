"""Filing by program: the same cases as at the portal, once per key, with everything that is wrong named."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.cases.writing import opened as opened_event
from mizban.core.people.actors import Guest
from tests.conftest import MARYAM

from .conftest import MARYAM_SENDS, UNIQUE, Program, case_of, filing, problem, tracked, wrong_fields


def test_maryams_program_files_and_gets_a_receipt(program: Program) -> None:
    filed = program.file()
    assert filed.status_code == 201
    assert set(filed.json()) == {"tracking_code", "password", "due_at", "due_on"}
    case = case_of(filed)
    assert case.parties.get().reveal(case.key) == MARYAM
    assert case.due_at is not None
    assert filed.json()["due_on"] == "1405-09-09"
    assert tracked(program, filed).json()["state"] == "filed"
    assert filed["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in filed


def test_the_agreement_that_binds_is_kept(program: Program, agency: Agency) -> None:
    from mizban.office.agreements.models import Agreement, entered
    from tests.conftest import SATURDAY

    made = Agreement.objects.create(agency=agency, number=1, title="میز خدمت", services=["service-desk"])
    reading = {"validity": {"holdover": True}, "clauses": [], "findings": []}
    version = entered(made, text="متن", text_hash="hash", reading=reading, valid_until=None, at=SATURDAY)
    assert case_of(program.file()).agreement_version == version.pk


def test_without_a_key_the_same_content_is_another_case(program: Program) -> None:
    first, second = program.file(), program.file()
    assert first.json()["tracking_code"] != second.json()["tracking_code"]


@pytest.mark.parametrize("key", ["1", UNIQUE])
def test_a_key_files_once_and_answers_the_same(program: Program, key: str) -> None:
    first = program.file(key=key)
    again = program.file(key=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert Case.objects.count() == 1


def test_the_receipt_of_a_key_stays_what_it_was(program: Program, as_babaks_program: Program) -> None:
    first = program.file(key=UNIQUE)
    code = first.json()["tracking_code"]
    as_babaks_program.post(f"desk/cases/{code}/steps/return", {"data": {"item": "تصویر پشت سند"}})
    assert case_of(first).due_at is None
    assert program.file(key=UNIQUE).json() == first.json()


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "متنی دیگر که به همان درازی است و بیست نویسه دارد."},
        {"text": "کوتاه"},
        {"nonsense": "۱"},
        {"applicant": {**MARYAM_SENDS, "name": "زهرا رضایی"}},
        {"applicant": {**MARYAM_SENDS, "national_id": "1"}},
    ],
)
@pytest.mark.parametrize("key", ["1", UNIQUE])
def test_a_key_with_other_content_is_refused(program: Program, changed: dict[str, Any], key: str) -> None:
    program.file(key=key)
    problem(program.file(key=key, **changed), 409, "already-filed")
    assert Case.objects.count() == 1


def test_a_key_used_at_one_office_is_used_at_all(program: Program, other_agency: Agency) -> None:
    from mizban.core.cases.models import Offering
    from tests.conftest import SATURDAY, SERVICE_DESK

    Offering.publish(other_agency, SERVICE_DESK.read_text("utf-8"), at=SATURDAY)
    program.file(key=UNIQUE)
    elsewhere = {**filing(), "agency": "other-office"}
    problem(program.post("cases", elsewhere, key=UNIQUE), 409, "already-filed")


def test_a_short_key_belongs_to_its_sender(program: Program) -> None:
    """Two programs that count from one do not meet; a program that moves keeps its long key."""
    elsewhere = Program(address="198.51.100.7")
    assert program.file(key="1").status_code == elsewhere.file(key="1").status_code == 201
    assert Case.objects.count() == 2
    assert program.file(key=UNIQUE).json() == elsewhere.file(key=UNIQUE).json()
    assert Case.objects.count() == 3


def test_the_receipt_is_shown_again_for_an_hour(program: Program, clock: Any) -> None:
    program.file(key=UNIQUE)
    clock.shift(timedelta(minutes=61))
    problem(program.file(key=UNIQUE), 409, "already-filed")


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 201])
def test_a_key_that_is_none_is_refused(program: Program, key: str) -> None:
    refused = program.post("cases", filing(), **{"Idempotency-Key": key})
    assert wrong_fields(refused).keys() == {"Idempotency-Key"}
    problem(refused, 422, "form-refused")


def test_everything_wrong_is_named_at_once(program: Program) -> None:
    refused = program.file(
        applicant={**MARYAM_SENDS, "national_id": "1367458217", "mobile": "12"}, text="کوتاه", nonsense=1
    )
    problem(refused, 422, "form-refused")
    assert wrong_fields(refused) == {
        "applicant.national_id": "check-digit",
        "applicant.mobile": "not-a-mobile",
        "answers.nonsense": "unknown-field",
        "answers.text": "too-short",
    }
    assert all(each["message"] for each in refused.json()["errors"])
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({**filing(), "note": "x"}, "note", "unknown-field"),
        ({**filing(), "applicant": {**MARYAM_SENDS, "age": 3}}, "applicant.age", "unknown-field"),
        ({**filing(), "applicant": {**MARYAM_SENDS, "kind": "cat"}}, "applicant.kind", "not-an-option"),
        ({**filing(), "applicant": {**MARYAM_SENDS, "kind": "agency"}}, "applicant.kind", "not-an-option"),
        (
            {**filing(), "applicant": {**MARYAM_SENDS, "legal_id": "10380284790"}},
            "applicant.legal_id",
            "unknown-field",
        ),
        ({**filing(), "applicant": {"kind": "natural"}}, "applicant.name", "required"),
        ({**filing(), "applicant": "مریم"}, "applicant", "wrong-type"),
        ({**filing(), "answers": []}, "answers", "wrong-type"),
        ({key: value for key, value in filing().items() if key != "answers"}, "answers", "required"),
        (filing(department=7), "answers.department", "not-text"),
        (filing(kind="گربه"), "answers.kind", "not-an-option"),
        (filing(text=None), "answers.text", "required"),
        (filing(text={"a": [1]}), "answers.text", "not-text"),
        (filing(kind="complaint", happened_on="2026-11-21"), "answers.happened_on", "gregorian-year"),
        (filing(papers=3), "answers.papers", "wrong-type"),
        (filing(papers=[1, 2, 3, 4, 5, 6]), "answers.papers", "too-many-files"),
        ([], "body", "wrong-type"),
    ],
)
def test_what_is_wrong_is_named(program: Program, body: Any, field: str, code: str) -> None:
    refused = program.post("cases", json.dumps(body))
    problem(refused, 422, "form-refused")
    assert (field, code) in wrong_fields(refused).items()


@pytest.mark.parametrize(
    ("office", "service"),
    [("markazi-roads", "nothing"), ("nothing", "service-desk"), ("", ""), ("\x00", "x"), ("a" * 999, "b")],
)
def test_a_service_that_is_not_offered_is_nothing(program: Program, office: str, service: str) -> None:
    problem(program.post("cases", {**filing(), "agency": office, "service": service}), 404, "not-found")


def test_an_agency_without_a_portal_takes_no_filing(program: Program, agency: Agency) -> None:
    Agency.objects.update(has_portal=False)
    problem(program.file(), 404, "not-found")
    assert program.get("services").json()["items"] == []


def test_what_is_not_asked_is_dropped(program: Program) -> None:
    case = case_of(program.file(kind="request", about="آقای الف"))
    assert "about" not in opened_event(case.events[0], case.key)["answers"]


def test_texts_are_tidied_at_the_edge(program: Program) -> None:
    filed = program.file(
        applicant={
            **MARYAM_SENDS,
            "name": "مريم رضايي",
            "national_id": "۱۳۶۷۴۵۸۲۱۸",
            "mobile": "۰۹۱۴ ۱۲۳ ۴۵۶۷",
        },
        text="كتاب‌هاي\u0000 من در اين اداره مانده است.",
    )
    case = case_of(filed)
    assert case.parties.get().reveal(case.key) == MARYAM
    assert opened_event(case.events[0], case.key)["answers"]["text"] == "کتاب‌های من در این اداره مانده است."


def test_a_case_of_a_program_is_the_guests_at_the_portal_too(program: Program) -> None:
    from django.test import Client

    receipt = program.file().json()
    typed = {"code": receipt["tracking_code"], "password": receipt["password"]}
    assert Client().post("/track/", typed).status_code == 200


def test_a_wrong_token_files_nothing(program: Program, offering: Any) -> None:
    problem(Program({"Authorization": "Bearer nonsense"}).file(), 401, "unauthenticated")
    assert not Case.objects.exists()


def test_a_cookie_is_no_authority(program: Program, babak_client: Any) -> None:
    assert babak_client.get("/desk/markazi-roads/").status_code == 200
    problem(babak_client.get("/api/v1/desk/cases"), 401, "unauthenticated")


def test_the_guest_of_a_filed_case_sees_that_case_only(program: Program) -> None:
    first, second = case_of(program.file()), case_of(program.file())
    assert list(Case.objects.visible_to(Guest(first.pk))) == [first]
    assert first != second


def test_filing_costs_no_more_with_more_cases(
    program: Program, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    program.file()
    with django_assert_max_num_queries(16):
        program.file(key=UNIQUE)
