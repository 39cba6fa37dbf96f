"""A small load generator: some connections that are kept, each asking one thing after another."""

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

CONNECTIONS = 4
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; `form` is posted. Right is what has `status` and holds `holds`."""

    path: str
    form: dict[str, str] | None = None
    cookies: str = ""
    status: int = 200
    holds: bytes = b""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    cookies: str
    body: bytes


@dataclass(slots=True)
class Batch:
    """How a batch of requests went: seconds of each, wrong answers, bytes of the last right one, seconds in all."""

    times: list[float] = field(default_factory=list)
    errors: int = 0
    bytes: int = 0
    wall: float = 0.0


class Browser:
    """One kept connection to one server on loopback."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self, asked: Asked) -> Answered:
        headers = {"Cookie": asked.cookies} if asked.cookies else {}
        body = None
        if asked.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(asked.form).encode()
        self._connection.request("GET" if body is None else "POST", asked.path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        sent = [value.split(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie"]
        return Answered(response.status, "; ".join(sent), content)

    def close(self) -> None:
        self._connection.close()


def run(port: int, make: Callable[[], Asked], count: int) -> Batch:
    """Ask `count` times over some connections at once; `make` is called for each, by one thread at a time."""
    batch, lock = Batch(), threading.Lock()
    prepared = [make() for _ in range(count)]
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_work, args=(port, prepared[first::CONNECTIONS], batch, lock), daemon=True)
        for first in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    batch.wall = time.perf_counter() - began
    return batch


def _work(port: int, asked: Sequence[Asked], batch: Batch, lock: threading.Lock) -> None:
    browser = Browser(port)
    for each in asked:
        began = time.perf_counter()
        try:
            answer = browser.ask(each)
        except (OSError, http.client.HTTPException):
            browser.close()
            answer = Answered(0, "", b"")
        took = time.perf_counter() - began
        right = answer.status == each.status and each.holds in answer.body
        with lock:
            batch.times.append(took)
            batch.errors += not right
            batch.bytes = len(answer.body) if right else batch.bytes
    browser.close()
