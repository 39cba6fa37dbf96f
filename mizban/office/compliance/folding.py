"""Evidence folded into tallies: what is new since the last time, and nothing else.

Of every subject something new is known of, what it added before is taken away and what it adds now is put in its place,
so that a late event, a correction or a mended case is a difference like any other, which may be negative.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.core.people.models import Inspection

from . import gaps, reading
from .deltas import Deltas, Key, Short
from .gaps import Reach
from .models import Cursor, Shortfall, Tally
from .reading import Known

EVENTS, INSPECTIONS = "events", "inspections"
BATCH = 1000
# One round reads so many batches of a source at most; what is left waits for the next.
MOST_BATCHES = 20


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of evidence, added in the order of their ids: `deltas` of the new ones, given what was read before."""

    name: str
    rows: Callable[[], "models.QuerySet[models.Model]"]
    deltas: Callable[[list[int], Reach], Deltas]


def fold(*, at: datetime, most: int = MOST_BATCHES) -> int:
    """Fold what is new by the aware moment `at`; how many rows were read. Of several workers one does each batch."""
    read = 0
    for source in SOURCES:
        for _ in range(most):
            count = fold_batch(source, at=at)
            read += count
            if count < BATCH:
                break
    return read


def fold_batch(source: Source, *, at: datetime) -> int:
    """Read up to a batch of one source; how many rows. Zero where another worker was quicker."""
    cursor, _ = Cursor.objects.get_or_create(name=source.name)
    reach = Reach(cursor.last, gaps.from_json(cursor.gaps))
    fresh = _fresh(source, reach)
    after = reach.after(fresh, at=at)
    if not fresh and after == reach:
        return 0
    deltas = source.deltas(fresh, reach)
    with transaction.atomic():
        mine = Cursor.objects.filter(pk=cursor.pk, revision=cursor.revision).update(
            last=after.last, gaps=gaps.as_json(after.gaps), revision=cursor.revision + 1, moved_at=at
        )
        if not mine:
            return 0
        write(deltas)
    return len(fresh)


def counted_until() -> datetime | None:
    """When the last event that counts was folded; None before the first."""
    return Cursor.objects.filter(name=EVENTS).values_list("moved_at", flat=True).first()


def _fresh(source: Source, reach: Reach) -> list[int]:
    """The ids of the next rows: those that came late first."""
    late = Q(pk__in=[])
    for gap in reach.gaps:
        late |= Q(pk__range=(gap.first, gap.last))
    rows = source.rows().order_by("pk")
    found = list(rows.filter(late).values_list("pk", flat=True)[:BATCH]) if reach.gaps else []
    return found + list(rows.filter(pk__gt=reach.last).values_list("pk", flat=True)[: BATCH - len(found)])


def _of_events(fresh: list[int], reach: Reach) -> Deltas:
    deltas, new = Deltas(), set(fresh)
    rows = Event.objects.filter(pk__in=fresh, subject_kind__in=reading.KINDS)
    by_kind: defaultdict[str, set[int]] = defaultdict(set)
    for kind, subject_id in rows.values_list("subject_kind", "subject_id"):
        by_kind[kind].add(subject_id)
    for kind, ids in by_kind.items():
        for known in reading.subjects(kind, ids):
            _difference(deltas, known, new, reach)
    return deltas


def _difference(deltas: Deltas, known: Known, new: set[int], reach: Reach) -> None:
    before = [event for event in known.events if reach.has_read(event.pk) and event.pk not in new]
    now = [event for event in known.events if reach.has_read(event.pk) or event.pk in new]
    if before:
        deltas.add(known.subject, known.counts(before), sign=-1)
    deltas.add(known.subject, known.counts(now))


def _of_inspections(fresh: list[int], _reach: Reach) -> Deltas:
    deltas = Deltas()
    for known in reading.inspections(fresh):
        deltas.add(known.subject, known.counts(()))
    return deltas


SOURCES = (
    Source(EVENTS, Event.objects.all, _of_events),
    Source(INSPECTIONS, Inspection.objects.all, _of_inspections),
)


def write(deltas: Deltas) -> None:
    """Add the differences; in the transaction that moved the cursor, so that nobody else writes meanwhile."""
    keys = deltas.keys
    known = {_key(row): row for row in _tallies(keys)}
    missing = {key: Tally(**_columns(key)) for key in keys if key not in known}
    for key in keys:
        row = known.get(key) or missing[key]
        row.numerator += deltas.numerators[key]
        row.denominator += deltas.denominators[key]
    Tally.objects.bulk_create(missing.values(), batch_size=500)
    Tally.objects.bulk_update(known.values(), ["numerator", "denominator"], batch_size=200)
    _write_shortfalls(deltas)


def _tallies(keys: Iterable[Key]) -> list[Tally]:
    """The rows among which these keys are: all of the agencies' months that are touched."""
    places = {(key.agency_id, key.version, key.on) for key in keys}
    found: list[Tally] = []
    for agency_id in {each[0] for each in places}:
        mine = [(version, on) for agency, version, on in places if agency == agency_id]
        found += Tally.objects.filter(
            agency_id=agency_id, version__in={version for version, _ in mine}, on__in={on for _, on in mine}
        )
    wanted = set(keys)
    return [row for row in found if _key(row) in wanted]


def _write_shortfalls(deltas: Deltas) -> None:
    came = [short for short, sign in deltas.shortfalls.items() if sign > 0]
    gone = [short for short, sign in deltas.shortfalls.items() if sign < 0]
    for short in gone:
        Shortfall.objects.filter(**_shortfall(short)).delete()
    Shortfall.objects.bulk_create(
        [Shortfall(**_shortfall(short)) for short in came], batch_size=500, ignore_conflicts=True
    )


def _key(row: Tally) -> Key:
    return Key(row.agency_id, row.version, row.service, row.measure, row.topic, row.on)


def _columns(key: Key) -> dict[str, object]:
    return {name: getattr(key, name) for name in Key.__slots__}


def _shortfall(short: Short) -> dict[str, object]:
    return {name: getattr(short, name) for name in Short.__slots__}


def forget_all() -> None:
    """Begin anew from the first event; the next rounds fold everything again."""
    with transaction.atomic():
        for model in (Shortfall, Tally, Cursor):
            model._default_manager.all().delete()  # noqa: SLF001  # Django's documented API


def offices() -> list[Agency]:
    """Those whose agreements are measured."""
    return list(Agency.objects.filter(has_portal=True))
