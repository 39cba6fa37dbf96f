"""Days folded from their minutes, and vouched for once they are over."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from mizban.core.events.chain import instant
from mizban.core.events.journal import append
from mizban.core.people.actors import SYSTEM

from .chosen import agree
from .instants import Span, clipped, day_of, span_of
from .models import ALL, Kind, Maintenance, Outage, ProbeDay, ProbeMinute
from .uptime import Counts, counted
from .verdicts import by_target, of_office

SUBJECT = "probes"
# No probe of a day comes more than a day after it (recording.BEHIND), give or take a clock.
SETTLED_AFTER = timedelta(hours=25)


def fold(agency_id: int, on: date) -> None:
    """Count a day anew from its minutes. One whose minutes are not here (any more) stays as it is."""
    span = span_of(on)
    targets = by_target(ProbeMinute.objects.between(agency_id, span).answers(), agree())
    if not targets:
        return
    maintenance, telecom = maintained(agency_id, span), _telecom(agency_id, span)
    ProbeDay.objects.bulk_create(
        [
            day(agency_id, name, on, counted(minutes, maintenance=maintenance, telecom=telecom))
            for name, minutes in {**targets, ALL: of_office(targets)}.items()
        ],
        update_conflicts=True,
        unique_fields=["agency", "target", "on"],
        update_fields=["up", "down", "maintenance", "telecom"],
    )


def fold_again(agency_id: int, spans: Iterable[Span], *, at: datetime) -> None:
    """Count the days anew that these spans touch, up to today: an outage got its evidence, a window ended early."""
    days = {
        day_of(begins) + timedelta(days=number)
        for begins, ends in spans
        for number in range((day_of(min(ends, at)) - day_of(begins)).days + 1)
    }
    for on in sorted(days):
        fold(agency_id, on)


def day(agency_id: int, target: str, on: date, counts: Counts) -> ProbeDay:
    """A row of the books, unsaved."""
    return ProbeDay(
        agency_id=agency_id,
        target=target,
        on=on,
        up=counts.up,
        down=counts.down,
        maintenance=counts.maintenance,
        telecom=counts.telecom,
    )


def maintained(agency_id: int, span: Span) -> list[Span]:
    """The windows of an office between two moments."""
    windows = Maintenance.objects.filter(agency_id=agency_id).touching(*span)
    return clipped([window.span for window in windows], *span)


def _telecom(agency_id: int, span: Span) -> list[Span]:
    outages = Outage.objects.filter(agency_id=agency_id, kind=Kind.TELECOM).touching(*span)
    return clipped([outage.span(at=span[1]) for outage in outages], *span)


def hash_days(*, at: datetime, most: int = 50) -> int:
    """Write the hash of each day that is over into the agency's chain of events; how many days.

    Any number of workers may do it: each day is claimed by a conditional update.
    """
    waiting = ProbeDay.objects.waiting_for_a_hash(before=day_of(at - SETTLED_AFTER))[:most]
    return sum(_hash(row, at=at) for row in waiting)


@transaction.atomic
def _hash(row: ProbeDay, *, at: datetime) -> bool:
    if not ProbeDay.objects.filter(pk=row.pk, hashed_at=None).update(hashed_at=at):
        return False
    fold(row.agency_id, row.on)
    row.refresh_from_db()
    minutes, digest, sources = digest_of(row.agency_id, row.on)
    facts = {
        "on": row.on.isoformat(),
        "minutes": minutes,
        "sources": sources,
        "sha256": digest,
        "up": row.up,
        "down": row.down,
        "maintenance": row.maintenance,
        "telecom": row.telecom,
    }
    append(row.agency_id, (SUBJECT, row.agency_id), "probes_hashed", facts, by=SYSTEM, at=at)
    return True


def digest_of(agency_id: int, on: date) -> tuple[int, str, list[str]]:
    """The probes of a day: how many, their SHA-256 (a line each, in order), and who brought them."""
    rows = ProbeMinute.objects.between(agency_id, span_of(on)).order_by("minute", "target", "source")
    digest, sources, count = hashlib.sha256(), set(), 0
    for row in rows.iterator():
        found = f"{row.ok:d} {row.ms} {row.reason}"
        digest.update(f"{instant(row.minute)} {row.target} {row.source} {found}\n".encode())
        sources.add(row.source)
        count += 1
    return count, digest.hexdigest(), sorted(sources)
