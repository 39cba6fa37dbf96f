"""Health, figures and logs: what an operator sees, and what nobody may find there."""

import errno
import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client, RequestFactory

from mizban.config import health, logs, metrics, watching
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.core.people.models import User
from mizban.core.sealing import cipher
from mizban.lib.codes import tidy_code
from tests.conftest import MARYAM, MARYAM_TYPES, PASSWORD, REQUEST, SATURDAY

Open = Callable[..., Opened]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    health.forget()
    metrics.Queues.forget()


@pytest.mark.django_db
class TestHealth:
    def test_a_living_process_with_a_whole_schema_is_ready(self, client: Client) -> None:
        for _ in range(2):
            assert client.get("/readyz").content == b"ok\n"
        assert client.get("/healthz").content == b"ok\n"

    def test_missing_migrations_are_503(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["something"])
        answer = client.get("/readyz")
        assert (answer.status_code, answer.content) == (503, b"migrations\n")
        assert client.get("/healthz").status_code == 200

    def test_a_database_that_is_away_is_503(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def away() -> bool:
            raise OperationalError("gone")

        monkeypatch.setattr(health, "missing_migrations", away)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.content) == (503, b"database\n")


def number(page: str, series: str) -> float:
    """The value of one series; nought while nobody counted it."""
    found = [line.rsplit(" ", 1)[1] for line in page.splitlines() if line.startswith(f"{series} ")]
    return float(found[0]) if found else 0.0


@pytest.mark.django_db
class TestMetrics:
    def page(self, client: Client) -> str:
        answer = client.get("/metrics")
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/plain")
        return str(answer.content.decode())

    def test_requests_are_counted_by_route_and_status(self, client: Client) -> None:
        series = 'mizban_requests_total{route="portal:home",status="200"}'
        before = number(self.page(client), series)
        client.get("/")
        client.get("/")
        assert number(self.page(client), series) == before + 2

    def test_addresses_make_no_series_of_their_own(self, client: Client, case: Case) -> None:
        for path in (f"/desk/markazi-roads/cases/{case.code}/", "/x" * 20, "/<script>/", "/nowhere/at/all/"):
            client.get(path)
        page = self.page(client)
        assert case.code not in page
        assert "<script" not in page
        assert number(page, 'mizban_requests_total{route="unknown",status="404"}') >= 1
        assert 'route="desk:case"' in page

    def test_what_waits_is_counted(self, client: Client, open_case: Open) -> None:
        open_case()
        open_case(at=SATURDAY.replace(year=2025))
        Case.objects.filter(pk=open_case().case.pk).update(is_open=False)
        page = self.page(client)
        assert number(page, 'mizban_cases_open{agency="markazi-roads"}') == 2
        assert number(page, 'mizban_cases_waiting{agency="markazi-roads"}') == 2
        assert number(page, 'mizban_cases_late{agency="markazi-roads"}') >= 1
        assert number(page, "mizban_workers_alive") == 0

    def test_ten_more_cases_cost_no_more_queries(
        self, client: Client, open_case: Open, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(11):
            open_case()
        with django_assert_max_num_queries(5):
            self.page(client)
        with django_assert_max_num_queries(0):  # counted a moment ago
            self.page(client)

    @pytest.mark.parametrize(
        "asked",
        [
            {"REMOTE_ADDR": "192.0.2.7"},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 proxy"},
            {"REMOTE_ADDR": "nonsense"},
            {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer "},
            {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer guessed"},
            {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer é"},
        ],
    )
    def test_a_stranger_finds_no_such_page(self, client: Client, asked: dict[str, str]) -> None:
        answer = client.get("/metrics", **asked)  # type: ignore[arg-type]  # the test client's own names
        assert answer.status_code == 404
        assert "mizban_requests" not in answer.content.decode()

    def test_the_token_opens_it_from_anywhere(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "METRICS_TOKEN", "a-token-of-the-office")
        for header, status in (("Bearer a-token-of-the-office", 200), ("a-token-of-the-office", 404)):
            answer = client.get("/metrics", REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION=header)
            assert answer.status_code == status


@pytest.mark.django_db
class TestRequestId:
    def test_every_answer_has_its_number(self, client: Client) -> None:
        first, second = client.get("/")["X-Request-ID"], client.get("/nothing/here/")["X-Request-ID"]
        assert first != second
        assert watching.REQUEST_ID.fullmatch(first)

    @pytest.mark.parametrize(
        ("given", "kept"), [("abc-12345678", True), ("short", False), ("مریم رضایی مریم", False)]
    )
    def test_the_office_s_proxy_may_give_it(
        self,
        monkeypatch: pytest.MonkeyPatch,
        given: str,
        kept: bool,  # noqa: FBT001  # a table of cases
    ) -> None:
        request = RequestFactory().get("/", HTTP_X_REQUEST_ID=given)
        assert watching._id_of(request) != given  # noqa: SLF001  # nobody's proxy
        monkeypatch.setattr(settings, "TRUSTED_PROXIES", 1)
        assert (watching._id_of(request) == given) is kept  # noqa: SLF001


@pytest.fixture
def log_lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The lines as production writes them."""
    root, kept, written = logging.getLogger(), list(logging.getLogger().handlers), []
    logs.configure(logs.settings(demo=False))

    def read() -> list[dict[str, Any]]:
        written.extend(capsys.readouterr().err.splitlines())
        return [json.loads(line) for line in written]

    yield read
    logs.configure(logs.settings(demo=True))
    root.handlers = kept


def typed_everywhere(client: Client, babak_client: Client, opened: Opened) -> list[str]:
    """A whole journey through the pages, with all that is secret in it."""
    text = "شمارهٔ حساب من ۱۲۳۴۵۶۷۸۹۰۱۲ است و این متن محرمانه است."
    code, password = opened.case.code, opened.password
    client.post(
        "/markazi-roads/services/service-desk/apply/",
        {**MARYAM_TYPES, **REQUEST, "text": text, "token": "x" * 22},
    )
    client.post("/track/", {"code": code, "password": password, "tracking_code": code})
    client.post("/track/", {"code": code, "password": "999999999999"})
    client.get("/track/case/")
    client.post("/desk/sign-in/", {"username": "babak", "password": PASSWORD})
    client.post("/desk/sign-in/", {"username": "babak", "password": "a-wrong-secret-password"})
    desk = f"/desk/markazi-roads/cases/{code}/"
    babak_client.get(desk)
    babak_client.post("/desk/markazi-roads/", {"q": MARYAM.identifier})
    babak_client.post(f"{desk}steps/reply/", {"reply-reply": text, "seen": "1", "token": "t" * 22})
    babak_client.post("/desk/markazi-roads/exports/", {"tab": "all"})
    babak_client.get(f"/nothing/{code}/{password}/?name={MARYAM.name}")
    spoken = " ".join(MARYAM.name.split())
    return [
        *(spoken, MARYAM.identifier, MARYAM_TYPES["applicant_identifier"], MARYAM.mobile, MARYAM.mobile[3:]),
        *(MARYAM_TYPES["applicant_mobile"], "محرمانه", "123456789012", PASSWORD, "a-wrong-secret-password"),
        *(tidy_code(password), code),
    ]


def test_the_logs_of_a_whole_journey_hold_nothing_personal(
    log_lines: Callable[[], list[dict[str, Any]]],
    offering: Offering,
    opened: Opened,
    client: Client,
    babak_client: Client,
) -> None:
    secrets = typed_everywhere(client, babak_client, opened)
    lines = log_lines()
    assert len(lines) >= 10
    text = json.dumps(lines, ensure_ascii=False)
    for secret in secrets:
        assert secret not in text
    for line in lines:
        assert {"event", "level", "timestamp"} <= set(line)
    requests = [line for line in lines if line["event"] == "request"]
    assert {"method", "route", "status", "ms", "request_id"} <= set(requests[0])
    assert {"desk:case", "desk:step", "portal:track", "unknown"} <= {line["route"] for line in requests}


def test_a_fault_is_told_by_class_and_place_not_by_its_words(
    log_lines: Callable[[], list[dict[str, Any]]],
    case: Case,
    babak: User,
    babak_client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError("invalid literal: مریم رضایی 1367458218")

    monkeypatch.setattr(cipher, "unseal_json", broken)
    babak_client.raise_request_exception = False
    assert babak_client.get(f"/desk/markazi-roads/cases/{case.code}/").status_code == 500
    faults = [line for line in log_lines() if line["level"] == "error"]
    assert faults[0]["exception"] == "ValueError"
    assert any("broken" in place for place in faults[0]["at"])
    assert faults[0]["request_id"]
    text = json.dumps(log_lines(), ensure_ascii=False)
    for secret in ("مریم", "1367458218", case.code):
        assert secret not in text


def test_a_database_that_is_away_says_why(log_lines: Callable[[], list[dict[str, Any]]]) -> None:
    try:
        raise OperationalError("connection refused\nDETAIL: Key (name)=(مریم)")
    except OperationalError:
        structlog.get_logger("mizban.test").exception("a round failed")
    line = log_lines()[0]
    assert (line["exception"], line["said"]) == ("OperationalError", "connection refused")


def test_a_demo_s_lines_are_short() -> None:
    line = {
        "timestamp": "2026-11-21T08:30:00Z",
        "level": "info",
        "event": "request",
        "route": "portal:home",
        "ms": 4,
    }
    assert logs.short(None, "info", line) == "08:30:00 request route=portal:home ms=4"


@pytest.mark.django_db
@pytest.mark.usefixtures("log_lines")
def test_a_full_disk_under_the_log_stops_no_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, line: str) -> int:
            raise OSError(errno.ENOSPC, line)

    monkeypatch.setattr("sys.stderr", Full())
    assert client.get("/").status_code == 200
    assert client.get("/nothing/here/").status_code == 404
