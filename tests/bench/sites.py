"""The installations of one engine, loaded, served and ready to be measured, and the limit beside them."""

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import count

from .client import Asked
from .cpu import Meter
from .engines import Engine
from .measuring import Target
from .report import WRITES
from .serving import LIMIT, PRODUCT, Place, served
from .steps import STEPS, TEXT, Site, visit

SELECT, INSERT = "limit-select", "limit-insert"


@dataclass(frozen=True, slots=True)
class Served:
    """One served installation: how many cases it was loaded with, how many it held before, queries of each step."""

    cases: int
    place: Place
    site: Site
    port: int
    meter: Meter
    queries: dict[str, int]
    before: int

    def target(self, step: str) -> Target:
        return Target(f"{step} {self.cases}", self.port, self.meter, partial(STEPS[step], self.site))

    def lost(self, targets: Sequence[Target]) -> int:
        """How many submissions that were answered are not in the database."""
        taken = sum(
            each.taken for each in targets if each.name in {f"{step} {self.cases}" for step in WRITES}
        )
        now: int = self.place.inside("count")
        return max(0, self.before + taken - now)


def serve(engine: Engine, sizes: Sequence[int], stack: ExitStack) -> list[Served]:
    """The installations, the larger ones begun as copies of the smaller."""
    places: list[tuple[int, Place]] = []
    for cases in sorted(sizes):
        place = engine.make(f"mizban-{cases}", places[-1][1] if places else None)
        began = time.monotonic()
        place.load(cases)
        say(f"{engine.name}: {cases} cases loaded in {time.monotonic() - began:.0f} s")
        places.append((cases, place))
    return [_served(engine, cases, place, stack) for cases, place in places]


def _served(engine: Engine, cases: int, place: Place, stack: ExitStack) -> Served:
    known = place.inside("known")
    port, pid = stack.enter_context(served(place, PRODUCT))
    site = visit(port, known["keys"], known["password"])
    return Served(cases, place, site, port, Meter(pid, engine.process), known["queries"], known["cases"])


def limits(engine: Engine, rows: int, stack: ExitStack) -> tuple[Target, Target]:
    """The two bare views over a table of so many rows."""
    place = engine.make("limit", None)
    place.python("-m", "tests.bench.limit", str(rows))
    port, pid = stack.enter_context(served(place, LIMIT))
    meter, numbers = Meter(pid, engine.process), count()
    return (
        Target(SELECT, port, meter, lambda: Asked(f"/rows/{next(numbers) * 7919 % rows:012}/"), share=4),
        Target(INSERT, port, meter, lambda: Asked("/rows/", {"text": TEXT}, status=201), share=4),
    )


def say(what: str) -> None:
    sys.stderr.write(f"bench: {what}\n")
