"""What evidence changes of the tallies: the difference between what a subject added before and adds now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .measures import Count
from .reading import Subject


@dataclass(frozen=True, slots=True)
class Key:
    """Where a number stands: the columns by which a `Tally` is one."""

    agency_id: int
    version: int
    service: str
    measure: str
    topic: str
    on: date


@dataclass(frozen=True, slots=True)
class Short:
    """A `Shortfall` by its columns."""

    agency_id: int
    version: int
    measure: str
    topic: str
    on: date
    subject_kind: str
    subject_id: int


@dataclass
class Deltas:
    """What is to be added, key by key, and which shortfalls came and went."""

    numerators: Counter[Key] = field(default_factory=Counter)
    denominators: Counter[Key] = field(default_factory=Counter)
    shortfalls: Counter[Short] = field(default_factory=Counter)

    def add(self, subject: Subject, counts: Iterable[Count], *, sign: int = 1) -> None:
        """Add (or with `sign` -1, take back) what a subject counts for."""
        short: set[Short] = set()
        for count in counts:
            key = _key(subject, count)
            self.numerators[key] += sign * count.numerator
            self.denominators[key] += sign * count.denominator
            if count.numerator < count.denominator:
                short.add(_short(subject, key))
        for each in short:
            self.shortfalls[each] += sign

    @property
    def keys(self) -> list[Key]:
        """Where something changes."""
        keys = self.numerators.keys() | self.denominators.keys()
        return [key for key in keys if self.numerators[key] or self.denominators[key]]


def _key(subject: Subject, count: Count) -> Key:
    version, service = (0, "") if count.is_offices else (subject.version, subject.service)
    return Key(subject.agency_id, version, service, count.measure, count.topic, count.on)


def _short(subject: Subject, key: Key) -> Short:
    return Short(key.agency_id, key.version, key.measure, key.topic, key.on, subject.kind, subject.id)
