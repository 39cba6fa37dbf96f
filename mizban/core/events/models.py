"""The event row. Rows are added through `record` and never changed."""

from datetime import datetime
from typing import Any, NoReturn, Self

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.core.inserts import insert
from mizban.core.people.actors import Actor
from mizban.core.prepared import Prepared, blank

from .chain import event_hash, instant


class EventsAreNeverEdited(Exception):
    """Correct a mistake with another event."""


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, kind: str, subject_id: int) -> Self:
        """The events of one subject, oldest first."""
        return self.filter(subject_kind=kind, subject_id=subject_id).order_by("number")

    def update(self, **_kwargs: Any) -> NoReturn:
        raise EventsAreNeverEdited

    def delete(self) -> NoReturn:
        raise EventsAreNeverEdited


class Event(models.Model):
    """One thing that happened to one subject: a fact without personal text, and what is personal, sealed.

    `number` counts from 1 within the subject; `hash` chains to the event before (`chain.event_hash`).
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="events")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    hash = models.BinaryField()

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "number"], name="event_once_per_number"
            )
        ]
        indexes = [models.Index(fields=["agency", "at"], name="event_by_agency")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} #{self.number} {self.kind}"

    def save(self, *_args: Any, **_kwargs: Any) -> None:
        if self.pk is not None:
            raise EventsAreNeverEdited
        insert(self)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise EventsAreNeverEdited

    def chained_to(self, previous: bytes) -> bytes:
        """The hash this event has if it follows `previous`; equal to `hash` while nobody tampered."""
        return event_hash(previous, self.covered(), self.sealed)

    def covered(self) -> dict[str, Any]:
        """The open facts the hash covers."""
        # The subject is covered by the start of its chain, so that the hash is known before the subject has a row.
        return {
            "agency": self.agency_id,
            "subject": [self.subject_kind, self.number],
            "kind": self.kind,
            "at": instant(self.at),
            "actor": [self.actor_kind, self.actor_id, self.actor_name],
            "facts": self.facts,
        }


_about = Prepared(lambda: Event.objects.about(blank(Event, "subject_kind"), blank(Event, "subject_id")))


def history(kind: str, subject_id: int) -> list[Event]:
    """The events of one subject, oldest first, as `about` finds them."""
    return _about.all(subject_kind=kind, subject_id=subject_id)


def new_event(
    *,
    agency_id: int,
    subject: tuple[str, int],
    number: int,
    previous: bytes,
    kind: str,
    at: datetime,
    by: Actor,
    facts: dict[str, Any],
    sealed: bytes | None = None,
) -> Event:
    """An unsaved event, its hash chained to `previous` (`chain.chain_start` for the first of a subject).

    The caller saves it in the transaction of the change it belongs to.
    """
    event = Event(
        agency_id=agency_id,
        subject_kind=subject[0],
        subject_id=subject[1],
        number=number,
        kind=kind,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.spoken_name,
        facts=facts,
        sealed=sealed,
    )
    event.hash = event.chained_to(previous)
    return event
