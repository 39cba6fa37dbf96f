"""Programs and long forms: tables by their cells, mandates by their files, other cases, names withheld."""

from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from tests.conftest import SATURDAY
from tests.portal.test_long_forms import SOURCE

from .conftest import MARYAM_SENDS, Program, case_of, problem, wrong_fields

ROWS = [{"who": "0065123492", "amount": 1200}, {"who": "1367458218", "amount": 300}]
LAWYER = {
    "kind": "lawyer",
    "name": "نسرین وکیلی",
    "national_id": "0065123492",
    "number": "۱۲۳",
    "from": "1405-01-01",
    "until": "1405-12-01",
}


@pytest.fixture
def listed(agency: Agency) -> Offering:
    return Offering.publish(agency, SOURCE, at=SATURDAY)


def send(program: Program, *, claims: Any = ROWS, **more: Any) -> Any:
    """File a list of claims; `before` is an answer, anything else stands beside the applicant."""
    answers = {"claims": claims} | ({"before": more.pop("before")} if "before" in more else {})
    body = {
        "agency": "markazi-roads",
        "service": "claims-list",
        "applicant": MARYAM_SENDS,
        "answers": answers,
    }
    return program.post("cases", body | more)


def test_a_table_is_sent_as_it_is_and_its_cells_are_named(listed: Offering) -> None:
    program = Program()
    assert send(program).status_code == 201
    wrong = send(program, claims=[*ROWS, {"who": "0065123492", "amount": "صد", "more": 1}])
    problem(wrong, 422, "form-refused")
    assert set(wrong_fields(wrong)) == {"answers.claims/2/amount", "answers.claims/2/more"}
    assert set(wrong_fields(send(program, claims=[ROWS[0], ROWS[0]]))) == {"answers.claims/1/who"}


def test_a_mandate_comes_with_its_file_and_holds_today(listed: Offering) -> None:
    program = Program()
    file = program.upload().json()["id"]
    over = send(program, representative={**LAWYER, "until": "1405-02-01", "file": file})
    assert set(wrong_fields(over)) == {"representative.until"}
    unknown = send(program, representative={**LAWYER, "file": file + 1})
    assert set(wrong_fields(unknown)) == {"representative.file"}
    case = case_of(send(program, representative={**LAWYER, "file": file}))
    mandate = case.parties.get().reveal(case.key).mandate
    assert mandate is not None
    assert (mandate.name, case.files.filter(field="applicant_mandate_file").count()) == ("نسرین وکیلی", 1)


def test_another_case_is_named_with_its_password(listed: Offering, opened: Opened) -> None:
    program, stranger = Program(), {**MARYAM_SENDS, "national_id": "0065123492"}
    code = opened.case.code
    for wrong in (
        {"code": code, "password": "0" * 12},
        {"code": "100000000008", "password": opened.password},
    ):
        refused = send(program, before=wrong, applicant=stranger)
        assert wrong_fields(refused) in ({"answers.before": "no-such-case"}, {"answers.before": "not-a-code"})
    right = send(program, before={"code": code, "password": opened.password}, applicant=stranger)
    assert right.status_code == 201


def test_who_complains_may_leave_the_name_out(program: Program) -> None:
    nameless = {"kind": "anonymous"}
    assert program.file(applicant=nameless, kind="complaint").status_code == 201
    refused = program.file(applicant=nameless, kind="request")
    assert wrong_fields(refused) == {"applicant.kind": "not-anonymous"}
    named = program.file(applicant={**nameless, "name": "مریم"}, kind="complaint")
    assert set(wrong_fields(named)) == {"applicant.name"}
    assert Case.objects.get().parties.get().kind == "anonymous"
