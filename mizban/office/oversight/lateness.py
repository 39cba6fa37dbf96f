"""What is past its date now, unit by unit and service by service. Takes the cases an actor may see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, CaseQuerySet
from mizban.office.figures.counting import UNANSWERED


@dataclass(frozen=True, slots=True)
class Place:
    """A unit or a service: its slug and name (empty for what stands in none), what waits there, what of it is late."""

    slug: str
    name: str
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Below:
    """An office below, in numbers only; None is «fewer than five», as the public is told."""

    agency: Agency
    waiting: int | None
    late: int | None


def by_unit(cases: CaseQuerySet, *, at: datetime) -> list[Place]:
    """The units where something waits, the one with most late cases first. One query."""
    return _places(cases, "unit__slug", "unit__name", at=at)


def by_service(cases: CaseQuerySet, names: Mapping[str, str], *, at: datetime) -> list[Place]:
    """The same by service; `names` gives the title of a slug. One query."""
    found = _places(cases, "offering__slug", "offering__slug", at=at)
    return [Place(each.slug, names.get(each.slug, each.slug), each.waiting, each.late) for each in found]


def longest(cases: CaseQuerySet, *, at: datetime, most: int) -> list[Case]:
    """The cases that are late longest, for a list. Two queries."""
    return list(cases.filter(UNANSWERED, due_at__lt=at).for_lists().order_by("due_at", "pk")[:most])


def falling_due(cases: CaseQuerySet, versions: Collection[int], *, until: datetime) -> dict[int, int]:
    """By version of an agreement, its open cases whose date comes before `until`. One query."""
    due = cases.filter(UNANSWERED, agreement_version__in=versions, due_at__lt=until)
    return dict(due.order_by().values_list("agreement_version").annotate(Count("pk")))


def below(superior: Agency, *, at: datetime, most: int) -> list[Below]:
    """The offices whose parent this is, the one with most late cases first: numbers, no case. Two queries."""
    offices = list(Agency.objects.filter(parent=superior, has_portal=True)[:most])
    cases = Case.objects.filter(agency__in=offices)
    counted = {row["agency"]: row for row in _counted(cases, "agency", at=at)}
    rows = [(office, counted.get(office.pk, {"waiting": 0, "late": 0})) for office in offices]
    rows.sort(key=lambda each: -each[1]["late"])
    return [Below(office, row["waiting"], row["late"]) for office, row in rows]


def _places(cases: CaseQuerySet, slug: str, name: str, *, at: datetime) -> list[Place]:
    rows = _counted(cases, slug, name, at=at)
    found = [Place(row[slug] or "", row[name] or "", row["waiting"], row["late"]) for row in rows]
    return sorted(found, key=lambda each: (-each.late, -each.waiting, each.name))


def _counted(cases: CaseQuerySet, *columns: str, at: datetime) -> Iterable[Mapping[str, Any]]:
    waiting = cases.filter(UNANSWERED).order_by().values(*columns)
    found: Iterable[Mapping[str, Any]] = waiting.annotate(
        waiting=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at))
    )
    return found
