"""The catalogue of obligations (`rows.toml`): what each row asks for, and which row a clause of an agreement is."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from mizban.lib.text import compact_key


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation. `count` and what follows it say how cases of `service` are counted (`measures/topics.py`).

    `title_of` is the service whose agreement's title promises it; `topic` the part of the measure that is meant.
    """

    id: str
    owes: str
    measure: str
    behaviour: str
    also: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    service: str = ""
    title_of: str = ""
    topic: str = ""
    count: str = ""
    plain: Mapping[str, str] = field(default_factory=dict)
    starts: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    late: str = ""

    @property
    def part(self) -> str:
        """The topic its numbers stand under."""
        return self.id if self.count else self.topic

    def is_told_by(self, text: str) -> bool:
        """Whether one of its words stands in a clause."""
        key = compact_key(text)
        return any(compact_key(word) in key for word in self.words)


@cache
def rows() -> tuple[Row, ...]:
    """All rows, in their order."""
    written = tomllib.loads((Path(__file__).parent / "rows.toml").read_text("utf-8"))
    return tuple(Row(**{name: _frozen(value) for name, value in row.items()}) for row in written["rows"])


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@cache
def counted_of(service: str) -> tuple[Row, ...]:
    """The rows that count cases of this service."""
    return tuple(row for row in rows() if row.count and row.service == service)


def row_of(kind: str, obligor: str, text: str, services: Collection[str]) -> Row | None:
    """The row a clause is; None for one that none of the five agreements has."""
    return _row_of(kind, obligor, text, tuple(services))


# A clause's text never changes, and looking for words in it costs more than everything else on a page.
@lru_cache(maxsize=4096)
def _row_of(kind: str, obligor: str, text: str, services: tuple[str, ...]) -> Row | None:
    for row in rows():
        if kind not in row.kinds or (row.service and row.service not in services):
            continue
        if row.words and not row.is_told_by(text):
            continue
        if kind == "password-reset" and (row.owes == "applicant") != (obligor == "applicant"):
            continue
        return row
    return None


def titles_of(services: Collection[str]) -> list[Row]:
    """The rows that the title of an agreement over these services promises."""
    return [row for row in rows() if row.title_of and row.title_of in services]
