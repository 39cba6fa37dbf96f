"""A draft is written from a service at the desk, compared, told when the service changes, signed as it was written."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from mizban.core.cases.models import Offering
from mizban.core.people.actors import Staff
from mizban.core.people.models import User
from mizban.office.agreements import drafting, gate
from mizban.office.agreements.models import AgreementVersion, Draft
from mizban.office.agreements.reading.reader import read_text
from mizban.office.agreements.writing.drafts import changed_since, from_service
from tests.conftest import SERVICE_DESK, signed_in

from .conftest import NOON, TODAY, sent, signed

DESK = "/desk/markazi-roads/agreements/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def promise_six_days(offering: Offering) -> None:
    text = SERVICE_DESK.read_text("utf-8").replace("within: 7", "within: 6", 1)
    Offering.publish(offering.agency, text, at=NOON)


def test_sara_writes_a_draft_from_a_service_and_sees_it_beside_the_present_text(
    on_paper: AgreementVersion, sara: User
) -> None:
    client = signed_in(sara)
    assert "پیش‌نویس از روی خدمت" in client.get(f"{DESK}new/").content.decode()
    answer = client.post(f"{DESK}written/", {"service": "service-desk"})
    draft = Draft.objects.get()
    assert answer["Location"] == f"{DESK}drafts/{draft.pk}/comparison/"
    page = client.get(answer["Location"]).content.decode()
    assert "با خدمت یکی" in page
    assert "تا تاریخ ۹۹/۱۲/۲۹" in page, "the present text"
    assert "حداکثر ظرف ۷ روز کاری پس از ثبت" in page
    assert draft.agreement == on_paper.agreement
    kinds = {each["kind"] for each in draft.clauses}
    assert {"guidance", "survey", "letter-tracing"} <= kinds, "what the office keeps from its text"
    assert client.post(f"{DESK}written/", {"service": "nothing"}).status_code == 404


def test_what_is_signed_is_what_was_written(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    draft = from_service(Offering.objects.get(), by=as_hamed, at=NOON)
    found = gate.obstacles(drafting.facts_of(draft, at=NOON), today=TODAY)
    assert [each.code for each in found] == ["contradictory-validity"]
    version = signed(sent(draft, as_hamed), as_hamed)
    assert version.text == draft.source
    assert [each.kind for each in read_text(version.text, today=TODAY).clauses] == [
        each.kind for each in version.clauses.all()
    ]
    assert version.response_target == {"value": 7, "unit": "working_days"}


def test_when_the_service_changes_the_draft_says_which_clauses_differ(
    on_paper: AgreementVersion, sara: User, as_sara: Staff, client: Client
) -> None:
    offering = Offering.objects.get()
    draft = from_service(offering, by=as_sara, at=NOON)
    assert changed_since(draft, at=NOON) == []
    promise_six_days(offering)
    (found,) = changed_since(draft, at=NOON)
    clause = draft.clause(found.ref)
    assert clause is not None
    assert clause["origin"] == "service-desk/answer"
    assert "۷ روز کاری" in found.present
    assert "۶ روز کاری" in found.written
    obstacle = next(
        each
        for each in gate.obstacles(drafting.facts_of(draft, at=NOON), today=TODAY)
        if each.code == "differs-from-service"
    )
    assert obstacle.refs == (found.ref,)
    page = signed_in(sara).get(f"{DESK}drafts/{draft.pk}/comparison/").content.decode()
    assert "خدمت از این پیش‌نویس جدا شده است" in page


def test_other_days_are_in_the_text_and_no_difference(on_paper: AgreementVersion, as_sara: Staff) -> None:
    draft = from_service(Offering.objects.get(), by=as_sara, at=NOON)
    first, last = TODAY + timedelta(days=30), TODAY + timedelta(days=400)
    drafting.set_dates(draft, seen=draft.revision, valid_from=first, valid_until=last)
    assert changed_since(draft, at=NOON) == []


def test_a_draft_that_was_read_is_held_against_the_service(
    on_paper: AgreementVersion, sara: User, as_sara: Staff
) -> None:
    draft = drafting.successor_of(on_paper, by=as_sara, at=NOON)
    page = signed_in(sara).get(f"{DESK}drafts/{draft.pk}/comparison/").content.decode()
    assert "این پیش‌نویس در کنار آنچه از روی خدمت نوشته می‌شود" in page
    assert "حداکثر ظرف ۷ روز کاری" in page
