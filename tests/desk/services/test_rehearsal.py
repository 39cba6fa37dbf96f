"""Sara walks her service before anybody files in it; nothing of the rehearsal stays."""

import html
import json
import re

from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, CaseFile, Offering, Party, ServiceVersion
from mizban.core.events.models import Event
from mizban.core.people.models import User
from tests.example import RESIDENCE

from .conftest import BASE, DRAFT

REHEARSAL = f"{BASE}residence-certificate/rehearsal/"
FILED = {"step": "--", "owner": "no", "postal_code": "5166616471"}


def acts_of(page: str) -> str:
    """What travels with the page."""
    found = re.search(r'name="acts" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Case, Event, Party, User, CaseFile, ServiceVersion, Offering)
    )


def test_a_draft_is_walked_and_nothing_stays(sara_client: Client, agency: Agency) -> None:
    sara_client.post(BASE, {"source": RESIDENCE})
    before = counts()
    first = sara_client.get(REHEARSAL).content.decode()
    assert "5166616471" in first, "an example stands in the form"
    page = sara_client.post(REHEARSAL, {"acts": acts_of(first), **FILED}).content.decode()
    assert "درخواست شما ثبت شد" in page
    assert "در صف بررسی" in page
    page = sara_client.post(
        REHEARSAL, {"acts": acts_of(page), "step": "refuse", "refuse-reason": "نشانی دیگری است", "days": "7"}
    ).content.decode()
    assert "کارشناس آزمایشی یک درخواست را نپذیرفت: نشانی دیگری است" in page
    assert "پرونده به پایان رسید" in page
    assert "دیر" in page, "a week is more than three working days"
    assert counts() == before
    back = sara_client.post(REHEARSAL, {"acts": acts_of(page), "back": "1"}).content.decode()
    assert "نشانی دیگری است" not in back.split("<main")[1].split("<aside")[0]
    assert counts() == before


def test_what_is_missing_is_said_as_to_an_applicant(sara_client: Client, residence: Offering) -> None:
    answer = sara_client.post(REHEARSAL, {"acts": "[]", "step": "--", "owner": "no", "postal_code": "۱۲"})
    assert answer.status_code == 422
    assert "کد پستی" in answer.content.decode()
    page = sara_client.post(REHEARSAL, {"acts": "[]", **FILED}).content.decode()
    answer = sara_client.post(REHEARSAL, {"acts": acts_of(page), "step": "refuse", "refuse-reason": ""})
    assert answer.status_code == 422
    assert "«دلیل» را بنویسید" in answer.content.decode()


def test_a_page_that_lies_begins_anew_or_is_refused(sara_client: Client, residence: Offering) -> None:
    for lie in (
        "nonsense", "{}", "[[]]", '[["", 5, 1]]', "[" * 100_000, '[["", {}, 1e999]]',
        *(json.dumps(acts) for acts in (
            [["burn", {}, 0]], [["", {"owner": "no"}, 0]], [["", {"owner": {"a": []}}, 0]],
            [["", FILED, 0], ["burn", {}, 0]],
            [["", FILED, 0], ["approve", {}, 0], ["approve", {}, 0]],
        )),
    ):  # fmt: skip
        for step in ("--", "approve", "", "burn"):
            answer = sara_client.post(REHEARSAL, {"acts": lie, "step": step, "days": "x"})
            assert answer.status_code in (200, 422), (lie[:40], step)
    assert Case.objects.count() == 0


def test_the_nameless_rehearse_too(sara_client: Client, offering: Offering) -> None:
    answers = {"kind": "complaint", "text": "کارمند باجه پاسخ درستی نداد و مرا بازگرداند."}
    page = sara_client.post(
        f"{BASE}service-desk/rehearsal/",
        {"acts": "[]", "step": "--", "applicant_kind": "anonymous", "department": "housing", **answers},
    )
    assert page.status_code == 200
    assert "درخواست شما ثبت شد" in page.content.decode()


def test_a_draft_with_faults_is_mended_first(sara_client: Client, residence: Offering) -> None:
    sara_client.post(
        DRAFT, {"intent": "save", "source": RESIDENCE.replace("by: expert", "by: janitor"), "seen": ""}
    )
    assert sara_client.get(REHEARSAL)["Location"] == DRAFT
