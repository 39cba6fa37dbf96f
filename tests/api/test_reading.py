"""What anybody may read: services, forms, agreements, notices, status."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.office.agreements.models import Agreement
from mizban.office.agreements.publishing import PUBLISHED, enter
from mizban.office.notices.models import Notice
from tests.conftest import SATURDAY, SERVICE_DESK, make_agency

from .conftest import NOON, Program, problem, wrong_fields


@pytest.fixture
def agreement(agency: Agency) -> Agreement:
    """The agreement of the roads office, as published."""
    path = PUBLISHED / "004.txt"
    return enter(agency, 1, path, services=["service-desk"], today=date(2026, 11, 21), at=SATURDAY).agreement


def test_the_services_of_every_office_are_listed(program: Program, agency: Agency) -> None:
    item = program.get("services").json()["items"][0]
    assert item["agency"] == {"slug": "markazi-roads", "name": agency.name}
    assert (item["slug"], item["applicants"]) == (
        "service-desk",
        ["natural", "legal", "foreign", "anonymous"],
    )


def test_ten_more_offices_cost_no_more_queries(
    program: Program, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(1):
        program.get("services")
    for number in range(10):
        office = make_agency(f"office-{number}", f"اداره {number}")
        Offering.publish(office, SERVICE_DESK.read_text("utf-8"), at=SATURDAY)
    with django_assert_num_queries(1):
        assert len(program.get("services").json()["items"]) == 11


@pytest.mark.parametrize(
    "path", ["services/nothing/service-desk/form", "services/markazi-roads/nothing/form", "services/ا/ب/form"]
)
def test_the_form_of_what_is_not_offered_is_nothing(program: Program, path: str) -> None:
    problem(program.get(path), 404, "not-found")


def test_a_schema_says_what_binds(program: Program, agreement: Agreement) -> None:
    schema = program.get("services/markazi-roads/service-desk/form").json()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["x-agreement"] == {"id": agreement.pk, "version": 1}


def test_agreements_are_listed_with_their_state(program: Program, agreement: Agreement) -> None:
    item = program.get("agreements").json()["items"][0]
    assert (item["id"], item["number"], item["services"]) == (agreement.pk, 1, ["service-desk"])
    assert item["state"] in ("in-force", "expired-in-force", "expired")
    assert item["versions"][0]["signature"] == "not-seen"


def test_an_agreement_has_its_clauses(program: Program, agreement: Agreement) -> None:
    told = program.get(f"agreements/{agreement.pk}").json()
    clauses = agreement.current.clauses.all()
    assert [clause["text"] for clause in told["clauses"]] == [clause.text for clause in clauses]
    assert {"id", "kind", "text", "obligor", "target", "lines", "confidence"} == set(told["clauses"][0])
    assert [finding["code"] for finding in told["findings"]] == [
        finding["code"] for finding in agreement.current.reading["findings"]
    ]


def test_agreements_of_one_office(program: Program, agreement: Agreement) -> None:
    assert program.get("agreements?agency=nothing").json()["items"] == []
    assert len(program.get("agreements?agency=markazi-roads").json()["items"]) == 1
    assert wrong_fields(program.get("agreements?office=x")) == {"office": "unknown-field"}
    assert wrong_fields(program.get("agreements?agency=%00")) == {"agency": "malformed"}


@pytest.mark.parametrize("wrong", ["0", "999", "x", "-1", "1.0", "9" * 30, "9" * 5000, "%00", "1/"])
def test_a_malformed_or_unknown_id_is_nothing(program: Program, agreement: Agreement, wrong: str) -> None:
    problem(program.get(f"agreements/{wrong}"), 404, "not-found")


def test_ten_more_agreements_cost_no_more_queries(
    program: Program, agreement: Agreement, agency: Agency, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(2):
        program.get("agreements")
    for number in range(2, 5):
        path = PUBLISHED / f"00{number - 1}.txt"
        enter(agency, number, path, services=[], today=date(2026, 11, 21), at=SATURDAY)
    with django_assert_num_queries(2):
        assert len(program.get("agreements").json()["items"]) == 4


def test_notices_are_those_that_are_published(program: Program, agency: Agency) -> None:
    Notice.objects.create(agency=agency, heading="پیش‌نویس")
    Notice.objects.create(heading="فردا", published_at=NOON + timedelta(days=1))
    Notice.objects.create(agency=agency, heading="نگهداری", kind="maintenance", published_at=SATURDAY)
    items = program.get("notices").json()["items"]
    assert [(item["title"], item["kind"], item["agency"]["slug"]) for item in items] == [
        ("نگهداری", "maintenance", "markazi-roads")
    ]


def test_the_status_has_the_servers_clock(program: Program) -> None:
    told = program.get("status").json()
    assert {**told, "offices": 0} == {
        "status": "up",
        "time": "2026-11-21T08:30:00Z",
        "version": "1.0",
        "offices": 0,
    }


def test_the_agreement_a_service_would_have_is_data_text_and_paper(
    program: Program, offering: Offering, agreement: Agreement
) -> None:
    said = program.get("services/markazi-roads/service-desk/agreement").json()
    assert [part["heading"][3:] for part in said["parts"]][:3] == ["مقدمه", "هدف", "مسئولیت"]
    answer = next(each for each in said["clauses"] if each["origin"] == "service-desk/answer")
    assert (answer["kind"], answer["target"]) == ("response-time", {"value": 7, "unit": "working_days"})
    assert answer["text"] in said["text"].splitlines()[answer["lines"][0] - 1]
    assert said["present"] == agreement.pk
    assert said["pdf"].endswith("/markazi-roads/services/service-desk/agreement.pdf")
    assert program.get("services/markazi-roads/nothing/agreement").status_code == 404
