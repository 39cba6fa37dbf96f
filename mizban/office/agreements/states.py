"""In which state a version is, and how many days an office was without a valid agreement. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DRAFT = "draft"
AWAITING = "awaiting-signature"
SIGNED = "signed"
IN_FORCE = "in-force"
HOLDOVER = "expired-in-force"
EXPIRED = "expired"
REPLACED, RESCINDED, ENDED = "replaced", "rescinded", "ended"
# What new cases are filed under.
BINDING = frozenset({IN_FORCE, HOLDOVER})
# Days before the last day on which the office is told (S*-6.1).
ALERTS = (90, 30, 7)
DAY = timedelta(days=1)


def state_of(standing: str, valid_until: date | None, *, holdover: bool, today: date) -> str:
    """The state of a version: what was done with it, and for one in force what its dates make of it today."""
    if standing != IN_FORCE or valid_until is None or today <= valid_until:
        return standing
    return HOLDOVER if holdover else EXPIRED


def next_look(valid_until: date | None, *, after: date | None) -> date | None:
    """The next day something is to be said about a version in force: 90, 30, 7 days before its end, the day after it.

    None where nothing is to come after that day, or there is no end.
    """
    if valid_until is None:
        return None
    days = [valid_until - timedelta(days=ahead) for ahead in ALERTS] + [valid_until + DAY]
    return next((day for day in days if after is None or day > after), None)


def alert(valid_until: date, *, today: date) -> int | None:
    """Which of the alerts holds today: 90, 30 or 7; None when the end is further off, or past."""
    left = (valid_until - today).days
    reached = [ahead for ahead in ALERTS if left <= ahead]
    return min(reached) if reached and left >= 0 else None


@dataclass(frozen=True, slots=True)
class Span:
    """When a version bound: from a day, up to the day it was closed (itself not counted), valid until a day."""

    from_on: date
    closed_on: date | None
    valid_until: date | None
    holdover: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a valid agreement: `days` in all, `held` of them under a text that binds past its last day."""

    days: int
    held: int


def gap(spans: Iterable[Span], *, today: date) -> Gap:
    """Count the days without a valid agreement, from the day the first version bound up to today, today counted.

    A text whose last day was over before Mizban knew it is counted from that day on, not from its entry.
    """
    lived = sorted(spans, key=lambda each: each.from_on)
    if not lived:
        return Gap(0, 0)
    first = lived[0]
    begin = min(first.from_on, first.valid_until + DAY) if first.valid_until else first.from_on
    tomorrow = today + DAY
    valid = held = 0
    for span in lived:
        since = begin if span is first else span.from_on
        end = min(span.closed_on or tomorrow, tomorrow)
        over_on = span.valid_until + DAY if span.valid_until else end
        valid += max(0, (min(end, over_on) - since).days)
        held += max(0, (end - max(over_on, since)).days) if span.holdover else 0
    return Gap((tomorrow - begin).days - valid, held)
