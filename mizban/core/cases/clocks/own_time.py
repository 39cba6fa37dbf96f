"""The applicant's own time: what an unannounced outage of the portal took of it is given back by itself.

Only what the applicant owes is lengthened so: answering what was asked for, objecting. What the office owes is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mizban.core.declarations.grammar import After, Target
from mizban.lib.jalali import local

from .clock import AgencyClock

Span = tuple[datetime, datetime]
# Time given back may hold further outages, and so on; no portal is out as often as that.
MOST_ROUNDS = 30
MOMENT = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class OwnTime:
    """Until when the applicant can act, and what of it is time given back: days, or minutes where minutes are counted.

    `lost_on` are the days (Tehran's) on which the portal was out meanwhile.
    """

    until: datetime
    given_back: int
    lost_on: tuple[date, ...]


def own_time(clock: AgencyClock, limit: After, *, since: datetime) -> OwnTime:
    """The end of a time that began at `since` (aware). One query for outages, a few more where there were some.

    Working days: a further one for each day on which the portal was out, however shortly. Working minutes: as many as
    it was out.
    """
    target = Target("own_time", limit.within, limit.unit, ())
    until, given = _due(clock, target, since), 0
    for _ in range(MOST_ROUNDS):
        spans = clock.outages(clock.agency_id, since, until)
        lost = len(_days(spans)) if limit.unit == "working_days" else _minutes(spans)
        if lost == given:
            break
        given = lost
        until = _due(clock, replace(target, within=limit.within + given), since)
    return OwnTime(until, given, _days(spans))


def _due(clock: AgencyClock, target: Target, since: datetime) -> datetime:
    at = clock.due(target, filed_at=since).at
    assert at is not None  # noqa: S101  # nothing stops this time
    return at


def _days(spans: Sequence[Span]) -> tuple[date, ...]:
    days: set[date] = set()
    for begins, ends in spans:
        first, last = local(begins).date(), local(max(begins, ends - MOMENT)).date()
        days |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return tuple(sorted(days))


def _minutes(spans: Sequence[Span]) -> int:
    return -int(-sum(((ends - begins) / MINUTE for begins, ends in spans), 0.0) // 1)
