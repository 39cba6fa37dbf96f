"""Maryam at the portal: a still clock, her browser, and forms sent with what their pages hold."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.lib.codes import tidy_code
from mizban.office.agreements.models import Agreement, AgreementVersion, entered
from tests.conftest import MARYAM_TYPES, REQUEST, SATURDAY

NOON = SATURDAY + timedelta(hours=2)
APPLY = "/markazi-roads/services/service-desk/apply/"
RECEIPT = "/markazi-roads/services/service-desk/receipt/"
TYPED = MARYAM_TYPES | REQUEST
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_TAG = re.compile(r"<[^>]+>")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """It is Saturday noon and stays so, unless the test moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def maryam(offering: Offering) -> Client:
    """Her browser; the service desk is open for her."""
    return Client()


@pytest.fixture
def agreement(offering: Offering) -> AgreementVersion:
    """The agreement the service desk runs under."""
    made = Agreement.objects.create(
        agency=offering.agency, number=1, title="میز خدمت", services=["service-desk"]
    )
    reading = {"validity": {"holdover": True}, "clauses": [], "findings": []}
    return entered(made, text="متن", text_hash="hash", reading=reading, valid_until=None, at=SATURDAY)


def page_of(response: Any) -> str:
    return str(response.content.decode())


def words_of(response: Any) -> str:
    """The page as it is read."""
    return " ".join(html.unescape(_TAG.sub(" ", page_of(response))).split())


def hidden(response: Any, *, form: str = "") -> dict[str, list[str]]:
    """The hidden inputs of a page, or of the form whose address has `form` in it."""
    page = page_of(response)
    if form:
        page = next(part for part in page.split("<form")[1:] if form in part.split(">", 1)[0])
    found: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(page):
        found.setdefault(name, []).append(html.unescape(value))
    found.pop("csrfmiddlewaretoken", None)
    return found


def shown_password(response: Any) -> str:
    """The twelve digits that a receipt shows as the password."""
    shown = re.search(r"<dt[^>]*>رمز[^<]*</dt>\s*<dd>(.*?)</dd>", page_of(response), re.DOTALL)
    assert shown is not None
    return tidy_code(_TAG.sub("", shown[1]))


def png(name: str = "نامهٔ من.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, "image/png")


def review(client: Client, **changes: Any) -> Any:
    """Fill the form and press «ادامه»."""
    blank = client.get(APPLY)
    return client.post(APPLY, {**TYPED, **hidden(blank), "intent": "review", **changes})


def file(client: Client, reviewed: Any, **changes: Any) -> Any:
    """Tick what is declared on the review page and press «ثبت درخواست»."""
    ticks = dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)"', page_of(reviewed)), "yes")
    return client.post(APPLY, {**hidden(reviewed), **ticks, "intent": "file", **changes})


def filed(client: Client, **changes: Any) -> Case:
    """The whole way to a case."""
    response = file(client, review(client, **changes))
    assert (response.status_code, response["Location"]) == (303, RECEIPT)
    case = Case.objects.order_by("id").last()
    assert case is not None
    return case


def track(client: Client, opened: Opened, **changes: Any) -> Any:
    return client.post("/track/", {"code": opened.case.code, "password": opened.password, **changes})


def press(client: Client, page: Any, step: str, **typed: Any) -> Any:
    """Take a step as its form on `page` does."""
    address = f"/track/case/steps/{step}/"
    return client.post(address, {**hidden(page, form=address), **typed})
