"""Who the named superior is: as the office set it, else head of the unit, director, the agency above."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.people.models import Membership, Role

from .models import Superior

LEVELS = (1, 2)


@dataclass(frozen=True, slots=True)
class Named:
    """A superior: at which agency, in which role and unit, who holds it now, and as sentences call him."""

    agency_id: int
    role: str
    unit_id: int | None
    person_id: int | None
    spoken: str


def superior_of(case: Case, level: int, *, at: datetime) -> Named:
    """Whom the breach of this case goes to at a level (from 1), at the aware moment `at`. A few queries."""
    return _as_set(case, level, at) or _by_roles(case, level, at)


def _as_set(case: Case, level: int, at: datetime) -> Named | None:
    """As the office set it, for the unit before for all; nobody where he who was named has left."""
    rows = Superior.objects.filter(agency_id=case.agency_id, level=level).select_related("person")
    found = [row for row in rows if row.unit_id in (case.unit_id, None)]
    for row in sorted(found, key=lambda each: each.unit_id is None):
        if row.is_above:
            return next(_above(case.agency, at), None)
        held = Membership.objects.filter(agency_id=case.agency_id, user=row.person)
        for role in (Role.DIRECTOR, Role.HEAD):
            if membership := held.holding(role, at=at).select_related("unit").first():
                return _named(membership)
    return None


def _by_roles(case: Case, level: int, at: datetime) -> Named:
    """The next rung above whoever has the case; the last one hears again."""
    rungs: list[Named] = []
    for named in (*_heads(case, at), *_directors(case.agency_id, at), *_above(case.agency, at)):
        if named.person_id not in (case.assignee_id, *(rung.person_id for rung in rungs)):
            rungs.append(named)
    nobody = Named(case.agency_id, Role.DIRECTOR, None, None, str(Role.DIRECTOR.label))
    return rungs[min(level, len(rungs)) - 1] if rungs else nobody


def _heads(case: Case, at: datetime) -> Iterator[Named]:
    """One head: of the case's unit, else of the whole agency."""
    held = (
        Membership.objects.filter(agency_id=case.agency_id).holding(Role.HEAD, at=at).select_related("unit")
    )
    fitting = [each for each in held if each.unit_id in (case.unit_id, None)]
    yield from (_named(each) for each in sorted(fitting, key=lambda each: each.unit_id is None)[:1])


def _directors(agency_id: int, at: datetime) -> Iterator[Named]:
    held = Membership.objects.filter(agency_id=agency_id).holding(Role.DIRECTOR, at=at).select_related("unit")
    yield from (_named(each) for each in held[:1])


def _above(agency: Agency, at: datetime) -> Iterator[Named]:
    """The director of the agency above, where it has one at this desk."""
    if agency.parent is None:
        return
    for named in _directors(agency.parent.pk, at):
        yield Named(
            named.agency_id, named.role, None, named.person_id, f"{named.spoken} {agency.parent.short_name}"
        )


def _named(held: Membership) -> Named:
    spoken = f"{held.user.full_name}، {held.spoken}"
    return Named(held.agency_id, held.role, held.unit_id, held.user_id, spoken)
