"""What stands around an agency's cases and seldom changes: looked up once in two seconds, joined to no row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mizban.core.agencies.models import Agency, Unit
from mizban.core.kept import kept
from mizban.core.people.models import User

from .services import ServiceVersion

if TYPE_CHECKING:
    from .case import Case


@dataclass(frozen=True, slots=True)
class Around:
    """An agency with its units, its people and the declarations it offers, by their numbers."""

    agency: Agency
    unit: dict[int, Unit]
    assignee: dict[int, User]
    version: dict[int, ServiceVersion]


@kept
def around(agency_id: int) -> Around:
    """Four queries. Names only: what somebody may see or do is never asked of this."""
    slugs = Agency.objects.filter(pk=agency_id).values("offerings__slug")
    return Around(
        agency=Agency.objects.get(pk=agency_id),
        unit=Unit.objects.filter(agency_id=agency_id).in_bulk(),
        assignee=User.objects.filter(memberships__agency_id=agency_id).only("full_name").in_bulk(),
        version=ServiceVersion.objects.filter(slug__in=slugs).defer("source").in_bulk(),
    )


def furnish(cases: "Iterable[Case]") -> "list[Case]":
    """The same cases, each with its agency, unit, assignee and version; somebody who left is asked for one by one."""
    furnished, known = list(cases), dict[int, Around]()
    for case in furnished:
        if case.agency_id not in known:
            known[case.agency_id] = around(case.agency_id)
        here, cache = known[case.agency_id], case._state.fields_cache  # noqa: SLF001  # documented for loaders
        cache["agency"] = here.agency
        for name, found in (("unit", here.unit), ("assignee", here.assignee), ("version", here.version)):
            pk = getattr(case, f"{name}_id")
            if pk is None or pk in found:
                cache[name] = None if pk is None else found[pk]
    return furnished
