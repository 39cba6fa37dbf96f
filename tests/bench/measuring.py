"""Rounds over several sites and the limit, one after another, again and again; the median of each."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .client import Asked, Batch, run
from .cpu import Meter


@dataclass(frozen=True, slots=True)
class Target:
    """Something to measure: a name, the port that answers, the meter of its processes, and how it is asked.

    What costs little is asked `share` times as often: the kernel counts processor time in hundredths of a second.
    """

    name: str
    port: int
    meter: Meter
    make: Callable[[], Asked]
    share: int = 1
    seen: list[Batch] = field(default_factory=list)

    def ask(self, count: int) -> Batch:
        batch = run(self.port, self.make, count)
        self.seen.append(batch)
        return batch

    @property
    def taken(self) -> int:
        """How many requests were answered rightly, in all rounds and before them."""
        return sum(len(batch.times) - batch.errors for batch in self.seen)


@dataclass(slots=True)
class Measured:
    """Every round of one target."""

    cpu: list[float] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        """Median over the rounds of processor milliseconds a request, application and database together."""
        return statistics.median(self.cpu)

    @property
    def times(self) -> list[float]:
        return sorted(time for batch in self.batches for time in batch.times)

    @property
    def errors(self) -> int:
        return sum(batch.errors for batch in self.batches)

    @property
    def rps(self) -> float:
        return statistics.median(len(batch.times) / batch.wall for batch in self.batches)

    def percentile(self, part: float) -> float:
        """Milliseconds within which this part of all requests was answered."""
        times = self.times
        return times[min(len(times) - 1, int(len(times) * part))] * 1000


def rounds(targets: Sequence[Target], *, count: int, times: int) -> dict[str, Measured]:
    """Measure all targets in turn, `times` times, `count` requests each; a short round before warms them up."""
    for target in targets:
        target.ask(max(8, count // 8))
    measured: defaultdict[str, Measured] = defaultdict(Measured)
    for _ in range(times):
        for target in targets:
            asked = count * target.share
            target.meter.start()
            batch = target.ask(asked)
            measured[target.name].cpu.append(target.meter.stop() / asked * 1000)
            measured[target.name].batches.append(batch)
    return dict(measured)
