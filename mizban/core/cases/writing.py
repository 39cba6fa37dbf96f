"""The inside of the one door: an event and the change it brings, written together or not at all."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from mizban.core.events.models import Event, new_event
from mizban.core.people.actors import Actor
from mizban.core.refusals import Refusal
from mizban.core.sealing import cipher

from .inhouse.inside import INTERNAL, UNASKED, is_inside
from .inhouse.standing_in import named

if TYPE_CHECKING:
    from .models import Case

PLACE = "event"
SUBJECT = "case"


class ActedFirst(Refusal):
    """Between the page and the button somebody else acted; `last` is what they did."""

    code = "acted-first"
    status = 409
    message = "پیش از شما کس دیگری روی این پرونده کار کرد. صفحه را دوباره ببینید."

    def __init__(self, last: Event | None = None) -> None:
        super().__init__()
        self.last = last


def record(
    case: "Case",
    kind: str,
    *,
    by: Actor,
    at: datetime,
    facts: dict[str, Any] | None = None,
    sealed: dict[str, Any] | None = None,
    **changes: Any,
) -> Event:
    """Append an event to the case and make `changes` to its row, in one transaction.

    The row is claimed by its number of events: of two writers at once one wins, the other gets ActedFirst and
    changes nothing. `sealed` is encrypted with the case's key.
    """
    by = named(case, by, facts or {})
    number = case.number_of_events + 1
    event = new_event(
        agency_id=case.agency_id,
        subject=(SUBJECT, case.pk),
        number=number,
        previous=bytes(case.head),
        kind=kind,
        at=at,
        by=by,
        facts=facts or {},
        sealed=cipher.seal_json(case.key, sealed, place=PLACE) if sealed else None,
    )
    changes |= {"number_of_events": number, "head": event.hash}
    with transaction.atomic():
        unchanged = type(case).objects.filter(pk=case.pk, number_of_events=case.number_of_events)
        if not unchanged.update(**changes):
            raise ActedFirst(last_known_to(case, by))
        event.save()
    for name, value in changes.items():
        setattr(case, name, value)
    return event


def refuse_if_behind(case: "Case", seen: int | None, *, by: Actor, beside: str = "") -> None:
    """Raises ActedFirst where the actor saw other events than there are now (`seen`: how many; None: not asked).

    What the office does inside is no news to those outside, what the clock says is none to anybody, and of the approval
    `beside` which somebody decides, other decisions are none either.
    """
    if seen is None or seen == case.number_of_events:
        return
    if 0 < seen < case.number_of_events:
        silent = UNASKED if is_inside(case, by) else UNASKED | INTERNAL
        news = case.events.filter(number__gt=seen).exclude(kind__in=silent)
        if not any(event.facts.get("approval", "") != beside or not beside for event in news.defer("sealed")):
            return
    raise ActedFirst(last_known_to(case, by))


def last_known_to(case: "Case", actor: Actor) -> Event | None:
    """What happened last, as far as this actor may hear of it."""
    events = case.events if is_inside(case, actor) else case.events.exclude(kind__in=INTERNAL)
    return events.last()


def opened(event: Event, key: bytes) -> dict[str, Any]:
    """What an event sealed; empty if it sealed nothing. Raises BrokenSeal."""
    if event.sealed is None:
        return {}
    found: dict[str, Any] = cipher.unseal_json(key, event.sealed, place=PLACE)
    return found
