"""The numbers of one version, month by month: folded ones, those of the probers, and the days of agreements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Case as CaseOf
from django.db.models import DateField, Sum, Value, When

from mizban.office.agreements.models import Agreement, AgreementVersion
from mizban.office.availability.models import ProbeDay

from .measures.probed import TARGETS
from .models import Tally
from .months import end_of, month_of
from .validity import DAY, Reign, days_of

# Numerator and denominator.
Pair = tuple[int, int]
Monthly = Mapping[date, Pair]
NOTHING: Monthly = {}


@dataclass(frozen=True, slots=True)
class Numbers:
    """By measure and topic, by the first day of a month. `gross` is uptime with telecom's outages in it."""

    found: Mapping[tuple[str, str], Monthly]
    gross: Monthly

    def of(self, measure: str, topic: str = "") -> Monthly:
        return self.found.get((measure, topic), NOTHING)

    def topics(self, measure: str) -> dict[str, Monthly]:
        """Every topic of a measure that has a number."""
        return {topic: monthly for (name, topic), monthly in self.found.items() if name == measure}

    def all_of(self, measure: str) -> Monthly:
        """The topics of a measure together."""
        return added(self.topics(measure).values())


def added(some: "Sequence[Monthly] | object") -> Monthly:
    """Month by month, all together."""
    total: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
    for monthly in cast("Sequence[Monthly]", some):
        for month, (numerator, denominator) in monthly.items():
            total[month][0] += numerator
            total[month][1] += denominator
    return {month: (pair[0], pair[1]) for month, pair in total.items()}


def summed(monthly: Monthly, months: Sequence[date]) -> Pair:
    """The months of a period in one pair."""
    pairs = [monthly.get(month, (0, 0)) for month in months]
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def numbers(version: AgreementVersion, months: Sequence[date], *, today: date) -> Numbers:
    """Everything that has a number for a version in these months (in order), up to `today`. Three queries."""
    agreement = version.agreement
    versions = list(agreement.versions.all())
    since, until = _life(version, versions, months, today=today)
    found: defaultdict[tuple[str, str], defaultdict[date, list[int]]] = defaultdict(_months)
    for measure, topic, owner, on, numerator, denominator in (
        Tally.objects.of_version(agreement.agency_id, version.pk).since(months[0]).sums()
    ):
        if owner or since <= on < until:
            pair = found[measure, topic][month_of(on)]
            pair[0] += numerator
            pair[1] += denominator
    gross = _probed(found, agreement, months, since=since, until=until, is_net=bool(condition_of(version)))
    reigns = [
        Reign(each.in_force_on, each.closed_on, each.valid_until, each.holdover)
        for each in versions
        if each.in_force_on
    ]
    for topic, monthly in days_of(reigns, months, today=today).items():
        for month, (numerator, denominator) in monthly.items():
            found["days-valid", topic][month] = [numerator, denominator]
    return Numbers(
        {key: {on: (pair[0], pair[1]) for on, pair in monthly.items()} for key, monthly in found.items()},
        gross,
    )


def _months() -> "defaultdict[date, list[int]]":
    return defaultdict(lambda: [0, 0])


def condition_of(version: AgreementVersion) -> str:
    """On what its promise of availability depends, in its own words; empty where it promises without condition."""
    found = version.reading.get("availability") or {}
    return str(found.get("condition") or "")


def _life(
    version: AgreementVersion, versions: Sequence[AgreementVersion], months: Sequence[date], *, today: date
) -> tuple[date, date]:
    """The days on which what the whole office does counts for this version; the last one is outside.

    What lies before the first version counts for it: it is the text that was published then.
    """
    is_first = version.number == min(each.number for each in versions)
    begin = months[0] if is_first or version.in_force_on is None else max(months[0], version.in_force_on)
    return begin, min(version.closed_on or today + DAY, end_of(months[-1]))


def _probed(
    found: "dict[tuple[str, str], defaultdict[date, list[int]]]",
    agreement: Agreement,
    months: Sequence[date],
    *,
    since: date,
    until: date,
    is_net: bool,
) -> Monthly:
    """Add what the probers saw; gives uptime gross. One query, added up by the database."""
    begins = CaseOf(
        *(When(on__gte=month, then=Value(month)) for month in reversed(months[1:])),
        default=Value(months[0]),
        output_field=DateField(),
    )
    rows = (
        ProbeDay.objects.filter(agency_id=agreement.agency_id, on__gte=since, on__lt=until)
        .order_by()
        .values_list("target", begins)
        .annotate(Sum("up"), Sum("down"), Sum("maintenance"), Sum("telecom"))
    )
    gross: dict[date, Pair] = {}
    for target, month, up, down, maintenance, telecom in rows:
        measured = up + down + maintenance
        for name, targets in TARGETS.items():
            if target not in targets:
                continue
            pair = found[name, ""][month]
            pair[0] += up
            pair[1] += measured - (telecom if name == "uptime" and is_net else 0)
            if name == "uptime":
                gross[month] = (up, measured)
    return gross
