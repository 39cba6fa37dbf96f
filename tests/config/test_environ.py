"""What an installation chooses: taken as it is meant, or refused in words."""

from pathlib import Path

import pytest

from mizban.config import environ
from mizban.config.instance import InstanceError, ensure
from mizban.config.mail import MailServer, mail_server
from mizban.core.db import database


@pytest.mark.parametrize(
    ("typed", "hosts"),
    [
        ("", []),
        ("mizban.example.ir", ["mizban.example.ir"]),
        (" a.ir , .b.ir,", ["a.ir", ".b.ir"]),
        ("10.0.0.5", ["10.0.0.5"]),
    ],
)
def test_hosts(monkeypatch: pytest.MonkeyPatch, typed: str, hosts: list[str]) -> None:
    monkeypatch.setenv("MIZBAN_HOSTS", typed)
    assert environ.hosts("MIZBAN_HOSTS") == hosts


@pytest.mark.parametrize("typed", ["https://a.ir", "a.ir:8000", "a.ir/x", "*", "a b", "-a.ir"])
def test_what_is_no_host_is_refused(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("MIZBAN_HOSTS", typed)
    with pytest.raises(InstanceError, match="MIZBAN_HOSTS"):
        environ.hosts("MIZBAN_HOSTS")


@pytest.mark.parametrize("typed", ["yes", "true", "2"])
def test_a_switch_is_one_or_nought(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("MIZBAN_HTTPS", typed)
    with pytest.raises(InstanceError, match="write 1 or 0"):
        environ.flag("MIZBAN_HTTPS")


@pytest.mark.parametrize("typed", ["-1", "10", "x", "1.5", "۲²"])
def test_a_number_has_bounds(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("MIZBAN_PROXIES", typed)
    with pytest.raises(InstanceError, match="from 0 to 9"):
        environ.number("MIZBAN_PROXIES", most=9)


def test_a_weak_secret_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIZBAN_METRICS_TOKEN", "short-one")
    with pytest.raises(InstanceError) as refused:
        environ.secret("MIZBAN_METRICS_TOKEN")
    assert "short-one" not in str(refused.value)
    monkeypatch.setenv("MIZBAN_METRICS_TOKEN", "x" * 16)
    assert environ.secret("MIZBAN_METRICS_TOKEN") == "x" * 16


@pytest.mark.parametrize("url", ["mysql://u:geheim@h/d", "nonsense-geheim"])
def test_another_engine_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(InstanceError) as refused:
        environ.database_at("DATABASE_URL", tmp_path)
    assert "geheim" not in str(refused.value)


def test_a_database_without_its_secrets_is_not_given_new_ones(tmp_path: Path) -> None:
    (tmp_path / "mizban.sqlite3").write_bytes(b"SQLite format 3\0".ljust(8192, b"\0"))
    with pytest.raises(InstanceError, match=r"no instance\.toml"):
        ensure(tmp_path, "production")
    assert not (tmp_path / "instance.toml").exists()


@pytest.mark.parametrize(
    ("typed", "host", "port", "user", "password", "ways"),
    [
        ("smtp://localhost", "localhost", 25, "", "", (False, False)),
        ("smtp+tls://ali:p%40ss@mail.example.ir", "mail.example.ir", 587, "ali", "p@ss", (False, True)),
        ("smtps://ali:x@mail.example.ir:4650", "mail.example.ir", 4650, "ali", "x", (True, False)),
    ],
)
def test_a_mail_server(
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    host: str,
    port: int,
    user: str,
    password: str,
    ways: tuple[bool, bool],
) -> None:
    monkeypatch.setenv("MIZBAN_MAIL_URL", typed)
    monkeypatch.setenv("MIZBAN_MAIL_FROM", "khabar@example.ir")
    wanted = MailServer(host, port, user, password, *ways, sender="khabar@example.ir")
    assert mail_server("MIZBAN_MAIL_URL", "MIZBAN_MAIL_FROM") == wanted


def test_without_an_address_there_is_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIZBAN_MAIL_URL", raising=False)
    assert not mail_server("MIZBAN_MAIL_URL", "MIZBAN_MAIL_FROM").sender


@pytest.mark.parametrize(
    "typed", ["mail.example.ir", "http://a.ir", "smtp://", "smtp://:hunter2@a.ir:x", "smtp://a.ir/x"]
)
def test_what_is_no_mail_server_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setenv("MIZBAN_MAIL_URL", typed)
    with pytest.raises(InstanceError, match="MIZBAN_MAIL_URL") as refused:
        mail_server("MIZBAN_MAIL_URL", "MIZBAN_MAIL_FROM")
    assert "hunter2" not in str(refused.value)


def test_mail_needs_somebody_to_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIZBAN_MAIL_URL", "smtp://localhost")
    monkeypatch.delenv("MIZBAN_MAIL_FROM", raising=False)
    with pytest.raises(InstanceError, match="MIZBAN_MAIL_FROM"):
        mail_server("MIZBAN_MAIL_URL", "MIZBAN_MAIL_FROM")


@pytest.mark.parametrize(
    ("typed", "kept"), [("", 5), ("?prepare_threshold=50", 50), ("?prepare_threshold=none", None)]
)
def test_planning_on_the_server_can_be_left_out_for_a_pooler(typed: str, kept: int | None) -> None:
    options = database(f"postgresql://u@h/d{typed}", Path())["OPTIONS"]
    assert options["prepare_threshold"] == kept


def test_a_threshold_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="prepare_threshold"):
        database("postgresql://u@h/d?prepare_threshold=often", Path())
