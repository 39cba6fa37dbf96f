"""`mizban run`: everything on one machine, from an empty folder to a served portal, ended together by Ctrl-C."""

import argparse
import contextlib
import ctypes
import fcntl
import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mizban.config import environ, instance

APPLICATION = "mizban.config.wsgi:application"
WAIT = 0.3
PATIENCE = 10.0
# Seconds to begin answering: two at rest, most of a minute on a machine that does ten other things.
BOOT = 180.0
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def run(words: list[str]) -> int:
    """Install what is missing, serve portal, desk and worker until a signal. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="mizban run")
    parser.add_argument("--demo", action="store_true", help="with two offices to try; never for real cases")
    asked = parser.parse_args(words)
    os.umask(0o077)  # the database and the files are its owner's only, like the secrets
    data = instance.data_folder()
    found = instance.ensure(data, "demo" if asked.demo else "production")
    if asked.demo and not found.is_demo:
        raise instance.InstanceError(
            f"{data} holds a production installation; choose another MIZBAN_DATA for the demo."
        )
    if found.is_demo and not asked.demo:
        raise instance.InstanceError(
            f"{data} holds a demo. Try it with `mizban run --demo`, or choose another MIZBAN_DATA for real cases."
        )
    host, port = _host(), _port()
    with _alone(data):
        _free(host, port)
        _prepare(found)
        return _serve(host, port, found)


def _host() -> str:
    """`MIZBAN_BIND`, the address to listen on: loopback, where a proxy of this machine stands in front."""
    host = os.environ.get("MIZBAN_BIND") or "127.0.0.1"
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as fault:
        raise instance.InstanceError(
            f"MIZBAN_BIND={host} is no IPv4 address; 0.0.0.0 is every one."
        ) from fault


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


def _free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            message = f"port {port} is taken ({fault.strerror}). Choose another: MIZBAN_PORT=8001"
            raise instance.InstanceError(message) from fault


def _prepare(found: instance.Instance) -> None:
    """The schema, the static files, and in demo mode the two offices with a year of cases."""
    from django.core.management import call_command
    from django.utils import timezone

    from mizban.config.loading import load

    load()
    from mizban.config.guarding import guard

    guard(found)
    call_command("migrate", verbosity=0, interactive=False)
    # Of the two viewers of an API that ninja brings, the page uses one; packing the other takes seconds.
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["redoc*"])
    if found.is_demo:
        from mizban.config.demo.cases import load_cases
        from mizban.config.demo.past import load_lived_in_offices

        load_lived_in_offices(at=timezone.now())
        load_cases(at=timezone.now())


def _serve(host: str, port: int, found: instance.Instance) -> int:
    # A signal while the children start must end them too, so it is noted first and obeyed in the loop.
    asked_to_stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: asked_to_stop.append(received))
    shutil.rmtree(found.data / "metrics", ignore_errors=True)  # figures of processes that are gone
    children = [_start(*server(port, host=host)), _start(sys.executable, "-m", "mizban", "work")]
    try:
        if not _answers(host, port, children, asked_to_stop):
            return 0 if asked_to_stop else 1
        # Only now is there something to probe: a server that starts is no outage.
        children.insert(0, _start(sys.executable, "-m", "mizban", "probe"))
        _say(host, port, found)
        while not asked_to_stop:
            time.sleep(WAIT)
            if any(child.poll() is not None for child in children):
                print("mizban: a part of the server stopped by itself; ending the rest.", file=sys.stderr)
                return 1
        return 0
    finally:
        _end(children)


def server(port: int, application: str = APPLICATION, *, host: str = "127.0.0.1") -> tuple[str, ...]:
    """The command that serves an application: the benchmarks serve their limit with the same one."""
    granian = str(Path(sys.executable).parent / "granian")
    workers = str(environ.number("MIZBAN_WORKERS", least=1, most=64, usual=2))
    return (
        granian, "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", workers,
        # Threads to spare: one that waits for a slow line's body must not keep others from their pages.
        "--blocking-threads", "8", "--backpressure", "16", "--no-ws", "--log-level", "error",
        application,
    )  # fmt: skip


def _start(*command: str) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches this process only, which then ends its children in order.
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: PLW1509  # no threads yet


def _end_with_parent() -> None:
    """In the child: should this process be killed outright, Linux ends the child too; no server is left over."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(host: str, port: int, children: list[subprocess.Popen[bytes]], asked_to_stop: list[int]) -> bool:
    end = time.monotonic() + BOOT
    while time.monotonic() < end and not asked_to_stop:
        if any(child.poll() is not None for child in children):
            return False
        with contextlib.suppress(OSError), socket.create_connection((_reached(host), port), timeout=1):
            return True
        time.sleep(WAIT)
    return False


def here() -> str:
    """The address of the server that `mizban run` starts with these settings. Raises InstanceError."""
    return _at(_host(), _port())


def _at(host: str, port: int) -> str:
    return f"http://{_reached(host)}:{port}"


def _reached(host: str) -> str:
    return "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104  # compared with, not listened on


def _say(host: str, port: int, found: instance.Instance) -> None:
    here = _at(host, port)
    print(f"\n  Mizban ({found.mode})    data: {found.data}\n  portal  {here}/\n  desk    {here}/desk/")
    if found.is_demo:
        _say_demo()
    else:
        _say_first_steps()
    print("\n  Ctrl-C ends it.", flush=True)


def _say_demo() -> None:
    from mizban.config.demo.offices import PASSWORD

    print(f"\n  demo logins, password {PASSWORD}:")
    print("    markazi-roads  babak (clerk)  yaser (head)  sara (site officer)  karim (director)")
    print("    eaz-economy    dara (clerk)   roya (head)   somayeh (site officer)  hamed (director)")
    print("                   nima, parvin (supervision)   omid, zohreh (pay and deposits)")
    print("    other parties  yousef (eaz-roads-transport)  leila (tabriz-medical)")
    print("                   hossein (eaz-natural-resources)  pari (mrud)  azar (mohme)  golnar (maj)")
    print("                   elham (eaz-treasury)  soroush (eaz-traffic-police)  majid (mefa)")
    print("    above them     javad (inspector)  faramarz (eaz-governor, closures of the province)")


def _say_first_steps() -> None:
    """Who starts with nothing is told how to begin."""
    from mizban.core.agencies.models import Agency
    from mizban.core.people.models import User

    if not Agency.objects.exists():
        print("\n  There is no agency yet. In another terminal, with the same settings:")
        print("    mizban agency create --slug markazi-roads --name '…' --unit housing='…'")
    if not User.objects.exists():
        print("    mizban user create --agency markazi-roads --username … --name '…' --role site_officer")
        print("    mizban service publish PATH --agency markazi-roads")
        print("  docs/operating.md goes on from there.")


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
