"""Whatever a program sends, it is answered in JSON: what cannot be read, what is not there, what breaks."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import get_resolver

from mizban.web.api import status
from mizban.web.api.calls import api

from .conftest import Program, filing, problem

DOCS = Path(__file__).parent.parent.parent / "docs/api.md"
ROUTES = sorted(
    (path.removeprefix("/api/v1/"), method.upper())
    for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
    for method in methods
)


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "nonsense",
        '{"a": NaN}',
        '{"a": 1, "a": 2}',
        '"\\ud800"',
        '{"a": 1e999}',
        "[" * 100_000,
        '{"a": ' + "1" * 5000 + "}",
        b"\xff\xfe\x00",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_what_is_no_json_is_unreadable(program: Program, body: Any) -> None:
    problem(program.post("cases", body), 400, "unreadable")


def test_no_body_is_no_json(program: Program) -> None:
    problem(program.post("cases", ""), 415, "unsupported-media-type")


def test_a_body_without_end_is_too_large(program: Program) -> None:
    problem(program.post("cases", filing(text="ن" * 2_000_000)), 413, "too-large")


@pytest.mark.parametrize("path", ["", "nothing", "services/", "cases/1", "desk", "../admin", "%00", "docs/x"])
def test_what_is_not_there_is_a_problem(program: Program, path: str) -> None:
    problem(program.get(path), 404, "not-found")


@pytest.mark.parametrize("path", ["services", "cases", "cases/track", "files", "openapi.json", "docs"])
def test_another_method_is_a_problem_that_says_which(program: Program, path: str) -> None:
    response = Client().delete(f"/api/v1/{path}")
    if path in ("openapi.json", "docs"):
        assert response.status_code in (200, 405)
        return
    problem(response, 405, "method-not-allowed")
    assert response["Allow"] in ("GET, HEAD", "POST")


def test_head_goes_where_get_goes(program: Program) -> None:
    response = Client().head("/api/v1/status")
    assert (response.status_code, response.content) == (200, b"")


def test_a_fault_tells_nothing_and_is_logged(program: Program, monkeypatch: Any, caplog: Any) -> None:
    def broken(*_args: Any, **_named: Any) -> Any:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(status, "Status", broken)
    client = Client(raise_request_exception=False)
    response = client.get("/api/v1/status")
    problem(response, 500, "server-error")
    assert "secret" not in response.content.decode()
    assert "RuntimeError" in caplog.text


def test_a_page_does_not_become_json(program: Program) -> None:
    assert Client().get("/nothing/").headers["Content-Type"].startswith("text/html")


def test_the_page_of_the_api_needs_no_other_site_and_no_script_of_its_own() -> None:
    response = Client().get("/api/v1/docs")
    page = response.content.decode()
    assert "//" not in page.replace("<!doctype", "")
    for script in re.findall(r"<script[^>]*>", page):
        assert 'src="/static/' in script
    for name in re.findall(r'"/static/([^"]+)"', page):
        assert finders.find(name), name
    assert "unsafe" not in response["Content-Security-Policy"]


def test_every_route_is_documented() -> None:
    text = DOCS.read_text("utf-8")
    for path, method in [*ROUTES, ("openapi.json", "GET"), ("docs", "GET")]:
        assert f"`{method} {path}`" in text, f"{method} {path} is not in docs/api.md"


def test_every_documented_route_is_there() -> None:
    text = DOCS.read_text("utf-8")
    named = {tuple(line.split("`")[1].split(" ", 1)) for line in text.splitlines() if line.startswith("| `")}
    known = {(method, path) for path, method in [*ROUTES, ("openapi.json", "GET"), ("docs", "GET")]}
    assert {each for each in named if each[0] in ("GET", "POST")} == known


def test_every_problem_code_is_documented() -> None:
    from mizban.core.refusals import Refusal

    def codes(refusal: type[Refusal]) -> set[str]:
        return {refusal.code}.union(*(codes(each) for each in refusal.__subclasses__()), set())

    text = DOCS.read_text("utf-8")
    ours = {"unreadable", "unauthenticated", "not-found", "already-filed", "acted-first"}
    assert ours <= codes(Refusal)
    for code in ours | {"form-refused", "too-large", "unsupported-media-type", "method-not-allowed"}:
        assert f"`{code}`" in text


def test_the_document_describes_every_answer_as_a_problem() -> None:
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for code, response in operation["responses"].items():
                if code >= 400:
                    assert list(response["content"]) == ["application/problem+json"], (path, method, code)
    json.dumps(document)


def test_the_api_has_no_address_but_these() -> None:
    """What stands under /api/v1/ is the calls, the document, its page, and nothing else."""
    resolver = next(each for each in get_resolver().url_patterns if str(each.pattern) == "api/v1/")
    routes = {str(each.pattern) for each in resolver.url_patterns}  # type: ignore[union-attr]  # an include
    # The document, its page, and the last answer, whose address is the root's.
    assert len(routes) == len({path for path, _ in ROUTES}) + 3
