"""What a report says, as plain data: the figures of the month as the public reads them, and what else happened.

Everything comes from `compliance.figures` and from counting in the database; the report adds no number of its own.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import CaseQuerySet
from mizban.core.events.chain import instant
from mizban.lib.jalali import add_months, iso
from mizban.office.agreements.models import Agreement, AgreementVersion
from mizban.office.agreements.models.agreement import AgreementQuerySet
from mizban.office.calendar.current import calendar_of
from mizban.office.compliance.figures import Figure, counts, figures
from mizban.office.compliance.folding import counted_until
from mizban.office.compliance.months import end_of
from mizban.office.figures import counting
from mizban.office.figures.spans import midnight

from . import happenings

# Of the form of the data; a reader looks at it first.
FORMAT = "mizban-monthly-report/1"
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A Jalali month by its first day, from midnight to midnight in Tehran."""

    month: date

    @property
    def from_at(self) -> datetime:
        return midnight(self.month)

    @property
    def until_at(self) -> datetime:
        return midnight(end_of(self.month))

    @property
    def before(self) -> "Stretch":
        return Stretch(add_months(self.month, -1))


def facts_of(agency: Agency, agreement: Agreement | None, month: date, *, at: datetime) -> dict[str, Any]:
    """The data of a report made at the aware moment `at`. Its queries are bounded by agreements, not by cases."""
    stretch, versions = Stretch(month), versions_in(agency, agreement, month)
    cases = agency.cases.all()
    if agreement is not None:
        cases = cases.filter(agreement_version__in=[version.pk for version in versions])
    until, bounds = counted_until(), {"from_at": stretch.from_at, "until_at": stretch.until_at}
    return {
        "format": FORMAT,
        "agency": agency.slug,
        "agency_name": agency.name,
        "agreement": agreement.number if agreement else None,
        "month": iso(month)[:7],
        "first_on": month.isoformat(),
        "made_at": instant(at),
        "counted_until": instant(until) if until else None,
        "summary": summary(agency, cases, stretch),
        "before": summary(agency, cases, stretch.before),
        "agreements": [agreed(version, stretch) for version in versions],
        "happenings": happenings.counts(agency, cases, **bounds),
        "happenings_before": happenings.counts(
            agency, cases, from_at=stretch.before.from_at, until_at=stretch.from_at
        ),
        "outages": list(happenings.outages(agency, **bounds)),
        "maintenance": list(happenings.maintenance(agency, **bounds)),
    }


def canonical(facts: dict[str, Any]) -> str:
    """The one text of these data: what is hashed, signed and attached."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def versions_in(agency: Agency, agreement: Agreement | None, month: date) -> list[AgreementVersion]:
    """The versions that bound the office on a day of the month, agreement by agreement, the older first."""
    versions = AgreementVersion.objects.public().order_by("number")
    known = with_versions().filter(agency=agency)
    known = known.filter(pk=agreement.pk) if agreement else known
    made = known.prefetch_related(None).prefetch_related(Prefetch("versions", versions))
    return [version for each in made for version in _living(list(each.versions.all()), month)]


def with_versions() -> AgreementQuerySet:
    """Public agreements in order, with their offices."""
    return Agreement.objects.public().select_related("agency").order_by("agency_id", "number")


def _living(versions: Sequence[AgreementVersion], month: date) -> Iterator[AgreementVersion]:
    """The first version stands for what was published before it was entered, as in the figures themselves."""
    end = end_of(month)
    for each in versions:
        begun = each.in_force_on is not None and (each.in_force_on < end or each is versions[0])
        if begun and (each.closed_on is None or each.closed_on > month):
            yield each


def summary(agency: Agency, cases: CaseQuerySet, stretch: Stretch) -> dict[str, Any]:
    """How many came and were answered, in time and late, and the median in working days."""
    total = counting.totals(
        cases, from_at=stretch.from_at, until_at=stretch.until_at, now=stretch.until_at - SECOND
    )
    answers = total.answers
    median = counting.median_days(
        cases, from_at=stretch.from_at, until_at=stretch.until_at, calendar=calendar_of(agency.pk)
    )
    return {
        "arrived": total.arrived,
        "answered": answers.answered,
        "in_time": answers.in_time,
        "late": answers.late,
        "unmeasured": answers.unmeasured,
        "median_days": median,
    }


def agreed(version: AgreementVersion, stretch: Stretch) -> dict[str, Any]:
    """One version with a figure for each clause of it."""
    last = stretch.until_at - SECOND
    found = figures(version, at=last, months=1, trend=2)
    places = {clause.pk: clause.position for clause in version.clauses.all()}
    return {
        "number": version.agreement.number,
        "title": version.title or version.agreement.title,
        "version": version.number,
        "signature": str(version.signature),
        "state": version.state(today=last.date()),
        "valid_until": version.valid_until.isoformat() if version.valid_until else None,
        "services": list(version.services or version.agreement.services),
        "counts": dict(counts(found)),
        "figures": [_figure(each, places) for each in found],
    }


def _figure(figure: Figure, places: dict[int, int]) -> dict[str, Any]:
    return {
        "clause": figure.ref,
        "place": places.get(figure.clause_id or 0),
        "row": figure.row,
        "text": figure.text,
        "obligor": figure.obligor,
        "measure": figure.measure,
        "topic": figure.topic,
        "title": figure.title,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "target": figure.target,
        "verdict": str(figure.verdict),
        "why": figure.why,
        "detail": figure.detail,
        "before": _before(figure),
    }


def _before(figure: Figure) -> dict[str, int] | None:
    """The month before, as its trend has it; None where nothing was counted."""
    point = figure.trend[0] if len(figure.trend) > 1 else None
    if point is None or point.share is None:
        return None
    return {"numerator": point.numerator, "denominator": point.denominator}
