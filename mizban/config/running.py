"""`mizban run`: everything on one machine, from an empty folder to a served portal, ended together by Ctrl-C."""

import argparse
import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mizban.config import instance

WAIT = 0.3
PATIENCE = 10.0


def run(words: list[str]) -> int:
    """Install what is missing, serve portal, desk and worker until a signal. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="mizban run")
    parser.add_argument("--demo", action="store_true", help="with two offices to try; never for real cases")
    asked = parser.parse_args(words)
    data = instance.data_folder()
    found = instance.ensure(data, "demo" if asked.demo else "production")
    if asked.demo and not found.is_demo:
        raise instance.InstanceError(
            f"{data} holds a production installation; choose another MIZBAN_DATA for the demo."
        )
    port = _port()
    with _alone(data):
        _free(port)
        _prepare(found)
        return _serve(data, port, found)


def _port() -> int:
    text = os.environ.get("MIZBAN_PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise instance.InstanceError(
            f"MIZBAN_PORT={text} is no port; choose a number between 1024 and 65535."
        )
    return int(text)


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the data folder: two servers over one folder would answer for each other."""
    with (data / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            message = f"{data} is served already. Stop that server, or choose another folder: MIZBAN_DATA=…"
            raise instance.InstanceError(message) from fault
        yield


def _free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as fault:
            message = f"port {port} is taken ({fault.strerror}). Choose another: MIZBAN_PORT=8001"
            raise instance.InstanceError(message) from fault


def _prepare(found: instance.Instance) -> None:
    """The schema, the static files, and in demo mode the two offices."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    if found.is_demo:
        from mizban.config.demo.offices import load_offices

        load_offices(at=timezone.now())


def _serve(data: Path, port: int, found: instance.Instance) -> int:
    # A signal while the children start must end them too, so it is noted first and obeyed in the loop.
    asked_to_stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: asked_to_stop.append(received))
    children = [_start(*_server(port)), _start(sys.executable, "-m", "mizban", "work")]
    try:
        if not _answers(port, children, asked_to_stop):
            return 0 if asked_to_stop else 1
        _say(data, port, found)
        while not asked_to_stop:
            time.sleep(WAIT)
            if any(child.poll() is not None for child in children):
                print("mizban: a part of the server stopped by itself; ending the rest.", file=sys.stderr)
                return 1
        return 0
    finally:
        _end(children)


def _server(port: int) -> tuple[str, ...]:
    granian = str(Path(sys.executable).parent / "granian")
    workers = os.environ.get("MIZBAN_WORKERS") or "2"
    return (
        granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", workers,
        "--blocking-threads", "1", "--backpressure", "64", "--no-ws", "--log-level", "warning",
        "mizban.config.wsgi:application",
    )  # fmt: skip


def _start(*command: str) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches this process only, which then ends its children in order.
    return subprocess.Popen(command, start_new_session=True)


def _answers(port: int, children: list[subprocess.Popen[bytes]], asked_to_stop: list[int]) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end and not asked_to_stop:
        if any(child.poll() is not None for child in children):
            return False
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(WAIT)
    return False


def _say(data: Path, port: int, found: instance.Instance) -> None:
    from mizban.config.demo.offices import PASSWORD

    here = f"http://127.0.0.1:{port}"
    print(f"\n  Mizban ({found.mode})    data: {data}\n  portal  {here}/\n  desk    {here}/desk/")
    if found.is_demo:
        print(f"\n  demo logins, password {PASSWORD}:")
        print("    markazi-roads  babak (clerk)  yaser (head)  sara (site officer)  karim (director)")
        print("    eaz-economy    dara (clerk)   roya (head)   somayeh (site officer)  hamed (director)")
    print("\n  Ctrl-C ends it.", flush=True)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
