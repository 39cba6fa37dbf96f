"""What the public reads of it, what programs get, and what only those read who may see the cases."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.people.actors import SYSTEM
from mizban.core.people.models import User
from mizban.office.agreements.models import AgreementVersion
from mizban.office.availability import outages
from mizban.office.compliance.folding import fold
from tests.conftest import SATURDAY, signed_in

DAY = timedelta(days=1)
PAGE = "/markazi-roads/agreements/1/compliance/"
NOON = SATURDAY + DAY


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def many(filed: Callable[..., Case], replied: Callable[..., None]) -> list[Case]:
    """Six cases, one of them answered too late."""
    cases = [filed(at=SATURDAY - 40 * DAY) for _ in range(6)]
    for number, case in enumerate(cases):
        replied(case, after=30 * DAY if number == 0 else DAY)
    fold(at=NOON)
    return cases


def api(client: Client, version: AgreementVersion, query: str = "") -> Any:
    answer = client.get(f"/api/v1/agreements/{version.agreement_id}/compliance{query}")
    return answer.status_code, answer.json()


def test_page_api_and_open_data_say_the_same(
    client: Client, paper: AgreementVersion, many: list[Case]
) -> None:
    said = client.get(PAGE).content.decode()
    assert "۵ از ۶ (۸۳٪)؛ هدف ۹۰٪" in said
    clause = next(each for each in api(client, paper)[1]["clauses"] if each["kind"] == "prompt-result")
    assert (clause["status"], clause["numerator"], clause["denominator"]) == ("missed", 5, 6)
    rows = csv.DictReader(io.StringIO(client.get(f"{PAGE}data.csv").content.decode("utf-8-sig")))
    row = next(each for each in rows if each["kind"] == "prompt-result")
    assert (row["verdict"], row["numerator"], row["denominator"]) == ("missed", "5", "6")
    items = json.loads(client.get(f"{PAGE}data.json").content)["items"]
    assert row["clause"] in {each["clause"] for each in items}


def test_two_events_move_two_figures_and_no_other(
    client: Client, common_paper: AgreementVersion, agency: Agency
) -> None:
    """An outage is opened and told: faults are told, and a disruption was not announced beforehand."""
    before = {each["id"]: each for each in api(client, common_paper)[1]["clauses"]}
    outage = outages.open_outage(agency, from_at=SATURDAY, by=SYSTEM, at=SATURDAY)
    outages.told(outage, notice_id=1, by=SYSTEM, at=SATURDAY)
    fold(at=NOON)
    after = {each["id"]: each for each in api(client, common_paper)[1]["clauses"]}
    moved = {
        each["kind"]: (each["status"], each["share"]) for ref, each in after.items() if each != before[ref]
    }
    assert moved == {"fault-notice": ("met", 1.0), "disruption-notice": ("missed", 0.0)}
    said = client.get("/markazi-roads/agreements/2/compliance/").content.decode()
    assert (said.count("۱ از ۱ (۱۰۰٪)"), said.count("۰ از ۱ (۰٪)")) == (
        2,
        1,
    )  # one service is in the menu, too


def test_a_single_answer_counts_in_public_as_at_the_office(
    client: Client, paper: AgreementVersion, filed: Callable[..., Case], replied: Callable[..., None]
) -> None:
    replied(filed())
    fold(at=NOON)
    assert "۱ از ۱ (۱۰۰٪)" in client.get(PAGE).content.decode()
    clause = next(each for each in api(client, paper)[1]["clauses"] if each["kind"] == "prompt-result")
    assert (clause["numerator"], clause["denominator"]) == (1, 1)
    assert sum(month["denominator"] for month in clause["trend"]) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/compliance/",
        "/markazi-roads/compliance/",
        PAGE,
        "/compliance/data.json",
        "/markazi-roads/compliance/data.csv",
    ],
)
def test_every_page_opens_before_anything_happened(
    client: Client, paper: AgreementVersion, path: str
) -> None:
    assert client.get(path).status_code == 200
    assert client.get(f"{path}?months=7").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/markazi-roads/agreements/9/compliance/",
        f"{PAGE}data.xml",
        "/markazi-roads/compliance/data.xls",
        "/nowhere/compliance/",
        f"/markazi-roads/agreements/{10**30}/compliance/",
    ],
)
def test_what_is_not_there_is_not_there(client: Client, paper: AgreementVersion, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_api_takes_whole_months_and_refuses_the_rest(client: Client, paper: AgreementVersion) -> None:
    status, said = api(client, paper, "?from=1405-06&to=1405-08")
    assert (status, said["from"], said["until"]) == (200, "1405-06-01", "1405-08-30")
    for query in ("?from=1405-09&to=1405-08", "?to=1406-01", "?from=1300-01", "?from=x", "?since=1405-01"):
        assert api(client, paper, query)[0] == 422
    assert client.get("/api/v1/agreements/99999999999999999999/compliance").status_code == 404


def test_pages_cost_the_same_for_ten_more_cases(
    client: Client, many: list[Case], filed: Callable[..., Case], django_assert_max_num_queries: Any
) -> None:
    client.get(PAGE)
    for _ in range(10):
        filed(at=SATURDAY)
    fold(at=NOON)
    with django_assert_max_num_queries(10):
        client.get(PAGE)


def test_babak_sees_the_case_that_was_late_and_dara_nothing(
    many: list[Case], babak: User, dara: User, paper: AgreementVersion
) -> None:
    ref = paper.clauses.get(kind="prompt-result").ref
    address = f"/desk/markazi-roads/agreements/1/compliance/{ref}/"
    said = signed_in(babak).get(address).content.decode()
    assert [case.code in _ascii(said) for case in many] == [True, False, False, False, False, False]
    assert signed_in(babak).get("/desk/markazi-roads/agreements/1/compliance/").status_code == 200
    assert signed_in(dara).get(address).status_code == 404


def test_a_colleague_of_another_unit_does_not_see_it(
    many: list[Case], paper: AgreementVersion, agency: Any
) -> None:
    from mizban.core.people.models import Role
    from tests.conftest import make_member

    ref = paper.clauses.get(kind="prompt-result").ref
    other = signed_in(make_member(agency, "omid", "امید راد", Role.EXPERT, "roads"))
    said = _ascii(other.get(f"/desk/markazi-roads/agreements/1/compliance/{ref}/").content.decode())
    assert many[0].code not in said


def _ascii(text: str) -> str:
    from mizban.lib.text import ascii_digits

    return ascii_digits(text)
