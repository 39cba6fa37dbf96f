"""What an agency's pages say about it, and which agencies play a part beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mizban.core.agencies.models import Agency, Counterpart
from mizban.core.people.actors import Actor

from .recording import of_agency
from .refusals import OwnSuperior

FACTS = ("name", "short_name", "province", "phone", "address", "postal_code", "hours")


@transaction.atomic
def correct(agency: Agency, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Other facts (those of FACTS that are given); the record keeps which, and what they were."""
    changed = {name: value for name, value in facts.items() if getattr(agency, name) != value}
    if not changed:
        return
    was = {name: getattr(agency, name) for name in changed}
    for name, value in changed.items():
        setattr(agency, name, value)
    agency.save(update_fields=list(changed))
    of_agency(agency, "agency-corrected", by=by, at=at, facts={"was": was, "is": changed})


@transaction.atomic
def place(
    agency: Agency,
    *,
    parent: Agency | None,
    counterparts: Mapping[str, Agency | None],
    by: Actor,
    at: datetime,
) -> None:
    """Who stands above the agency, and who plays which part beside it (None: nobody). Raises OwnSuperior."""
    above = parent
    while above is not None:
        if above.pk == agency.pk:
            raise OwnSuperior
        above = above.parent
    agency.parent = parent
    agency.save(update_fields=["parent"])
    for role, other in counterparts.items():
        if other is None:
            Counterpart.objects.filter(agency=agency, role=role).delete()
        else:
            Counterpart.objects.update_or_create(agency=agency, role=role, defaults={"counterpart": other})
    named = {role: other.slug if other else "" for role, other in counterparts.items()}
    facts = {"parent": parent.slug if parent else "", "counterparts": named}
    of_agency(agency, "counterparts-named", by=by, at=at, facts=facts)
