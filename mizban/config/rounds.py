"""What both probers do: a round a minute until a signal, several pages at once, and keeping what could not be told."""

import random
import signal
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from mizban.office.availability.probing import MARKS, Seen, look

AT_ONCE = 8
# Somewhere after the turn of the minute, so that many probers do not knock together; done well before the next one.
EARLIEST, LATEST = 2.0, 15.0


@dataclass(frozen=True, slots=True)
class Place:
    """A page to look at: whose (an id or a slug), which target, where, and what stands on it."""

    agency: int | str
    target: str
    url: str

    @property
    def mark(self) -> str:
        return MARKS.get(self.target, "</html>")


@dataclass(frozen=True, slots=True)
class Found:
    """What was seen at a place in a minute."""

    place: Place
    at: datetime
    seen: Seen


def stopped_by_signals() -> threading.Event:
    """Set once the process is asked to end."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop


def every_minute(do: Callable[[datetime], None], stop: threading.Event) -> None:
    """Call `do` with the present moment once in each minute; a round that takes longer leaves a gap, never two."""
    second = random.uniform(EARLIEST, LATEST)  # noqa: S311  # a place in the minute, no secret
    while not stop.is_set():
        do(datetime.now(UTC))
        now = datetime.now(UTC)
        stop.wait(60 - (now.second + now.microsecond / 1e6) + second)


def looked(places: Iterable[Place], *, at: datetime, headers: Mapping[str, str] | None = None) -> list[Found]:
    """What is seen at each place now; an address several offices share is asked once."""
    places = tuple(places)
    asked = {(place.url, place.mark) for place in places}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = dict(
            pool.map(lambda each: (each, look(each[0], mark=each[1], headers=headers)), sorted(asked))
        )
    return [Found(place, at, seen[place.url, place.mark]) for place in places]


def said(found: Iterable[Found]) -> str:
    """A line each, for who runs a single round by hand."""
    return "".join(
        f"{each.place.agency} {each.place.target}: {'up' if each.seen.ok else 'down ' + each.seen.reason},"
        f" {each.seen.ms} ms\n"
        for each in found
    )
