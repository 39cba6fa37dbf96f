"""Probes on their way into the books: looked at, kept once, folded into their day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from .folding import fold
from .instants import day_of, minute_of
from .models import ProbeMinute
from .refusals import ProbeInFuture, ProbeLongPast

AHEAD = timedelta(minutes=2)
# A prober that could not reach us keeps what it found for so long: that is how an outage is seen from outside.
BEHIND = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Probe:
    """One finding; `minute` is any aware moment of it, `ms` the time to the answer, `reason` why it is not ok."""

    agency_id: int
    target: str
    minute: datetime
    ok: bool
    ms: int
    reason: str = ""


@transaction.atomic
def take(probes: Sequence[Probe], *, source: str, at: datetime) -> int:
    """Keep what a source found; how many were new. What it brings twice is kept once, as it first was.

    Raises ProbeInFuture for a minute more than two minutes ahead of `at`, ProbeLongPast for one of more than a day
    ago; then nothing is kept.
    """
    for probe in probes:
        if probe.minute > at + AHEAD:
            raise ProbeInFuture
        if probe.minute < at - BEHIND:
            raise ProbeLongPast
    days = {(probe.agency_id, day_of(probe.minute)) for probe in probes}
    before = sum(_kept(probes, agency_id) for agency_id in {agency_id for agency_id, _ in days})
    ProbeMinute.objects.bulk_create((_row(probe, source) for probe in probes), ignore_conflicts=True)
    for agency_id, on in sorted(days):
        fold(agency_id, on)
    return sum(_kept(probes, agency_id) for agency_id in {agency_id for agency_id, _ in days}) - before


def _row(probe: Probe, source: str) -> ProbeMinute:
    return ProbeMinute(
        agency_id=probe.agency_id,
        target=probe.target,
        source=source,
        minute=minute_of(probe.minute),
        ok=probe.ok,
        ms=probe.ms,
        reason="" if probe.ok else probe.reason,
    )


def _kept(probes: Sequence[Probe], agency_id: int) -> int:
    """How many rows the agency has in the stretch the probes are of; an insert that ignores says not how many."""
    minutes = [minute_of(probe.minute) for probe in probes if probe.agency_id == agency_id]
    return ProbeMinute.objects.filter(
        agency_id=agency_id, minute__gte=min(minutes), minute__lte=max(minutes)
    ).count()
