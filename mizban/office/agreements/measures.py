"""What measures a clause: a closed list (`measures.toml`), from which each kind of clause has its own."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# The kinds that promise an answer within a time.
RESPONSE_KINDS = ("response-time", "prompt-result")
# A promise of these kinds is measured against a number.
NUMBERED = frozenset({*RESPONSE_KINDS, "restore-time"})


@dataclass(frozen=True, slots=True)
class Measure:
    """`name` in code and interfaces, `title` for people, `evidence` it is counted from, `kinds` of clause it fits."""

    name: str
    title: str
    evidence: str
    kinds: tuple[str, ...]


@cache
def measures() -> dict[str, Measure]:
    """All measures by name."""
    written = tomllib.loads((Path(__file__).parent / "measures.toml").read_text("utf-8"))
    return {
        name: Measure(name, row["title"], row["evidence"], tuple(row["kinds"]))
        for name, row in written["measures"].items()
    }


def fitting(kind: str) -> list[Measure]:
    """The measures a clause of this kind may have, the usual one first; none for what nobody can count."""
    return [measure for measure in measures().values() if kind in measure.kinds]


def default_of(kind: str) -> str:
    """The usual measure of a kind, empty where it has none."""
    found = fitting(kind)
    return found[0].name if found else ""
