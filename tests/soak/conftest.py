"""Workers to kill, and how often; `MIZBAN_SOAK` (as `make soak` sets it) makes the samples whole."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from mizban.core.events.models import Event
from tests.calendar.conftest import errand, errands, file_errand
from tests.chance import SOAK

__all__ = ["errand", "errands", "file_errand"]

KILLS = 200 if SOAK else 5
CASES = 50_000 if SOAK else 600
PATIENCE = 120


class Nursery:
    """Forks workers over the test's database."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._dice = random.Random(KILLS)  # noqa: S311  # moments, not secrets

    def kill(self, words: str, *, after: int) -> None:
        """Fork a worker and end it hard in the midst of its work, once it has written up to `after` events.

        What it has done tells the moment, not the clock: a quick machine would be through before, a slow one not begun.
        """
        enough = Event.objects.count() + self._dice.randint(0, after)
        self.kill_when(words, lambda: Event.objects.count() >= enough, pause=self._dice.uniform(0.0, 0.01))

    def kill_when(self, words: str, ready: Callable[[], bool], *, pause: float = 0.0) -> None:
        """Fork a worker and end it hard once it is time."""
        worker = int(self._say(words))
        end = time.monotonic() + PATIENCE
        while not ready() and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(pause)
        os.kill(worker, signal.SIGKILL)
        assert self._say(f"wait {worker}") == "killed", "the worker had done everything before"

    def finish(self, words: str) -> None:
        """Fork a worker and wait until it has done everything."""
        assert self._say(f"wait {self._say(words)}") == "0"

    def _say(self, words: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


@pytest.fixture
def nursery(transactional_db: None) -> Iterator[Nursery]:
    name = str(connection.settings_dict["NAME"])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.soak.nursery", name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Nursery(process)
    process.kill()
    process.communicate()
