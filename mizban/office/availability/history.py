"""How an office stands now, and its last ninety days: a row a day and target, however many minutes lie behind them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from mizban.core.agencies.models import Agency

from .instants import MINUTE, day_of, length_of, minute_of, span_of
from .models import ALL, Maintenance, Outage, ProbeDay, ProbeMinute
from .uptime import Counts, gross, net, total

DAYS = 90
# Nothing measured for so long: nobody knows.
SILENCE = 5 * MINUTE

State: TypeAlias = Literal["up", "down", "maintenance", "unmeasured"]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one target; `length` are the minutes of it that have passed."""

    on: date
    counts: Counts
    length: int

    @property
    def unmeasured(self) -> int:
        return max(0, self.length - self.counts.measured)

    @property
    def state(self) -> State:
        """The worst that was measured; a day with no measure at all is none of them."""
        if self.counts.down:
            return "down"
        if self.counts.maintenance:
            return "maintenance"
        return "up" if self.counts.measured else "unmeasured"

    @property
    def share(self) -> float | None:
        return gross(self.counts)


@dataclass(frozen=True, slots=True)
class History:
    """The days of one target, oldest first, and what they add up to."""

    target: str
    days: tuple[Day, ...]

    @property
    def counts(self) -> Counts:
        return total(day.counts for day in self.days)

    @property
    def unmeasured(self) -> int:
        return sum(day.unmeasured for day in self.days)

    @property
    def gross(self) -> float | None:
        return gross(self.counts)

    @property
    def net(self) -> float | None:
        return net(self.counts)


@dataclass(frozen=True, slots=True)
class Present:
    """How an office stands: the outage that runs and the window that does, or None."""

    state: State
    outage: Outage | None
    window: Maintenance | None


def histories(agency: Agency, *, at: datetime, days: int = DAYS) -> dict[str, History]:
    """Every target of an office that was ever measured in these days, and the office as a whole. One query."""
    rows = ProbeDay.objects.of(agency).since(_first(at, days))
    found: defaultdict[str, dict[date, Counts]] = defaultdict(dict)
    found[ALL] = {}
    for row in rows:
        found[row.target][row.on] = row.counts
    return {target: _history(target, counts, at=at, days=days) for target, counts in found.items()}


def of_offices(agencies: Sequence[Agency], *, at: datetime, days: int = DAYS) -> dict[int, History]:
    """Each office as a whole, by its id. One query."""
    rows = ProbeDay.objects.of_all(agencies).since(_first(at, days))
    found: dict[int, dict[date, Counts]] = {agency.pk: {} for agency in agencies}
    for row in rows:
        found[row.agency_id][row.on] = row.counts
    return {agency_id: _history(ALL, counts, at=at, days=days) for agency_id, counts in found.items()}


def present(agencies: Sequence[Agency], *, at: datetime) -> dict[int, Present]:
    """How each office stands now, by its id. Three queries, whatever the number of offices.

    An outage runs from the moment it is declared: a single minute that fails is not yet one.
    """
    ids = [agency.pk for agency in agencies]
    outages = {each.agency_id: each for each in Outage.objects.running().filter(agency__in=ids)}
    windows = {
        each.agency_id: each
        for each in Maintenance.objects.touching(at, at + MINUTE).filter(agency__in=ids)
        if each.is_running(at=at)
    }
    recent = minute_of(at) - SILENCE, at + SILENCE
    heard = set(
        ProbeMinute.objects.filter(agency__in=ids, minute__gte=recent[0], minute__lt=recent[1])
        .values_list("agency", flat=True)
        .distinct()
    )
    return {each: _present(outages.get(each), windows.get(each), is_heard=each in heard) for each in ids}


def _present(outage: Outage | None, window: Maintenance | None, *, is_heard: bool) -> Present:
    if outage:
        return Present("down", outage, window)
    if window:
        return Present("maintenance", None, window)
    return Present("up" if is_heard else "unmeasured", None, None)


def _first(at: datetime, days: int) -> date:
    return day_of(at) - timedelta(days=days - 1)


def _history(target: str, counts: dict[date, Counts], *, at: datetime, days: int) -> History:
    first, today = _first(at, days), day_of(at)
    so_far = int((at - span_of(today)[0]) / MINUTE)
    return History(
        target,
        tuple(
            Day(on, counts.get(on, Counts()), so_far if on == today else length_of(on))
            for on in (first + timedelta(days=number) for number in range(days))
        ),
    )
