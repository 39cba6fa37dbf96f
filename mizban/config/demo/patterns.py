"""A case of the demo as a pattern: the same life some weeks earlier, under another code, for loads of thousands.

The sealed parts are kept with the key that opens them; code, password, hashes, dates and due date are the copy's own.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection, models

from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.clocks.deadlines import TELLING, Times, times
from mizban.core.cases.clocks.deadlines import Happening as Lived
from mizban.core.cases.filing.repeating import password_hash
from mizban.core.cases.models import Case
from mizban.core.cases.writing import SUBJECT
from mizban.core.events.chain import canonical, chain_start, instant, link
from mizban.core.events.models import Event

# What belongs to the one filing it came from and to no copy.
OWN = ("token_hash", "content_hash")
SOMEBODY = 987_654_321_987_654_321
MARK = str(SOMEBODY).encode()
MOMENT = "the moment it happened"


@cache
def stored(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns that are written: all but those the database computes."""
    return [field for field in model._meta.concrete_fields if not field.generated]  # noqa: SLF001  # Django's documented API


@cache
def place(model: type[models.Model], name: str) -> int:
    """Where a column stands among the `stored` ones."""
    return [field.attname for field in stored(model)].index(name)


def stored_value(model: type[models.Model], name: str, value: Any) -> Any:
    """A value as the database takes it."""
    return stored(model)[place(model, name)].get_db_prep_save(value, connection)


def values(row: models.Model, **changes: Any) -> list[Any]:
    """A row as the database takes it, in the order of `stored`."""
    return [
        field.get_db_prep_save(changes.get(field.attname, getattr(row, field.attname)), connection)
        for field in stored(type(row))
    ]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a pattern: its row, and the facts its hash covers with marks for the moment and the guest."""

    at: datetime
    row: list[Any]
    facts: str
    ciphertext_hash: bytes


@dataclass(frozen=True, slots=True)
class Pattern:
    """A case with its events, what clocks look at in them, and the rows that hang on it.

    `waits` is true of those that stand open and unanswered now.
    """

    case: Case
    row: list[Any]
    happenings: tuple[Happening, ...]
    lived: tuple[Lived, ...]
    hanging: tuple[tuple[type[models.Model], list[Any]], ...]
    waits: bool


@dataclass(frozen=True, slots=True)
class Link:
    """An event some time earlier: its row, and what its hash is made of (in two parts around the guest's id)."""

    row: list[Any]
    facts: tuple[bytes, ...]
    ciphertext_hash: bytes


@dataclass(frozen=True, slots=True)
class Print:
    """A pattern some time earlier, ready to be written again and again."""

    pattern: Pattern
    case: list[Any]
    links: tuple[Link, ...]


def pattern_of(case: Case, events: Sequence[Event], hanging: Sequence[models.Model]) -> Pattern:
    """The pattern of a case; its rows are not changed and must not be saved afterwards."""
    for event in events:
        if event.kind not in TELLING:
            # The copy's due date is another one.
            event.facts = {name: value for name, value in event.facts.items() if name != "due_at"}
    return Pattern(
        case=case,
        row=values(case, **dict.fromkeys(OWN)),
        happenings=tuple(_happening(event) for event in events),
        lived=tuple(Lived(each.number, each.at, each.kind, each.facts) for each in events),
        hanging=tuple((type(each), values(each)) for each in hanging),
        waits=case.is_open and case.answered_at is None,
    )


def _happening(event: Event) -> Happening:
    covered = event.covered() | {"at": MOMENT}
    if event.actor_kind == "guest":
        covered["actor"] = [event.actor_kind, SOMEBODY, event.actor_name]
    sealed = hashlib.sha256(bytes(event.sealed or b"")).digest()
    return Happening(event.at, values(event), canonical(covered).decode(), sealed)


def printed(pattern: Pattern, earlier: timedelta) -> Print:
    """The pattern moved back by `earlier`, its due date computed anew from the calendar of that time."""
    case, row = pattern.case, pattern.row.copy()
    found = _times(pattern, earlier)
    changed = {
        "filed_at": case.filed_at - earlier,
        "due_at": found.due_at,
        "due_calendar": found.due_calendar,
        # What ended weeks ago is not told today.
        "wake_at": found.wake_at if pattern.waits else None,
    }
    if case.answered_at:
        changed["answered_at"] = case.answered_at - earlier
    for name, value in changed.items():
        row[place(Case, name)] = stored_value(Case, name, value)
    return Print(pattern, row, tuple(_linked(each, earlier) for each in pattern.happenings))


def _linked(happening: Happening, earlier: timedelta) -> Link:
    at, row = happening.at - earlier, happening.row.copy()
    row[place(Event, "at")] = stored_value(Event, "at", at)
    facts = happening.facts.replace(MOMENT, instant(at)).encode()
    return Link(row, tuple(facts.split(MARK)), happening.ciphertext_hash)


def _times(pattern: Pattern, earlier: timedelta) -> Times:
    """The clocks as the steps themselves would have left them, by the calendar of that time."""
    case, lived = pattern.case, [replace(each, at=each.at - earlier) for each in pattern.lived]
    return times(case.declaration, case.plain, lived, clock_of(case.agency_id))


class Press:
    """Writes copies of prints: knows where the columns stand."""

    def __init__(self) -> None:
        self._id, self._code = place(Case, "id"), place(Case, "code")
        self._password, self._head = place(Case, "password_hash"), place(Case, "head")
        self._subject, self._actor = place(Event, "subject_id"), place(Event, "actor_id")
        self._hash = place(Event, "hash")

    def copy(self, print_: Print, *, case_id: int, code: str, password: str) -> "Copy":
        """The rows of one more case."""
        head = chain_start(f"{SUBJECT} {code}")
        guest = str(case_id).encode()
        events = []
        for each in print_.links:
            head = link(head, guest.join(each.facts), each.ciphertext_hash)
            row = each.row.copy()
            row[self._subject], row[self._hash] = case_id, head
            if len(each.facts) > 1:
                row[self._actor] = case_id
            events.append(row)
        row = print_.case.copy()
        row[self._id], row[self._code], row[self._head] = case_id, code, head
        row[self._password] = password_hash(code, password)
        return Copy(row, events)


@dataclass(frozen=True, slots=True)
class Copy:
    """The row of a case and the rows of its events."""

    case: list[Any]
    events: list[list[Any]]
