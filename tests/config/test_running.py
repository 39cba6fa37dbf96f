"""`mizban run` from outside: served, refused in words, ended together, its data kept."""

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ports import free_port

PATIENCE = 240
Start = Callable[..., "subprocess.Popen[str]"]


def environment(data: Path, port: int) -> dict[str, str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    return {**clean, "MIZBAN_DATA": str(data), "MIZBAN_PORT": str(port), "MIZBAN_WORKERS": "1"}


@pytest.fixture
def start() -> Iterator[Start]:
    """Start `mizban run` over a folder and a port; whatever still runs is ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def _start(data: Path, port: int, *words: str) -> "subprocess.Popen[str]":
        server = subprocess.Popen(
            [sys.executable, "-m", "mizban", "run", *words],
            env=environment(data, port),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(server)
        return server

    yield _start
    for server in started:
        if server.poll() is None:
            server.kill()
        server.wait(10)


def answers(port: int, server: "subprocess.Popen[str]") -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


def children_of(pid: int) -> list[int]:
    """Every process below this one."""
    found = []
    for line in subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout.splitlines():
        child, parent = map(int, line.split())
        if parent == pid:
            found += [child, *children_of(child)]
    return found


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A zombie whose parent has not looked yet is gone for our purpose.
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def words_of(server: "subprocess.Popen[str]") -> str:
    """What a server has said to its end, which is now at the latest."""
    server.kill()
    return server.stdout.read() if server.stdout else ""


def test_it_serves_refuses_a_second_and_leaves_nobody_behind(tmp_path: Path, start: Start) -> None:
    data, port = tmp_path / "data", free_port()
    server = start(data, port)
    assert answers(port, server), words_of(server)
    mode = (data / "instance.toml").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert tomllib.loads((data / "instance.toml").read_text())["mode"] == "production"

    same_folder = start(data, free_port())
    assert same_folder.wait(PATIENCE) == 1
    assert "served already" in words_of(same_folder)
    same_port = start(tmp_path / "other", port)
    assert same_port.wait(PATIENCE) == 1
    assert f"port {port} is taken" in words_of(same_port)

    everybody = children_of(server.pid)
    assert len(everybody) >= 2, "a server and a worker"
    server.send_signal(signal.SIGINT)
    assert server.wait(PATIENCE) == 0
    assert not [pid for pid in everybody if is_running(pid)]

    secrets = (data / "instance.toml").read_text()
    again = start(data, port)
    assert answers(port, again)
    assert (data / "instance.toml").read_text() == secrets

    # Killed outright, it leaves nobody behind either.
    everybody = children_of(again.pid)
    again.kill()
    end = time.monotonic() + PATIENCE
    while any(is_running(pid) for pid in everybody) and time.monotonic() < end:
        time.sleep(0.2)
    assert not [pid for pid in everybody if is_running(pid)]


def test_a_demo_is_not_made_out_of_a_production_folder(tmp_path: Path, start: Start) -> None:
    (tmp_path / "instance.toml").write_text(
        f'mode = "production"\nsecret_key = "{"x" * 40}"\nmaster_key = "{"A" * 43}="\n'
    )
    server = start(tmp_path, free_port(), "--demo")
    assert server.wait(PATIENCE) == 1
    assert "production installation" in words_of(server)


def test_a_demo_s_folder_is_not_served_as_production(tmp_path: Path, start: Start) -> None:
    (tmp_path / "instance.toml").write_text(
        f'mode = "demo"\nsecret_key = "{"x" * 40}"\nmaster_key = "{"A" * 43}="\n'
    )
    server = start(tmp_path, free_port())
    assert server.wait(PATIENCE) == 1
    assert "holds a demo" in words_of(server)


def test_it_starts_empty_says_how_to_begin_and_is_watched(tmp_path: Path, start: Start) -> None:
    data, port = tmp_path / "data", free_port()
    server = start(data, port)
    assert answers(port, server), words_of(server)
    words = ["agency", "create", "--slug", "office", "--name", "اداره", "--unit", "a=الف"]
    made = subprocess.run(
        [sys.executable, "-m", "mizban", *words],
        env=environment(data, port),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    for path in ("/", "/office/", "/nothing/at/all/"):
        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE).close()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE) as answer:
        figures = answer.read().decode()
    assert 'mizban_requests_total{route="portal:office",status="200"} 1.0' in figures
    assert 'mizban_requests_total{route="unknown",status="404"} 1.0' in figures
    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE) == 0
    said = words_of(server)
    assert "There is no agency yet" in said
    assert "mizban-demo" not in said
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {"portal:home", "portal:office", "unknown"} <= {line.get("route") for line in lines}


@pytest.mark.parametrize(
    "content",
    ["", "mode = 3", 'mode = "production"', 'mode = "party"\nsecret_key = "x"\nmaster_key = "x"', "\x00\xff"],
    ids=["empty", "no secrets", "half", "weak", "binary"],
)
def test_a_damaged_instance_is_refused_in_words(tmp_path: Path, start: Start, content: str) -> None:
    (tmp_path / "instance.toml").write_text(content, encoding="latin-1")
    server = start(tmp_path, free_port())
    assert server.wait(PATIENCE) == 1
    said = words_of(server)
    assert "instance.toml" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1"])
def test_a_port_that_is_none_is_refused_in_words(tmp_path: Path, port: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mizban", "run"],
        env={**environment(tmp_path, 1), "MIZBAN_PORT": port},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert f"MIZBAN_PORT={port} is no port" in done.stderr
