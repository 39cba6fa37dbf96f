"""What is promised, what stopped the clock, and the deadline that follows. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from .instants import aware
from .refusals import NegativeAmount, PauseBackwards

Unit = Literal["working_minutes", "working_days"]

# What is left of a promise: whole working days, or working time to the microsecond.
Amount = int | timedelta


@dataclass(frozen=True, slots=True)
class Target:
    """A promise: `within` so many units. Raises NegativeAmount."""

    name: str
    within: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.within < 0:
            raise NegativeAmount(f"{self.name}: {self.within}")


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stood still; `until_at` is None while nobody has answered yet.

    Kept in UTC. Raises NaiveTime or PauseBackwards.
    """

    from_at: datetime
    until_at: datetime | None
    reason: str = ""

    def __post_init__(self) -> None:
        for name in ("from_at", "until_at"):
            at = getattr(self, name)
            if at is not None:
                object.__setattr__(self, name, aware(at))
        if self.until_at is not None and self.until_at < self.from_at:
            raise PauseBackwards(f"{self.from_at}..{self.until_at}")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch in which the clock ran: from an opening until the due date or the pause that ended it.

    `counts_from` is the working day it started on; `left` is what remained of the promise then and `used`
    what it took of it; `pause` is None on the last run of a clock that is not paused.
    """

    from_at: datetime
    until_at: datetime
    counts_from: date
    left: Amount
    used: Amount
    pause: Pause | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when an answer is owed; all instants in UTC.

    `due_at` is None while the clock is paused; then `unpaused_due_at` says when it would have been due, and
    `remaining` what is kept. On a running clock `remaining` is what the last run started with.
    """

    target: Target
    filed_at: datetime
    due_at: datetime | None
    unpaused_due_at: datetime
    remaining: Amount
    runs: tuple[Run, ...]
    pauses: tuple[Pause, ...]
    calendar_version: int

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still, waiting for an answer."""
        return self.due_at is None


def effective(pauses: Iterable[Pause], *, filed_at: datetime) -> tuple[Pause, ...]:
    """The pauses after filing that lasted, in order; those that overlap or touch become one."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.from_at):
        if pause.until_at is not None and pause.until_at <= max(filed_at, pause.from_at):
            continue
        clipped = replace(pause, from_at=max(pause.from_at, filed_at))
        if merged and (merged[-1].until_at is None or clipped.from_at <= merged[-1].until_at):
            merged[-1] = _joined(merged[-1], clipped)
        else:
            merged.append(clipped)
    return tuple(merged)


def _joined(one: Pause, other: Pause) -> Pause:
    ends = [end for end in (one.until_at, other.until_at) if end is not None]
    reasons = dict.fromkeys(reason for reason in (one.reason, other.reason) if reason)
    return Pause(one.from_at, max(ends) if len(ends) == 2 else None, "، ".join(reasons))
