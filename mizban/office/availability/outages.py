"""Outages: opened, told, proved to be telecom's, closed. Each change is an event of the outage.

An outage that nobody was told of is no service to anybody: the doors that open one make its notice in the same
transaction (`web/outages.py`), because notices are another tool's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.events.journal import append
from mizban.core.people.actors import Actor
from mizban.core.prepared import Prepared, blank
from mizban.lib.text import tidy

from .folding import fold_again
from .instants import MINUTE, Span, clipped, day_of
from .models import Kind, Outage, ProbeMinute
from .refusals import (
    AlreadyRunning,
    EndsBeforeItBegins,
    EvidenceAhead,
    EvidenceMissing,
    NotRunning,
    OutageAhead,
    OverlapsAnother,
)

SUBJECT = "outage"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody else wrote about a telecom outage: number of a letter or ticket, who gave it, of which day."""

    reference: str
    issuer: str
    on: date | None = None


@transaction.atomic
def open_outage(
    agency: Agency,
    *,
    from_at: datetime,
    by: Actor,
    at: datetime,
    what: str = "",
    targets: Sequence[str] = (),
    detected_at: datetime | None = None,
) -> Outage:
    """An outage that runs from `from_at` on; `detected_at` is given by a prober and is the beginning otherwise.

    Raises OutageAhead, AlreadyRunning and OverlapsAnother.
    """
    if from_at > at:
        raise OutageAhead
    # The agency's row is held until the commit: of two at once the second sees the first one's outage.
    Agency.objects.select_for_update().get(pk=agency.pk)
    if agency.outages.running().exists():
        raise AlreadyRunning
    if agency.outages.touching(from_at, at).exists():
        raise OverlapsAnother
    outage = Outage.objects.create(
        agency=agency,
        targets=list(targets),
        by_prober=detected_at is not None,
        what=what,
        from_at=from_at,
        detected_at=detected_at or from_at,
    )
    facts = {
        "from_at": from_at.isoformat(),
        "targets": outage.targets,
        "detected_at": outage.detected_at.isoformat(),
    }
    _record(outage, "outage_opened", facts, by=by, at=at)
    return outage


@transaction.atomic
def told(outage: Outage, *, notice_id: int, by: Actor, at: datetime) -> None:
    """Its notice stands since `at`. Only the first counts."""
    if not Outage.objects.filter(pk=outage.pk, told_at=None).update(told_at=at, notice_id=notice_id):
        return
    outage.refresh_from_db()
    _record(
        outage, "outage_told", {"notice": notice_id, "minutes": outage.minutes_to_tell or 0}, by=by, at=at
    )


@transaction.atomic
def close_outage(outage: Outage, *, until_at: datetime, by: Actor, at: datetime) -> None:
    """It is over since `until_at`. Raises NotRunning, EndsBeforeItBegins and OutageAhead."""
    if until_at > at:
        raise OutageAhead
    if until_at <= outage.from_at:
        raise EndsBeforeItBegins
    if not Outage.objects.running().filter(pk=outage.pk).update(until_at=until_at):
        raise NotRunning
    outage.refresh_from_db()
    facts = {"until_at": until_at.isoformat(), "minutes": outage.minutes(at=at)}
    _record(outage, "outage_closed", facts, by=by, at=at)
    fold_again(outage.agency_id, [outage.span(at=at)], at=at)


@transaction.atomic
def prove_telecom(outage: Outage, evidence: Evidence, *, by: Actor, at: datetime) -> None:
    """The telecom network had failed: recorded with its evidence and who recorded it, and counted so from then on.

    Raises EvidenceMissing without a reference and an issuer, EvidenceAhead for a day to come.
    """
    reference, issuer = (" ".join(tidy(text).split()) for text in (evidence.reference, evidence.issuer))
    if not reference or not issuer:
        raise EvidenceMissing
    if evidence.on and evidence.on > day_of(at):
        raise EvidenceAhead
    Outage.objects.filter(pk=outage.pk).update(
        kind=Kind.TELECOM,
        evidence_reference=reference,
        evidence_issuer=issuer,
        evidence_on=evidence.on,
        evidence_by=by.spoken_name,
    )
    outage.refresh_from_db()
    facts = {
        "reference": reference,
        "issuer": issuer,
        "on": evidence.on.isoformat() if evidence.on else None,
    }
    _record(outage, "telecom_proved", facts, by=by, at=at)
    fold_again(outage.agency_id, [outage.span(at=at)], at=at)


def outages_between(agency_id: int, from_at: datetime, until_at: datetime) -> list[Span]:
    """When the portal was out without announcement between two moments, in order and without overlaps. One query.

    This is what applicants get back of their own time; announced maintenance is not in it. Of an outage that runs only
    what was measured so far counts (one more query): nobody knows its end.
    """
    found = _touching.all(agency_id=agency_id, from_at=from_at, until_at=until_at)
    spans = [outage.span(at=_known_until(outage)) for outage in found]
    return clipped(spans, from_at, until_at)


_touching = Prepared(
    lambda: Outage.objects.filter(agency_id=blank(Outage, "agency", "agency_id")).touching(
        blank(Outage, "from_at"), blank(Outage, "until_at")
    )
)


def _known_until(outage: Outage) -> datetime:
    """The end of the last minute that was measured, or of the outage's first."""
    first = outage.from_at + MINUTE
    if outage.until_at:
        return outage.until_at
    last = ProbeMinute.objects.filter(agency_id=outage.agency_id).order_by("-minute").first()
    return max(first, last.minute + MINUTE) if last else first


def _record(outage: Outage, kind: str, facts: dict[str, Any], *, by: Actor, at: datetime) -> None:
    append(outage.agency_id, (SUBJECT, outage.pk), kind, facts, by=by, at=at)
