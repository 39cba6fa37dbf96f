"""Every change of staff is an event of the person at the agency; of units and facts, an event of the agency."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mizban.core.agencies.models import Agency
from mizban.core.events.journal import append
from mizban.core.events.models import Event
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Role, User

PERSON, AGENCY = "person", "agency"


def of_person(
    person: User,
    kind: str,
    *,
    agency_id: int,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """The caller holds the transaction."""
    # Two who change the same person come one after the other.
    User.objects.select_for_update().only("pk").get(pk=person.pk)
    return append(agency_id, (PERSON, person.pk), kind, dict(facts or {}), by=signed(by), at=at)


def of_agency(
    agency: Agency, kind: str, *, by: Actor, at: datetime, facts: Mapping[str, Any] | None = None
) -> Event:
    """The caller holds the transaction."""
    Agency.objects.select_for_update().only("pk").get(pk=agency.pk)
    return append(agency.pk, (AGENCY, agency.pk), kind, dict(facts or {}), by=signed(by), at=at)


def signed(by: Actor) -> Actor:
    """Who administers as a deputy says so."""
    return by.by_right_of({Role.SITE_OFFICER}) if isinstance(by, Staff) else by
