"""How far a source was read, with the stretches of ids that were not there yet. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# No transaction lasts so long; what is not there by then was rolled back.
PATIENCE = timedelta(minutes=15)
MOST_GAPS = 200


@dataclass(frozen=True, slots=True)
class Gap:
    """Ids from `first` to `last`, both inside, that were not there at `since` (aware)."""

    first: int
    last: int
    since: datetime

    def has(self, number: int) -> bool:
        return self.first <= number <= self.last


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything up to `last` was read, but for the gaps."""

    last: int
    gaps: tuple[Gap, ...] = ()

    def has_read(self, number: int) -> bool:
        return number <= self.last and not any(gap.has(number) for gap in self.gaps)

    def after(self, read: Iterable[int], *, at: datetime) -> "Reach":
        """The reach once these ids were read: filled gaps are gone, old ones forgotten at `at`, new ones kept."""
        ids = sorted(read)
        open_ = [part for gap in self.gaps for part in _left(gap, ids)]
        open_ = [gap for gap in open_ if at - gap.since < PATIENCE]
        before = self.last
        for number in (each for each in ids if each > self.last):
            if number > before + 1:
                open_.append(Gap(before + 1, number - 1, at))
            before = number
        return Reach(before, tuple(open_[-MOST_GAPS:]))


def _left(gap: Gap, ids: Sequence[int]) -> Iterable[Gap]:
    """What is left of a gap once some of its ids came."""
    first = gap.first
    for number in (each for each in ids if gap.has(each)):
        if number > first:
            yield Gap(first, number - 1, gap.since)
        first = number + 1
    if first <= gap.last:
        yield Gap(first, gap.last, gap.since)


def as_json(gaps: Iterable[Gap]) -> list[list[object]]:
    return [[gap.first, gap.last, gap.since.isoformat()] for gap in gaps]


def from_json(kept: Iterable[Sequence[object]]) -> tuple[Gap, ...]:
    return tuple(
        Gap(int(str(first)), int(str(last)), datetime.fromisoformat(str(since)))
        for first, last, since in kept
    )
