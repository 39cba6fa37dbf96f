"""Maryam sees the apology, and complains with a form that knows her case: one journey over HTTP."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases import sentences
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.core.people.models import User
from tests.conftest import SERVICE_DESK, make_agency
from tests.portal.walking import as_sent, press

from .conftest import Live
from .test_following import BROKEN, DAY, MONTH

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(BROKEN, tick=False) as traveller:
        yield traveller


def enter(opened: Opened) -> Client:
    client = Client()
    client.post("/track/", {"code": opened.case.code, "password": opened.password})
    return client


def test_maryam_reads_why_and_until_when(opened: Opened, live: Live, parvin: User, clock: Any) -> None:
    live(opened.case, until=BROKEN)
    page = enter(opened).get("/track/case/").content.decode()
    assert "از دیرکرد پوزش می‌خواهیم" in page
    assert "۷ و نیم روز کاری نزد «ادارهٔ مسکن»" in page
    assert "موعد تازه: یکشنبه ۱۵ آذر" in page
    assert "پروین صفایی" in page
    sent = {"tracking_code": opened.case.code, "password": opened.password}
    told = Client().post("/api/v1/cases/track", sent, content_type="application/json").json()
    assert told["apology"]["again_on"] == "1405-09-15"
    assert told["apology"]["is_broken_again"] is False
    assert "موعد تازه" in enter(opened).get("/track/why/").content.decode()
    explained = Client().post("/api/v1/cases/explain", sent, content_type="application/json")
    assert explained.status_code == 200
    clock.move_to(MONTH)
    live(opened.case, until=MONTH)
    assert "هم گذشت" in enter(opened).get("/track/case/").content.decode()


APPLY = "/markazi-roads/services/service-desk/apply/"


def test_maryam_complains_with_a_form_that_knows_her_case(opened: Opened, live: Live, clock: Any) -> None:
    case = live(opened.case, until=BROKEN)
    client = enter(opened)
    form = client.get("/track/complaint/markazi-roads/")
    sent = as_sent(form)
    assert (sent["kind"], sent["department"]) == (["complaint"], ["housing"])
    assert sent["applicant_identifier"] == ["1367458218"]
    text = sent["text"][0]
    assert "۷ روز کاری" in text
    assert "۱ روز کاری از موعد گذشته" in text
    assert case.code in "".join(sent["of_case__code"])
    review = press(client, APPLY, form, "review")
    assert review.status_code == 200
    filed = press(client, APPLY, review, "file", true="yes")
    assert filed.status_code == 303
    complaint = Case.objects.exclude(pk=case.pk).get()
    case.refresh_from_db()
    assert complaint.plain["kind"] == "complaint"
    assert sentences.timeline(case)[-1].sentence.endswith(f"کد رهگیری شکایت {complaint.code} است.")
    assert complaint.events.get(kind="linked").facts == {"other": case.code}
    assert "از این دیرکرد شکایت کرده‌اید" in client.get("/track/case/").content.decode()


def test_the_superior_agency_s_desk_comes_first_where_it_has_one(
    opened: Opened, live: Live, agency: Agency, clock: Any
) -> None:
    above = make_agency("mrud", "وزارت راه و شهرسازی")
    Offering.publish(above, SERVICE_DESK.read_text("utf-8"), at=BROKEN - DAY)
    Agency.objects.filter(pk=agency.pk).update(parent=above)
    live(opened.case, until=BROKEN)
    client = enter(opened)
    page = client.get("/track/case/").content.decode()
    assert page.index("/track/complaint/mrud/") < page.index("/track/complaint/markazi-roads/")
    assert client.get("/track/complaint/mrud/").status_code == 200
    assert client.get("/track/complaint/nowhere/").status_code == 404


def test_nobody_else_gets_the_filled_form(opened: Opened, live: Live, clock: Any) -> None:
    assert enter(opened).get("/track/complaint/markazi-roads/").status_code == 404
    live(opened.case, until=BROKEN)
    assert Client().get("/track/complaint/markazi-roads/").status_code == 302
