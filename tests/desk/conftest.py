"""The desk in the tests: a still clock, pages as people read them, and steps taken through their forms."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.people.models import Membership, Role, User
from mizban.lib.text import ascii_digits
from tests.conftest import SATURDAY

NOON = SATURDAY + timedelta(hours=2)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """It is Saturday noon and stays so, unless the test moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def press(agency: Agency) -> Callable[..., Any]:
    """Take a step as its form does: on a fresh page, unless `seen` says otherwise."""

    def _press(client: Client, case: Case, step: str, *, seen: int | None = None, **typed: Any) -> Any:
        fresh = Case.objects.get(pk=case.pk).number_of_events
        data = {f"{step}-{name}": value for name, value in typed.items()}
        data |= {"seen": str(fresh if seen is None else seen), "token": "t" * 22}
        return client.post(f"{case_url(case)}steps/{step}/", data)

    return _press


@pytest.fixture
def also(agency: Agency) -> Callable[..., Membership]:
    """Give somebody one more role at the agency."""

    def _also(user: User, role: Role, **facts: Any) -> Membership:
        return Membership.objects.create(user=user, agency=facts.pop("agency", agency), role=role, **facts)

    return _also


def case_url(case: Case) -> str:
    return f"/desk/markazi-roads/cases/{case.code}/"


def text_of(response: Any) -> str:
    """The page as a person reads it: no tags, single blanks."""
    return " ".join(html.unescape(_TAGS.sub(" ", response.content.decode())).split())


def token_on(response: Any) -> str:
    """The token of the first form of the page that has one."""
    found = re.search(r'name="token" value="([\w-]{22})"', response.content.decode())
    assert found, "no form with a token"
    return found[1]


def codes_shown(response: Any) -> list[str]:
    """The codes a page shows large, as ASCII digits: of a receipt the tracking code and the password."""
    shown = re.findall(r'class="code big">(.*?)</bdi>', response.content.decode())
    return [ascii_digits(_TAGS.sub("", groups)) for groups in shown]


def picture(name: str = "سند.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, "image/png")
