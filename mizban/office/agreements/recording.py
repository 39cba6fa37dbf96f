"""The events of an agreement: one chain for all its versions, written in the transaction of what they tell."""

from datetime import datetime
from typing import Any

from mizban.core.events.chain import chain_start
from mizban.core.events.models import Event, new_event
from mizban.core.people.actors import Actor

from .models import Agreement

SUBJECT = "agreement"


def locked(agreement_id: int) -> Agreement:
    """The agreement, its row held until the end of the transaction: whatever changes its versions takes it first.

    With those of its whole office, always in one order: which services are bound is a matter of all of them.
    """
    office = Agreement.objects.filter(pk=agreement_id).values("agency_id")
    held = Agreement.objects.select_for_update().filter(agency_id__in=office).order_by("pk")
    return next(each for each in held if each.pk == agreement_id)


def record(agreement: Agreement, kind: str, *, by: Actor, at: datetime, **facts: Any) -> Event:
    """Append an event to the agreement's chain. The caller holds its row (`locked`)."""
    last = history(agreement).last()
    event = new_event(
        agency_id=agreement.agency_id,
        subject=(SUBJECT, agreement.pk),
        number=last.number + 1 if last else 1,
        previous=bytes(last.hash)
        if last
        else chain_start(f"{SUBJECT} {agreement.agency_id}/{agreement.number}"),
        kind=kind,
        at=at,
        by=by,
        facts=facts,
    )
    event.save()
    return event


def history(agreement: Agreement) -> Any:
    """What happened to the agreement, oldest first, as a queryset of events."""
    return Event.objects.about(SUBJECT, agreement.pk)
