"""Programs at the API: a still clock, calls as a client of any language makes them, and tokens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Offering
from mizban.core.people.models import User
from mizban.web.api import tokens
from tests.conftest import MARYAM, REQUEST, SATURDAY

NOON = SATURDAY + timedelta(hours=2)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
MARYAM_SENDS: dict[str, Any] = {
    "kind": "natural",
    "name": MARYAM.name,
    "national_id": MARYAM.identifier,
    "mobile": "09141234567",
}
UNIQUE = "7f1f6a52-8a0a-4a57-9d3e-0f6f0d3c4b21"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """It is Saturday noon and stays so, unless the test moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@dataclass(slots=True)
class Program:
    """A client program: no cookies, no CSRF token, JSON in and out; `headers` come with every call."""

    headers: dict[str, str] = field(default_factory=dict)
    address: str = "192.0.2.1"

    def get(self, path: str, **headers: str) -> Any:
        return self._client().get(_full(path), headers=self.headers | headers)

    def post(self, path: str, body: Any, *, key: str = "", **headers: str) -> Any:
        also = {"Idempotency-Key": key} if key else {}
        return self._client().post(
            _full(path), body, content_type="application/json", headers=self.headers | also | headers
        )

    def upload(self, content: bytes = PNG, name: str = "نامه.png") -> Any:
        file = SimpleUploadedFile(name, content, "application/octet-stream")
        return self._client().post(_full("files"), {"file": file}, headers=self.headers)

    def file(self, *, key: str = "", applicant: dict[str, Any] | None = None, **answers: Any) -> Any:
        """File Maryam's request at the service desk; keywords change what she answers."""
        return self.post("cases", filing(applicant=applicant, **answers), key=key)

    def _client(self) -> Client:
        return Client(REMOTE_ADDR=self.address, enforce_csrf_checks=True)


def _full(path: str) -> str:
    return path if path.startswith("/") else f"/api/v1/{path}"


def filing(*, applicant: dict[str, Any] | None = None, **answers: Any) -> dict[str, Any]:
    return {
        "agency": "markazi-roads",
        "service": "service-desk",
        "applicant": applicant or MARYAM_SENDS,
        "answers": {**REQUEST, **answers},
    }


@pytest.fixture
def program(offering: Offering) -> Program:
    """A program somewhere; the service desk is open for it."""
    return Program()


@pytest.fixture
def with_token() -> Callable[[User, Agency], Program]:
    """A program that acts as somebody."""

    def _made(user: User, agency: Agency) -> Program:
        token = tokens.issue(user, agency, at=SATURDAY)
        return Program({"Authorization": f"Bearer {token}"})

    return _made


@pytest.fixture
def as_babaks_program(with_token: Any, babak: User, agency: Agency) -> Program:
    made: Program = with_token(babak, agency)
    return made


@pytest.fixture
def as_daras_program(with_token: Any, dara: User, other_agency: Agency) -> Program:
    made: Program = with_token(dara, other_agency)
    return made


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The problem a call was answered with, checked to be one."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = response.json()
    assert (said["status"], said["code"]) == (status, code), said
    assert said["type"] == f"urn:mizban:problem:{code}"
    assert said["title"]
    assert said["detail"]
    return said


def wrong_fields(response: Any) -> dict[str, str]:
    """The fields a problem names, each with its code."""
    return {each["field"]: each["code"] for each in response.json()["errors"]}


def tracked(program: Program, filed: Any) -> Any:
    """What the applicant's program reads of the case it filed."""
    receipt = filed.json()
    return program.post(
        "cases/track", {"tracking_code": receipt["tracking_code"], "password": receipt["password"]}
    )


def case_of(filed: Any) -> Case:
    return Case.objects.get(code=filed.json()["tracking_code"])
