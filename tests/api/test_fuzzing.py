"""What schemathesis makes up: no call breaks, and none is answered otherwise than the document says.

Bounded to seconds here; `MIZBAN_FUZZ_EXAMPLES` says how many calls are tried at each route in a longer run.
"""

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from schemathesis.checks import (
    CHECKS,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.people.models import User
from mizban.web.api import tokens
from mizban.web.api.calls import api
from tests.conftest import SATURDAY

EXAMPLES = int(os.environ.get("MIZBAN_FUZZ_EXAMPLES", "6"))
EXPECTED = [
    CHECKS.get_one("not_a_server_error"),
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
ROUTES = [
    (path, method.upper())
    for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
    for method in methods
]
# A token makes a difference where there is a desk or something to send.
WITH_TOKEN = [(path, method) for path, method in ROUTES if "desk" in path or method == "POST"]


@cache
def document() -> Any:
    """The document as a client finds it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The test's transaction outlives its requests, as Django's own test client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_nothing_a_stranger_makes_up_breaks_a_call(opened: Opened, path: str, method: str) -> None:
    attack(path, method, {})


@pytest.mark.parametrize(("path", "method"), WITH_TOKEN)
def test_nothing_a_clerk_makes_up_breaks_a_call(
    opened: Opened, babak: User, agency: Agency, path: str, method: str
) -> None:
    attack(path, method, {"Authorization": f"Bearer {tokens.issue(babak, agency, at=SATURDAY)}"})


def attack(path: str, method: str, headers: dict[str, str]) -> None:
    @hypothesis.given(case=document()[path][method].as_strategy())
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize="MIZBAN_FUZZ_EXAMPLES" not in os.environ,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def tried(case: Any) -> None:
        case.validate_response(case.call(headers=headers), checks=EXPECTED)

    tried()
