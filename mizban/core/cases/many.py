"""The one door for many cases at once: events and rows of a batch, as `writing.record` writes them one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mizban.core.db import update_rows
from mizban.core.events.models import Event, new_event
from mizban.core.people.actors import Actor

from .models import Case
from .writing import SUBJECT, ActedFirst

TABLE = Case._meta  # noqa: SLF001  # Django's documented API
COLUMNS = {field.attname: field for field in TABLE.concrete_fields}
WRITTEN = ("due_at", "due_calendar", "wake_at", "number_of_events", "head")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one case: columns of `WRITTEN`, and the event that says so where there is one to tell."""

    case: Case
    columns: Mapping[str, Any]
    kind: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def record_many(changes: Sequence[Change], *, by: Actor, at: datetime) -> None:
    """Write a batch of changes in one transaction: two statements, however many cases.

    Each row is claimed by its number of events. Raises ActedFirst, and has changed nothing, where somebody acted on
    one of the cases meanwhile; a caller that locked the rows when it read them cannot meet it.
    """
    events, rows = [], []
    for change in changes:
        case, columns = change.case, dict(change.columns)
        if change.kind:
            event = _event(change, by=by, at=at)
            events.append(event)
            columns |= {"number_of_events": event.number, "head": event.hash}
        rows.append(_row(case, columns))
    with transaction.atomic():
        if update_rows(TABLE.db_table, WRITTEN, ("id", "number_of_events"), rows) != len(rows):
            raise ActedFirst
        Event.objects.bulk_create(events)


def _event(change: Change, *, by: Actor, at: datetime) -> Event:
    return new_event(
        agency_id=change.case.agency_id,
        subject=(SUBJECT, change.case.pk),
        number=change.case.number_of_events + 1,
        previous=bytes(change.case.head),
        kind=change.kind,
        at=at,
        by=by,
        facts=change.facts,
    )


def _row(case: Case, columns: Mapping[str, Any]) -> list[Any]:
    """The written columns of a row, then what it must still be."""
    values = [columns.get(name, getattr(case, name)) for name in WRITTEN]
    prepared = [
        COLUMNS[name].get_db_prep_save(value, connection) for name, value in zip(WRITTEN, values, strict=True)
    ]
    return [*prepared, case.pk, case.number_of_events]
