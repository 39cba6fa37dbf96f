"""Events of subjects that have no row to keep the head of their chain: outages, notices, days of probes."""

from datetime import datetime
from typing import Any

from mizban.core.people.actors import Actor

from .chain import chain_start
from .models import Event, new_event


def append(
    agency_id: int, subject: tuple[str, int], kind: str, facts: dict[str, Any], *, by: Actor, at: datetime
) -> Event:
    """The next event of a subject, chained to its last; in the transaction of the change it belongs to.

    Of two writers at once the later one gets an IntegrityError: no two events have one number.
    """
    last = Event.objects.about(*subject).last()
    event = new_event(
        agency_id=agency_id,
        subject=subject,
        number=last.number + 1 if last else 1,
        previous=bytes(last.hash) if last else chain_start(" ".join(map(str, subject))),
        kind=kind,
        at=at,
        by=by,
        facts=facts,
    )
    event.save()
    return event
