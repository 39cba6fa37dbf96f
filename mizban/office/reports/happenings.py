"""What else happened in a month: breaches, apologies, resets, complaints, reopened cases, outages, maintenance."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import CaseQuerySet, Offering
from mizban.core.events.chain import instant
from mizban.core.events.models import Event
from mizban.office.availability.models import Maintenance, Outage

# What events of cases are counted under which name.
KINDS = {
    "breached": "breaches",
    "apologised": "apologies",
    "reset-issued": "resets",
    "reset-used": "resets_used",
    "code-recovered": "codes_recovered",
}
# A month with more outages than these is told in sums alone.
MOST = 40
Numbers = dict[str, int]


def counts(agency: Agency, cases: CaseQuerySet, *, from_at: datetime, until_at: datetime) -> Numbers:
    """What happened to these cases between two moments (aware, the second outside). Five queries."""
    events = Event.objects.filter(
        agency=agency,
        at__gte=from_at,
        at__lt=until_at,
        subject_kind="case",
        subject_id__in=cases.order_by().values("pk"),
    )
    by_kind = dict(
        events.filter(kind__in=KINDS)
        .order_by()
        .values_list("kind")
        .annotate(Count("subject_id", distinct=True))
    )
    found: Numbers = {name: by_kind.get(kind, 0) for kind, name in KINDS.items()}
    taken_up = events.filter(facts__step__in=sorted(reopening(agency))).values("subject_id").distinct()
    found["reopened"] = taken_up.count()
    complaints = cases.filter(filed_at__gte=from_at, filed_at__lt=until_at).of_kind("kind", "complaint")
    answered = complaints.filter(answered_at__lt=until_at)
    found["complaints"], found["complaints_answered"] = complaints.count(), answered.count()
    return found


def reopening(agency: Agency) -> set[str]:
    """The steps by which a closed case is open again, by name, in what the office offers."""
    found: set[str] = set()
    for offering in Offering.objects.of(agency).with_versions():
        declared = offering.declaration
        for step in declared.steps.values():
            begins = [declared.state(name) for name in step.from_]
            ends = declared.state(step.to or "")
            if any(state and state.closed for state in begins) and ends and not ends.closed:
                found.add(step.name)
    return found


def outages(agency: Agency, *, from_at: datetime, until_at: datetime) -> Iterator[dict[str, Any]]:
    """The outages that began in the month, oldest first, up to `MOST`."""
    rows = Outage.objects.filter(agency=agency, from_at__gte=from_at, from_at__lt=until_at).order_by(
        "from_at"
    )
    for each in rows[:MOST]:
        yield {
            "kind": str(each.kind),
            "from": instant(each.from_at),
            "until": instant(each.until_at) if each.until_at else None,
            "minutes": each.minutes(at=until_at),
            "minutes_to_tell": each.minutes_to_tell,
            "evidence": f"{each.evidence_issuer}، {each.evidence_reference}"
            if each.evidence_reference
            else "",
        }


def maintenance(agency: Agency, *, from_at: datetime, until_at: datetime) -> Iterator[dict[str, Any]]:
    """The windows that began in the month and were not called off, oldest first, up to `MOST`."""
    held = Maintenance.objects.filter(agency=agency, from_at__gte=from_at, from_at__lt=until_at).held()
    for each in held.order_by("from_at")[:MOST]:
        yield {
            "what": each.what,
            "from": instant(each.from_at),
            "until": instant(each.span[1]),
            "lead_minutes": each.lead_minutes,
            "lead_target": each.lead_target,
            "late_reason": each.late_reason if each.is_late else "",
        }
