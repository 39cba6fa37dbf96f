"""Every figure from the log alone, held against what was folded: they are equal, or somebody changed one of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.core.people.models import Inspection

from . import gaps, reading
from .deltas import Deltas, Key
from .folding import EVENTS, INSPECTIONS
from .gaps import Reach
from .models import Cursor, Tally

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that is not what the log says."""

    key: Key
    folded: tuple[int, int]
    log: tuple[int, int]


def from_log(agency: Agency) -> Deltas:
    """What the evidence of an office adds up to, as far as it was folded. Reads all of it."""
    deltas, reach = Deltas(), _reach(EVENTS)
    for kind in reading.KINDS:
        for ids in _ids(agency, kind):
            for known in reading.subjects(kind, ids):
                read = [event for event in known.events if reach.has_read(event.pk)]
                if read:
                    deltas.add(known.subject, known.counts(read))
    seen = _reach(INSPECTIONS)
    rows = Inspection.objects.filter(agency=agency).values_list("pk", flat=True)
    for known in reading.inspections([pk for pk in rows if seen.has_read(pk)]):
        deltas.add(known.subject, known.counts(()))
    return deltas


def differences(agency: Agency) -> list[Difference]:
    """Where tallies and log disagree; empty while all is well."""
    log = from_log(agency)
    folded = {
        Key(agency.pk, row.version, row.service, row.measure, row.topic, row.on): row
        for row in Tally.objects.filter(agency=agency)
    }
    found = []
    for key in {*folded, *log.keys}:
        row = folded.get(key)
        mine = (row.numerator, row.denominator) if row else (0, 0)
        theirs = (_of(log.numerators, key), _of(log.denominators, key))
        if mine != theirs:
            found.append(Difference(key, mine, theirs))
    return sorted(found, key=lambda each: (each.key.measure, each.key.topic, each.key.on))


def _of(counter: Counter[Key], key: Key) -> int:
    return counter[key]


def _reach(name: str) -> Reach:
    cursor = Cursor.objects.filter(name=name).first()
    return Reach(cursor.last, gaps.from_json(cursor.gaps)) if cursor else Reach(0)


def _ids(agency: Agency, kind: str) -> Iterator[list[int]]:
    """The subjects of one kind, some at a time."""
    first = Event.objects.filter(agency=agency, subject_kind=kind, number=1)
    last = 0
    while True:
        ids = list(
            first.filter(subject_id__gt=last)
            .order_by("subject_id")
            .values_list("subject_id", flat=True)[:AT_ONCE]
        )
        if not ids:
            return
        yield ids
        last = ids[-1]
