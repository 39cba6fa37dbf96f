"""What changes seldom and is asked for on every page: looked up once in two seconds a process, not once a request.

The rule is the calendar's (`office/calendar/current.py`): inside a transaction all is looked up, so that what the
transaction changed is seen and what it rolls back is not kept. A change made by another process is seen two seconds
later at most. Only for what may be that late: names, addresses, who holds a role; never for rights or for a case.
"""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, ParamSpec, TypeVar

from django.db import connection

FRESH_SECONDS = 2.0
# More keys than an installation has agencies and services: somebody tries names, and old ones make room.
MOST = 2000

P = ParamSpec("P")
V = TypeVar("V")
_all: "list[Kept[..., object]]" = []


class Kept(Generic[P, V]):
    """A look-up by hashable arguments whose answers are kept for a moment; None, «there is none», is not."""

    def __init__(self, look: Callable[P, V]) -> None:
        self._look = look
        self._found: dict[Hashable, tuple[float, V]] = {}
        _all.append(self)  # type: ignore[arg-type]  # of any look-up

    def __call__(self, *args: P.args, **named: P.kwargs) -> V:
        if connection.in_atomic_block:
            return self._look(*args, **named)
        key = (*args, *named.items())
        now, kept = monotonic(), self._found.get(key)
        if kept and now - kept[0] < FRESH_SECONDS:
            return kept[1]
        found = self._look(*args, **named)
        if found is not None:
            if len(self._found) >= MOST:
                self._found.clear()
            self._found[key] = now, found
        return found

    def forget(self) -> None:
        """Look again at the next question."""
        self._found.clear()


def kept(look: Callable[P, V]) -> Kept[P, V]:
    """Decorates a look-up."""
    return Kept(look)


def forget_all() -> None:
    """Begin as a new process does; for tests and after a restore."""
    for each in _all:
        each.forget()
