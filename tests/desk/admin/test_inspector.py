"""Javad inspects: he reads everything of the named agency, changes nothing, and Sara sees what he read."""

from typing import Any

import pytest
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.people.models import Inspection, User
from mizban.web.api import tokens
from tests.desk.conftest import NOON, case_url, picture, text_of

from .conftest import ADMIN, person_url


def log() -> list[tuple[str, str]]:
    return list(Inspection.objects.order_by("id").values_list("page", "case_code"))


def test_each_read_is_written_down_for_sara(
    javad_client: Client, case: Case, sara_client: Client, sara: User
) -> None:
    assert "مریم رضایی" in text_of(javad_client.get("/desk/markazi-roads/"))
    assert "پروانهٔ ساخت" in text_of(javad_client.get(case_url(case)))
    assert javad_client.get("/desk/markazi-roads/cases/123456789012/").status_code == 404
    assert log() == [("queue", ""), ("case", case.code)]
    page = text_of(sara_client.get(f"{ADMIN}inspections/"))
    assert "جواد طاهری پرونده" in page
    assert "جواد طاهری فهرست پرونده‌ها" in page


@pytest.mark.parametrize("page", ["new/", "requests/", "replies/", "resets/", "admin/", "admin/people/"])
def test_the_rest_of_the_desk_is_not_for_inspectors(javad_client: Client, case: Case, page: str) -> None:
    assert javad_client.get(f"/desk/markazi-roads/{page}").status_code == 403
    assert javad_client.post(f"/desk/markazi-roads/{page}").status_code == 403
    assert log() == []


def test_an_inspector_changes_nothing(javad_client: Client, javad: User, case: Case) -> None:
    for door in ("steps/start/", "steps/reply/", "notes/", "assignment/", "referral/"):
        answer = javad_client.post(case_url(case) + door, {"seen": "1", "inside--to": str(javad.pk)})
        assert answer.status_code == 403, door
    case.refresh_from_db()
    assert case.number_of_events == 1
    page = javad_client.get(case_url(case)).content.decode()
    assert "steps/" not in page


def test_only_the_named_agency_is_read(javad_client: Client, case: Case, other_agency: Agency) -> None:
    case.parties.create(role="ministry", kind="agency", agency=case.agency)
    Case.objects.filter(pk=case.pk).update(agency=other_agency)
    assert javad_client.get("/desk/other-office/").status_code == 404
    assert javad_client.get(case_url(case)).status_code == 404, "not even where it is a party"


def test_an_inspector_s_token_reads_and_is_written_down(
    client: Client, javad: User, agency: Agency, case: Case
) -> None:
    head: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {tokens.issue(javad, agency, at=NOON)}"}
    assert client.get("/api/v1/desk/cases", **head).json()["items"][0]["tracking_code"] == case.code
    assert client.get(f"/api/v1/desk/cases/{case.code}", **head).status_code == 200
    assert log() == [("api-cases", ""), ("api-case", case.code)]
    step = client.post(
        f"/api/v1/desk/cases/{case.code}/steps/start", {"data": {}}, content_type="application/json", **head
    )
    assert step.status_code == 403
    sent = client.post("/api/v1/files", {"file": picture()}, **head)
    assert sent.status_code == 403, "nor is anything filed with it"


def test_who_inspects_does_not_work_there(sara_client: Client, sara: User, javad: User, babak: User) -> None:
    for person, role in ((javad, "expert"), (babak, "inspector")):
        given = sara_client.post(person_url(person), {"act": "role", "role--role": role})
        assert "جمع نمی‌شود" in text_of(given)


def test_an_export_of_an_inspector_is_written_down(javad_client: Client, javad: User, case: Case) -> None:
    assert javad_client.post("/desk/markazi-roads/exports/", {"tab": "all"}).status_code == 302
    assert javad_client.get("/desk/markazi-roads/exports/").status_code == 200
    assert [page for page, _ in log()] == ["exports"]
