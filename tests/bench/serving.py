"""Installations and servers of the bench: each in a passing folder, on a free port of loopback."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mizban.config.running import BOOT, server
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
LIMIT = "tests.bench.limit:application"
PRODUCT = "mizban.config.wsgi:application"


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder and, on PostgreSQL, the address of its database."""

    data: Path
    url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        database = {"DATABASE_URL": self.url} if self.url else {}
        paths = {"PYTHONPATH": str(ROOT), "MIZBAN_DATA": str(self.data), "XDG_RUNTIME_DIR": str(self.data)}
        return {**kept, **paths, **database}

    def python(self, *words: str) -> str:
        """What a Python command says here. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def inside(self, what: str) -> Any:
        """What `tests.bench.inside` says of this installation."""
        return json.loads(self.python("-m", "tests.bench.inside", what))

    def load(self, cases: int) -> None:
        """The demo and so many cases, ready to be served."""
        self.python("-m", "mizban", "demo", "load", "--cases", str(cases))
        self.python("-m", "mizban", "collectstatic", "--no-input", "--verbosity", "0", "--ignore", "redoc*")

    def like(self, other: "Place") -> None:
        """Begin with the files and secrets of another installation."""
        shutil.copytree(other.data, self.data)


@contextmanager
def served(place: Place, application: str) -> Iterator[tuple[int, int]]:
    """A server of `application` over this place: its port and its process."""
    port = free_port()
    log = (place.data / "server.log").open("ab")
    process = subprocess.Popen(
        server(port, application), env=place.environment, cwd=ROOT, stdout=log, stderr=log
    )
    try:
        _wait(process, port)
        yield port, process.pid
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()
        log.close()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + BOOT
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")
