"""A director's morning: what is late, which clause is in danger; and a report, from asking to publishing."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.jobs import running as jobs
from mizban.core.people.models import Inspection, Role, User
from mizban.office.reports.models import Report
from tests.conftest import SATURDAY, make_member, signed_in

from .conftest import MEHR

NOON = SATURDAY + timedelta(hours=2)
OVERSIGHT, REPORTS = "/desk/markazi-roads/oversight/", "/desk/markazi-roads/oversight/reports/"
MONTH = {"month": MEHR.isoformat()}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hamed_client(hamed: User, paper: Any) -> Client:
    return signed_in(hamed)


def work() -> None:
    while job := jobs.take("worker", at=timezone.now()):
        jobs.run(job, clock=timezone.now)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_report_is_asked_for_made_signed_published_and_taken_away(
    hamed_client: Client, client: Client, answered: Callable[..., Case]
) -> None:
    for _ in range(6):
        answered()
    assert hamed_client.post(REPORTS, MONTH).status_code == 302
    report = Report.objects.get()
    at_desk, public = f"{REPORTS}{report.pk}/", f"/markazi-roads/reports/{report.pk}/"
    assert hamed_client.get(at_desk)["Refresh"]
    work()
    report.refresh_from_db()
    assert report.hash[:8] in text(hamed_client.get(at_desk))
    assert hamed_client.post(f"{at_desk}publication/").status_code == 409
    assert hamed_client.post(f"{at_desk}signature/", {"hash": "0" * 64}).status_code == 409
    assert hamed_client.post(f"{at_desk}signature/", {"hash": report.hash}).status_code == 302
    assert hamed_client.post(f"{at_desk}signature/", {"hash": report.hash}).status_code == 409
    assert hamed_client.post(REPORTS, MONTH).status_code == 409
    assert client.get(public).status_code == 404
    assert client.get(f"{public}file.pdf").status_code == 404
    hamed_client.post(f"{at_desk}publication/")
    assert "امضا با داده‌ها جور است" in text(client.get(public))
    assert f"/markazi-roads/reports/{report.pk}/" in text(client.get("/markazi-roads/reports/"))
    assert client.get(f"{public}file.pdf").content.startswith(b"%PDF-")
    assert hashlib.sha256(client.get(f"{public}file.json").content).hexdigest() == report.hash
    assert client.get(f"{public}file.exe").status_code == 404


@pytest.mark.parametrize("month", ["2026-10-23", "2027-03-21", "", "مهر", "9999-12-31", "1405-07-01"])
def test_a_month_that_is_not_over_is_refused_by_name(hamed_client: Client, month: str) -> None:
    answer = hamed_client.post(REPORTS, {"month": month})
    assert answer.status_code in (404, 422)
    assert not Report.objects.exists()


def test_the_paper_names_the_site_and_not_the_name_it_was_asked_for_by(
    hamed_client: Client, settings: Any
) -> None:
    settings.SITE = "https://mizban.example.ir"
    hamed_client.post(REPORTS, MONTH, headers={"host": "localhost"})
    report = Report.objects.get()
    assert report.address == f"https://mizban.example.ir/markazi-roads/reports/{report.pk}/"


def test_the_site_officer_prepares_but_signs_and_publishes_nothing(
    sara_client: Client, made: Callable[[], Report]
) -> None:
    report = made()
    at_desk = f"{REPORTS}{report.pk}/"
    assert "امضا می‌کنم" not in text(sara_client.get(at_desk))
    assert sara_client.post(f"{at_desk}signature/", {"hash": report.hash}).status_code == 403
    assert sara_client.post(f"{at_desk}publication/").status_code == 403


def test_a_clerk_sees_neither_reports_nor_the_view(babak_client: Client, made: Callable[[], Report]) -> None:
    report = made()
    for path in (OVERSIGHT, REPORTS, f"{REPORTS}{report.pk}/", f"{REPORTS}{report.pk}/file.pdf"):
        assert babak_client.get(path).status_code == 403


def test_hamed_sees_what_is_late_and_where_its_list_is(
    hamed_client: Client, filed: Callable[..., Case]
) -> None:
    late = filed()
    page = text(hamed_client.get(OVERSIGHT))
    assert late.code in page
    assert "?unit=housing&amp;tab=late" in page
    assert "?service=service-desk&amp;tab=late" in page
    listed = hamed_client.get("/desk/markazi-roads/?unit=housing&tab=late")
    assert late.code in text(listed)


def test_a_head_sees_the_late_cases_of_the_own_unit_only(
    agency: Agency, paper: Any, filed: Callable[..., Case]
) -> None:
    late = filed()
    head = signed_in(make_member(agency, "roya", "رؤیا احمدی", Role.HEAD, "roads"))
    assert late.code not in text(head.get(OVERSIGHT))
    own = signed_in(make_member(agency, "parvin", "پروین صفایی", Role.HEAD, "housing"))
    assert late.code in text(own.get(OVERSIGHT))


def test_an_inspector_reads_the_view_and_it_is_written_down(
    agency: Agency, filed: Callable[..., Case]
) -> None:
    filed()
    javad = make_member(agency, "javad", "جواد طاهری", Role.INSPECTOR)
    assert signed_in(javad).get(OVERSIGHT).status_code == 200
    assert Inspection.objects.filter(user=javad, page="oversight").exists()


def test_the_office_above_sees_numbers_and_no_case(
    agency: Agency, other_agency: Agency, filed: Callable[..., Case]
) -> None:
    agency.parent, other_agency.has_portal = other_agency, False
    agency.save()
    other_agency.save()
    late = [filed() for _ in range(6)]
    page = text(
        signed_in(make_member(other_agency, "mahin", "مهین راد", Role.DIRECTOR)).get(
            "/desk/other-office/oversight/"
        )
    )
    assert agency.short_name in page
    assert "۶" in page
    assert not any(case.code in page for case in late)


def test_the_view_costs_the_same_for_ten_more_cases(
    hamed_client: Client, filed: Callable[..., Case], django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        filed()
    hamed_client.get(OVERSIGHT)
    with django_assert_max_num_queries(45) as before:
        hamed_client.get(OVERSIGHT)
    for _ in range(10):
        filed()
    with django_assert_max_num_queries(len(before)):
        hamed_client.get(OVERSIGHT)
