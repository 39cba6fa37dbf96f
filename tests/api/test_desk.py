"""The desk by program: what a token's holder sees at the desk, no more; and the same steps."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Party
from mizban.core.people.actors import Staff
from mizban.core.people.models import Membership, Role, User
from mizban.web.api import tokens
from tests.conftest import REQUEST, SATURDAY, make_agency, make_member

from .conftest import NOON, Program, case_of, problem, wrong_fields

OTHER_UNIT = REQUEST | {"department": "roads"}


def codes(response: Any) -> list[str]:
    assert response.status_code == 200, response.content.decode()
    return [row["tracking_code"] for row in response.json()["items"]]


def test_babaks_program_sees_his_units_cases(
    as_babaks_program: Program, open_case: Callable[..., Opened]
) -> None:
    ours, _ = open_case(), open_case(answers=OTHER_UNIT)
    row = as_babaks_program.get("desk/cases").json()["items"]
    assert [each["tracking_code"] for each in row] == [ours.case.code]
    assert row[0]["applicant"] == {
        "kind": "natural",
        "name": "مریم رضایی",
        "identifier": "۱۳۶•••۸۲۱۸",
        "mobile": "۰۹۱۴•••۴۵۶۷",
    }
    assert (row[0]["unit"], row[0]["assignee"], row[0]["is_late"]) == ("housing", None, False)


def test_a_case_is_told_whole(as_babaks_program: Program, case: Case) -> None:
    told = as_babaks_program.get(f"desk/cases/{case.code}")
    assert told.status_code == 200
    answers = {answer["name"]: answer for answer in told.json()["answers"]}
    assert answers["department"]["text"] == "ادارهٔ مسکن"
    assert answers["text"]["value"] == REQUEST["text"]
    assert [step["name"] for step in told.json()["steps"]] == ["start", "reply", "return"]
    assert len(told.json()["timeline"]) == 1


def test_a_step_is_taken_as_at_the_desk(as_babaks_program: Program, case: Case) -> None:
    told = as_babaks_program.post(
        f"desk/cases/{case.code}/steps/reply", {"data": {"reply": "پروانهٔ شما آماده است."}}
    )
    assert told.status_code == 200
    assert (told.json()["state"], told.json()["clock"], told.json()["in_time"]) == ("answered", "ended", True)
    assert told.json()["timeline"][-1]["said"][0]["text"] == "پروانهٔ شما آماده است."
    assert case.events.last().actor_name == "بابک امینی"  # type: ignore[union-attr]  # it has two


def test_a_step_brings_files_of_the_same_token(as_babaks_program: Program, case: Case) -> None:
    file = as_babaks_program.upload().json()["id"]
    data = {"reply": "پروانهٔ شما پیوست است.", "paper": file}
    assert as_babaks_program.post(f"desk/cases/{case.code}/steps/reply", {"data": data}).status_code == 200
    assert case.files.count() == 1


@pytest.mark.parametrize(
    ("step", "body", "status", "code"),
    [
        ("nothing", {}, 404, "not-found"),
        ("supply", {}, 403, "not-yours"),
        ("close", {}, 409, "acted-first"),
        ("start", {"seen": 0}, 409, "acted-first"),
        ("start", {"seen": 0.0}, 409, "acted-first"),
        ("start", {"seen": 0.5}, 422, "form-refused"),
        ("reply", {"data": {"reply": "نه"}}, 422, "form-refused"),
        ("reply", {"reply": "پروانهٔ شما آماده است."}, 422, "form-refused"),
        ("reply", {"data": {"reply": "پروانهٔ شما آماده است.", "paper": 5}}, 404, "not-found"),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused(
    as_babaks_program: Program, case: Case, step: str, body: dict[str, Any], status: int, code: str
) -> None:
    problem(as_babaks_program.post(f"desk/cases/{case.code}/steps/{step}", body), status, code)
    assert case.events.count() == 1


def test_dara_sees_nothing_of_another_agency(as_daras_program: Program, case: Case) -> None:
    assert codes(as_daras_program.get("desk/cases")) == []
    problem(as_daras_program.get(f"desk/cases/{case.code}"), 404, "not-found")
    problem(as_daras_program.post(f"desk/cases/{case.code}/steps/start", {}), 404, "not-found")
    nowhere = as_daras_program.get("desk/cases/100000000000")
    assert nowhere.json() == as_daras_program.get(f"desk/cases/{case.code}").json()


def test_a_colleague_of_another_unit_sees_nothing_either(with_token: Any, agency: Agency, case: Case) -> None:
    mina = make_member(agency, "mina", "مینا شریفی", Role.EXPERT, "roads")
    problem(with_token(mina, agency).get(f"desk/cases/{case.code}"), 404, "not-found")


@pytest.mark.parametrize("code", ["1", "abc", "۱۲۳۴۵۶۷۸۹۰۱۲", "9" * 400, "%00", "1.5", "-1"])
def test_a_malformed_code_is_nothing(as_babaks_program: Program, code: str) -> None:
    problem(as_babaks_program.get(f"desk/cases/{code}"), 404, "not-found")


@pytest.mark.parametrize("path", ["desk/cases", "desk/cases/100000000000"])
def test_without_a_good_token_there_is_no_desk(program: Program, path: str) -> None:
    refused = program.get(path)
    problem(refused, 401, "unauthenticated")
    assert refused["WWW-Authenticate"].startswith("Bearer")
    for sent in ("Bearer x", "Bearer mizban_x", "Basic YTpi", "Bearer", "mizban_x", "Bearer " + "x" * 5000):
        problem(program.get(path, Authorization=sent), 401, "unauthenticated")
    problem(program.post("desk/cases/100000000000/steps/start", {}), 401, "unauthenticated")


def test_a_token_ends_with_its_holder(
    as_babaks_program: Program, babak: User, agency: Agency, case: Case
) -> None:
    assert as_babaks_program.get("desk/cases").status_code == 200
    User.objects.filter(pk=babak.pk).update(is_active=False)
    problem(as_babaks_program.get("desk/cases"), 401, "unauthenticated")
    User.objects.filter(pk=babak.pk).update(is_active=True)
    Membership.objects.all().delete()
    problem(as_babaks_program.get("desk/cases"), 401, "unauthenticated")


def test_a_revoked_token_is_none(as_babaks_program: Program, babak: User) -> None:
    assert tokens.revoke(babak, at=NOON) == 1
    problem(as_babaks_program.get("desk/cases"), 401, "unauthenticated")


def test_a_site_officer_reads_no_names_and_no_texts(
    with_token: Any, sara: User, agency: Agency, case: Case, as_babak: Staff
) -> None:
    case.take("reply", by=as_babak, at=NOON, answers={"reply": "پاسخی پنهان از دیگران"})
    program = with_token(sara, agency)
    assert program.get("desk/cases").json()["items"][0]["applicant"] is None
    told = program.get(f"desk/cases/{case.code}")
    assert (told.json()["answers"], told.json()["applicant"]) == ([], None)
    assert "پنهان" not in told.content.decode()
    assert "مریم" not in told.content.decode()


def test_a_party_sees_the_case_and_nothing_internal(
    with_token: Any, case: Case, as_babak: Staff, db: None
) -> None:
    from mizban.core.cases.inhouse.noting import note

    police = make_agency("police", "پلیس راهور استان")
    member = make_member(police, "reza", "رضا پلیس", Role.EXPERT)
    program = with_token(member, police)
    problem(program.get(f"desk/cases/{case.code}"), 404, "not-found")
    Party.objects.create(case=case, role="police", agency=police, kind="agency")
    note(case, by=as_babak, at=NOON, answers={"text": "یادداشت خودمان"})
    told = program.get(f"desk/cases/{case.code}").json()
    assert len(told["timeline"]) == told["number_of_events"] == 1
    assert (told["unit"], told["assignee"], told["steps"]) == (None, None, [])
    assert codes(program.get("desk/cases")) == [case.code]


def test_the_office_hears_what_is_internal(as_babaks_program: Program, case: Case, as_babak: Staff) -> None:
    from mizban.core.cases.inhouse.noting import note

    note(case, by=as_babak, at=NOON, answers={"text": "یادداشت خودمان"})
    told = as_babaks_program.get(f"desk/cases/{case.code}").json()
    assert told["timeline"][-1]["said"][0]["text"] == "یادداشت خودمان"


def test_pages_follow_each_other_without_a_gap(
    as_babaks_program: Program, open_case: Callable[..., Opened]
) -> None:
    filed = [open_case().case.code for _ in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = as_babaks_program.get(f"desk/cases?limit=2&cursor={cursor}").json()
        seen += [row["tracking_code"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert seen == filed[::-1]


def test_beyond_the_last_page_there_is_nothing(as_babaks_program: Program, case: Case) -> None:
    page = as_babaks_program.get("desk/cases?cursor=1").json()
    assert page == {"items": [], "next_cursor": None}


def test_a_list_is_narrowed(
    as_babaks_program: Program, open_case: Callable[..., Opened], as_babak: Staff, clock: Any
) -> None:
    old, new = open_case().case, open_case().case
    new.take("start", by=as_babak, at=NOON)
    list_of = as_babaks_program.get
    assert codes(list_of("desk/cases?state=in_review")) == [new.code]
    assert codes(list_of("desk/cases?mine=true")) == [new.code]
    assert codes(list_of("desk/cases?turn=applicant")) == []
    assert codes(list_of("desk/cases?service=service-desk&is_open=true")) == [new.code, old.code]
    assert codes(list_of("desk/cases?service=nothing")) == []
    assert codes(list_of("desk/cases?late=true")) == []
    clock.shift(timedelta(days=60))
    assert codes(list_of("desk/cases?late=true")) == [new.code, old.code]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=۱", "cursor"),
        ("turn=mine", "turn"),
        ("state=%00", "state"),
        ("agency=markazi-roads", "agency"),
    ],
)
def test_what_a_list_cannot_be_narrowed_by_is_refused(
    as_babaks_program: Program, query: str, field: str
) -> None:
    refused = as_babaks_program.get(f"desk/cases?{query}")
    problem(refused, 422, "form-refused")
    assert wrong_fields(refused).keys() == {field}


@pytest.mark.django_db(transaction=True)
def test_ten_more_cases_cost_no_more_queries(
    as_babaks_program: Program,
    open_case: Callable[..., Opened],
    django_assert_num_queries: Callable[..., Any],
) -> None:
    open_case()
    as_babaks_program.get("desk/cases")
    with django_assert_num_queries(4):
        as_babaks_program.get("desk/cases")
    for _ in range(10):
        open_case()
    with django_assert_num_queries(4):
        assert len(codes(as_babaks_program.get("desk/cases"))) == 11


def test_an_erased_case_is_told_without_its_texts(as_babaks_program: Program, case: Case) -> None:
    Case.objects.update(wrapped_key=None)
    told = as_babaks_program.get(f"desk/cases/{case.code}")
    assert told.status_code == 200
    assert (told.json()["applicant"], told.json()["answers"]) == (None, [])


def test_an_agency_files_for_itself_with_its_token(
    with_token: Any, dara: User, other_agency: Agency, agency: Agency
) -> None:
    from mizban.core.cases.models import Offering
    from mizban.services import government_vehicles

    folder = Path(government_vehicles.__file__).parent
    text = (folder / "service.yaml").read_text("utf-8")
    agency.units.create(slug="assets", name="ادارهٔ اموال")
    Offering.publish(agency, text, at=SATURDAY)
    Agency.objects.filter(pk=other_agency.pk).update(legal_id="10380284790")
    program: Program = with_token(dara, other_agency)
    schema = program.get("services/markazi-roads/government-vehicles/form").json()["properties"]
    body = {
        "agency": "markazi-roads",
        "service": "government-vehicles",
        "applicant": schema["applicant"]["examples"][0],
        "answers": {
            name: part["examples"][0]
            for name, part in schema["answers"]["properties"].items()
            if name in schema["answers"]["required"] and "examples" in part
        }
        | {"vehicle_papers": [program.upload().json()["id"]]},
    }
    problem(Program().post("cases", body), 404, "not-found")
    someone_else = {**body, "applicant": {**body["applicant"], "legal_id": "14003123450"}}
    refused = program.post("cases", someone_else)
    assert wrong_fields(refused) == {"applicant.legal_id": "not-your-agency"}
    filed = program.post("cases", body)
    assert filed.status_code == 201, filed.content.decode()
    assert (case_of(filed).state, case_of(filed).parties.get().agency_id) == ("confirmed", other_agency.pk)
    assert codes(program.get("desk/cases")) == [filed.json()["tracking_code"]]
