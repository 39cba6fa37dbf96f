"""What measured minutes add up to. Plain Python.

Every measured minute is exactly one of up, down and maintenance; what was not measured is none of them and counts
for nothing. `telecom` are those of the minutes down that lie in a telecom outage recorded with its evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .instants import Span, within
from .verdicts import Minutes


@dataclass(frozen=True, slots=True)
class Counts:
    """Minutes of one day, or of many."""

    up: int = 0
    down: int = 0
    maintenance: int = 0
    telecom: int = 0

    @property
    def measured(self) -> int:
        return self.up + self.down + self.maintenance

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.up + other.up,
            self.down + other.down,
            self.maintenance + other.maintenance,
            self.telecom + other.telecom,
        )


def gross(counts: Counts) -> float | None:
    """The part of what was measured in which it was up; None where nothing was measured.

    Maintenance counts against it: announced or not, the portal could not be reached (S4-4.1 promises «همواره»).
    """
    return counts.up / counts.measured if counts.measured else None


def net(counts: Counts) -> float | None:
    """The same without the minutes the telecom network was down, as S0–S3 (3.4) allow; None where nothing is left."""
    measured = counts.measured - counts.telecom
    return counts.up / measured if measured else None


def counted(minutes: Minutes, *, maintenance: list[Span], telecom: list[Span]) -> Counts:
    """The minutes of one target, sorted into up, down, maintenance and telecom.

    Maintenance is only what was down in a window: a portal that answered in it was up.
    """
    down = [minute for minute, up in minutes.items() if not up]
    closed = {minute for minute in down if within(minute, maintenance)}
    return Counts(
        up=len(minutes) - len(down),
        down=len(down) - len(closed),
        maintenance=len(closed),
        telecom=sum(within(minute, telecom) for minute in down if minute not in closed),
    )


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(counts, Counts())


def waited(since: datetime, told_at: datetime) -> int:
    """Whole minutes from knowing of something to telling it; never negative, a minute begun counts as one."""
    return max(0, -int(-(told_at - since).total_seconds() // 60))
