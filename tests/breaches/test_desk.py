"""At the desk: the list of warnings, what waits for a superior, the reason a head writes; over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from mizban.core.cases.models import Case
from mizban.core.people.models import Role, User
from mizban.lib.text import ascii_digits
from mizban.office.breaches.models import Escalation
from tests.conftest import make_member, signed_in

from .conftest import Live
from .test_following import BECAUSE, BROKEN

pytestmark = pytest.mark.django_db
DESK = "/desk/markazi-roads/"
HERE = f"{DESK}breaches/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(BROKEN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def late(case: Case, live: Live, parvin: User, karim: User) -> Case:
    return live(case, until=BROKEN)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_clerk_sees_what_is_late_in_the_queue_and_unit_by_unit(late: Case, babak_client: Client) -> None:
    assert "هشدارها ۱" in read(babak_client, DESK)
    assert late.code in read(babak_client, f"{DESK}?tab=alerts")
    page = read(babak_client, HERE)
    assert "ادارهٔ مسکن ۲" in page
    assert page.count(f"/cases/{late.code}/") == 2
    assert "هشداری نیست" not in read(babak_client, f"{HERE}?unit=no-such-unit")


def test_ten_more_warnings_cost_no_more_queries(
    late: Case, live: Live, open_case: Any, babak_client: Client, django_assert_max_num_queries: Any
) -> None:
    read(babak_client, HERE)
    for _ in range(4):
        live(open_case().case, until=BROKEN)
    with django_assert_max_num_queries(8):
        read(babak_client, HERE)


def test_the_superior_finds_it_writes_and_it_is_off_the_list(
    late: Case, parvin: User, as_parvin: Any
) -> None:
    client = signed_in(parvin)
    assert "منتظر شما نیست" not in read(client, f"{HERE}escalations/")
    one = f"{HERE}escalations/{Escalation.objects.get().pk}/"
    assert client.post(one, {"text": ""}).status_code == 422
    assert client.post(one, {"text": "فردا خودم می‌بینم."}).status_code == 303
    assert client.post(one, {"text": "فردا خودم می‌بینم."}).status_code == 422
    assert "منتظر شما نیست" in read(client, f"{HERE}escalations/")
    assert "فردا خودم می‌بینم." in read(client, f"{DESK}cases/{late.code}/")


def test_who_is_not_the_superior_has_no_such_page(
    late: Case, babak_client: Client, agency: Any, other_agency: Any
) -> None:
    one = Escalation.objects.get().pk
    for client in (babak_client, signed_in(make_member(agency, "yas", "یاس", Role.HEAD, "roads"))):
        assert client.get(f"{HERE}escalations/{one}/").status_code == 404
    omid = signed_in(make_member(other_agency, "omid", "امید صادقی", Role.DIRECTOR))
    assert omid.get(f"/desk/other-office/breaches/escalations/{one}/").status_code == 404


def test_a_head_tells_the_applicant_why_on_the_case_s_page(
    late: Case, parvin: User, babak_client: Client
) -> None:
    page = f"{DESK}cases/{late.code}/"
    client = signed_in(parvin)
    assert "دلیل دیرکرد و موعد تازه" in read(client, page)
    assert "دلیل دیرکرد و موعد تازه" not in read(babak_client, page)
    typed = {"inside--reason": BECAUSE["reason"], "inside--within": "2", "seen": late.number_of_events}
    assert babak_client.post(f"{page}promise/", typed).status_code == 403
    assert client.post(f"{page}promise/", typed | {"inside--reason": ""}).status_code == 422
    assert client.post(f"{page}promise/", typed).status_code == 303
    assert BECAUSE["reason"] in read(client, page)


def test_the_agency_above_reads_the_line_and_not_the_case(
    case: Case, live: Live, karim: User, agency: Any, other_agency: Any
) -> None:
    agency.parent = other_agency
    agency.save()
    above = signed_in(make_member(other_agency, "manouchehr", "منوچهر یزدانی", Role.DIRECTOR))
    live(case, until=BROKEN + timedelta(days=10))
    page = read(above, "/desk/other-office/breaches/escalations/")
    assert case.code in ascii_digits(page).replace("</span><span>", "")
    assert "مریم" not in page
    assert above.get(f"/desk/other-office/cases/{case.code}/").status_code == 404
    one = Escalation.objects.get(level=2).pk
    noted = above.post(
        f"/desk/other-office/breaches/escalations/{one}/", {"text": "از اداره خواستم پاسخ دهد."}
    )
    assert noted.status_code == 303
    assert case.events.filter(kind="acknowledged").exists()
