"""Who is away (مرخصی), and who stands in for whom (جانشین), from a day to a day."""

from datetime import datetime

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor
from mizban.core.people.models import Absence, Deputyship, Role, User

from .people import refuse_oneself
from .recording import of_person
from .refusals import EndsBeforeItBegins, NotAStandIn


@transaction.atomic
def note(
    agency: Agency, person: User, *, from_at: datetime, until_at: datetime, by: Actor, at: datetime
) -> Absence:
    """Somebody is away between two moments; `until_at` is outside. Raises EndsBeforeItBegins."""
    _check(from_at, until_at, at)
    absence = Absence.objects.create(agency=agency, person=person, from_at=from_at, until_at=until_at)
    facts = {"from_at": from_at.isoformat(), "until_at": until_at.isoformat()}
    of_person(person, "absence-noted", agency_id=agency.pk, by=by, at=at, facts=facts)
    return absence


@transaction.atomic
def name_deputy(
    agency: Agency,
    person: User,
    deputy: User,
    *,
    from_at: datetime,
    until_at: datetime,
    by: Actor,
    at: datetime,
) -> Deputyship:
    """`deputy` stands in for `person` between two moments. Raises OwnPost, EndsBeforeItBegins, NotAStandIn."""
    refuse_oneself(deputy, by)
    _check(from_at, until_at, at)
    for each in (person, deputy):
        lasting = agency.memberships.filter(user=each).lasting(at)
        if person.pk == deputy.pk or not lasting.exists() or lasting.filter(role=Role.INSPECTOR).exists():
            raise NotAStandIn
    deputyship = Deputyship.objects.create(
        agency=agency, person=person, deputy=deputy, from_at=from_at, until_at=until_at
    )
    facts = {
        "deputy": deputy.pk,
        "deputy_name": deputy.full_name,
        "from_at": from_at.isoformat(),
        "until_at": until_at.isoformat(),
    }
    of_person(person, "deputy-named", agency_id=agency.pk, by=by, at=at, facts=facts)
    return deputyship


@transaction.atomic
def end(stretch: Absence | Deputyship, *, by: Actor, at: datetime) -> None:
    """Back at the desk: over now; what has not begun never begins."""
    stretch.until_at = at
    stretch.from_at = min(stretch.from_at, at)
    stretch.save(update_fields=["from_at", "until_at"])
    kind = "absence-ended" if isinstance(stretch, Absence) else "deputy-ended"
    of_person(stretch.person, kind, agency_id=stretch.agency_id, by=by, at=at)


def _check(from_at: datetime, until_at: datetime, at: datetime) -> None:
    if until_at <= max(from_at, at):
        raise EndsBeforeItBegins
