"""Following a case by program: code and password in the body, the same steps and the same limits as at the portal."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.people.actors import Staff
from mizban.lib.codes import new_tracking_code
from tests.conftest import SATURDAY

from .conftest import NOON, Program, problem, wrong_fields

LIMITS = {
    "window_minutes": 15,
    "per_pair": 3,
    "per_address": 5,
    "per_code": 6,
    "overall": 12,
    "when_hot": 1,
}


def who(opened: Opened, **changes: Any) -> dict[str, Any]:
    return {"tracking_code": opened.case.code, "password": opened.password, **changes}


@pytest.fixture
def returned(opened: Opened, as_babak: Staff) -> Opened:
    """Maryam's case, given back to her."""
    opened.case.take("return", by=as_babak, at=SATURDAY, answers={"item": "تصویر پشت سند"})
    return opened


def test_maryams_program_follows_her_case(program: Program, opened: Opened) -> None:
    told = program.post("cases/track", who(opened))
    assert told.status_code == 200
    case = told.json()
    assert (case["state"], case["clock"], case["due_on"]) == ("filed", "running", "1405-09-09")
    assert [event["sentence"] for event in case["timeline"]] == ["درخواست شما ثبت شد."]
    assert [step["name"] for step in case["steps"]] == ["withdraw"]


def test_codes_as_people_write_them_are_read(program: Program, opened: Opened) -> None:
    from mizban.lib.text import persian_digits

    spaced = " ".join(persian_digits(opened.case.code)[place : place + 4] for place in (0, 4, 8))
    assert program.post("cases/track", who(opened, tracking_code=spaced)).status_code == 200


def test_a_return_stops_the_clock_and_opens_a_step(program: Program, returned: Opened) -> None:
    case = program.post("cases/track", who(returned)).json()
    assert (case["state"], case["clock"], case["due_at"], case["due_on"]) == (
        "returned",
        "stopped",
        None,
        None,
    )
    supply = next(step for step in case["steps"] if step["name"] == "supply")
    assert supply["form"]["properties"]["item_1"]["title"] == "تصویر پشت سند"
    assert "تصویر پشت سند" in case["timeline"][-1]["sentence"]


def test_a_step_is_taken_with_its_files(program: Program, returned: Opened) -> None:
    file = program.upload().json()["id"]
    data = {"note": "تصویر پشت سند را فرستادم.", "item_1": [file]}
    told = program.post("cases/steps", who(returned, step="supply", data=data))
    assert told.status_code == 200
    assert (told.json()["state"], told.json()["clock"]) == ("in_review", "running")
    assert [each["name"] for each in told.json()["timeline"][-1]["files"]] == ["نامه.png"]
    assert Case.objects.get().files.count() == 1


def test_a_step_says_what_is_wrong_with_its_data(program: Program, returned: Opened) -> None:
    file = program.upload().json()["id"]
    refused = program.post("cases/steps", who(returned, step="supply", data={"x": 1, "item_1": [file]}))
    problem(refused, 422, "form-refused")
    assert wrong_fields(refused) == {"data.x": "unknown-field"}
    refused = program.post("cases/steps", who(returned, step="supply", data={}))
    assert wrong_fields(refused) == {"data.item_1": "required"}
    data = {"note": "تصویر پشت سند را فرستادم.", "item_1": [file]}
    assert program.post("cases/steps", who(returned, step="supply", data=data)).status_code == 200


@pytest.mark.parametrize(
    ("step", "status", "code"),
    [("nothing", 404, "not-found"), ("reply", 403, "not-yours"), ("supply", 409, "acted-first")],
)
def test_a_step_that_cannot_be_taken_is_refused(
    program: Program, opened: Opened, step: str, status: int, code: str
) -> None:
    problem(program.post("cases/steps", who(opened, step=step, data={})), status, code)


def test_a_program_that_looked_too_early_is_told(program: Program, returned: Opened, as_babak: Staff) -> None:
    seen = program.post("cases/track", who(returned)).json()["number_of_events"]
    case = Case.objects.get()
    case.take("supply_for", by=as_babak, at=NOON, answers={"note": "پای تلفن گفت"})
    case.take("return", by=as_babak, at=NOON, answers={"item": "امضا"})
    step = who(returned, step="supply", data={"note": "فرستادم"})
    problem(program.post("cases/steps", {**step, "seen": seen}), 409, "acted-first")
    assert program.post("cases/steps", step).status_code == 200


@pytest.mark.parametrize("path", ["cases/track", "cases/steps"])
def test_a_wrong_code_and_a_wrong_password_are_answered_alike(
    program: Program, opened: Opened, path: str
) -> None:
    also = {"step": "withdraw", "data": {}} if path.endswith("steps") else {}
    answers = [
        program.post(path, {**who(opened, **changed), **also})
        for changed in (
            {"password": "1" * 12},
            {"tracking_code": new_tracking_code()},
            {"tracking_code": "x"},
        )
    ]
    assert len({answer.content for answer in answers}) == 1
    problem(answers[0], 404, "wrong-code-or-password")
    assert Case.objects.get().state == "filed"


def test_guessing_is_counted_with_the_portals(program: Program, opened: Opened, settings: Any) -> None:
    settings.GUESSING = LIMITS
    wrong = who(opened, password="1" * 12)
    assert [program.post("cases/track", wrong).status_code for _ in range(2)] == [404, 404]
    portal = Client(REMOTE_ADDR=program.address)
    assert portal.post("/track/", {"code": opened.case.code, "password": "1"}).status_code == 422
    slowed = program.post("cases/track", who(opened))
    problem(slowed, 429, "too-many-tries")
    assert slowed["Retry-After"] == "900"
    problem(program.post("cases/steps", who(opened, step="withdraw", data={})), 429, "too-many-tries")


def test_a_stranger_cannot_lock_the_applicant_out(program: Program, opened: Opened, settings: Any) -> None:
    settings.GUESSING = LIMITS
    for number in range(20):
        stranger = Program(address=f"10.0.0.{number}")
        stranger.post("cases/track", who(opened, password="1" * 12))
    assert program.post("cases/track", who(opened)).status_code == 200


def test_the_applicant_hears_nothing_of_what_is_internal(
    program: Program, opened: Opened, as_babak: Staff
) -> None:
    from mizban.core.cases.inhouse.noting import note

    before = program.post("cases/track", who(opened)).json()
    note(opened.case, by=as_babak, at=NOON, answers={"text": "این شخص پیش‌تر هم آمده بود"})
    assert program.post("cases/track", who(opened)).json() == before


def test_no_secret_stands_in_an_address_or_a_log(
    program: Program, opened: Opened, caplog: Any, capsys: Any
) -> None:
    program.post("cases/track", who(opened))
    said = caplog.text + "".join(capsys.readouterr())
    assert opened.password not in said
    assert opened.case.code not in said


def test_tracking_costs_the_same_with_more_cases(
    program: Program,
    opened: Opened,
    open_case: Callable[..., Opened],
    django_assert_num_queries: Callable[..., Any],
) -> None:
    with django_assert_num_queries(7):
        program.post("cases/track", who(opened))
    for _ in range(5):
        open_case()
    with django_assert_num_queries(7):
        program.post("cases/track", who(opened))


def test_every_clock_of_the_case_is_told_line_by_line(program: Program, opened: Opened) -> None:
    told = program.post("cases/explain", who(opened)).json()
    promise = told["clocks"][0]
    counted = [line for line in promise["lines"] if line["kind"] == "counted"]
    assert sum(line["amount"]["days"] for line in counted) == promise["within"] == 7
    assert promise["lines"][-1]["from_at"] == promise["due_at"]
    assert [share["side"] for share in told["shares"]] == ["office"] or not told["shares"]
    assert program.post("cases/explain", who(opened, password="1" * 12)).status_code == 404


def test_the_form_says_when_it_would_be_due_if_filed_now(program: Program, opened: Opened) -> None:
    case = opened.case
    form = program.get(f"services/{case.agency.slug}/service-desk/form").json()
    assert form["x-due"]["due_on"].startswith("140")
