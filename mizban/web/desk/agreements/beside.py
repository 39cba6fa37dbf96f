"""A draft's clauses beside the lines they were read from."""

from dataclasses import dataclass
from typing import Any

from mizban.core.agencies.models import Agency
from mizban.office.agreements.drafting import SURE
from mizban.office.agreements.measures import measures
from mizban.office.agreements.models import Draft
from mizban.office.agreements.words import KINDS, OBLIGORS, amount, owner_of

from .owners import units_of


@dataclass(frozen=True, slots=True)
class Row:
    """A clause: the original lines (empty where the row above has them), and what is made of them."""

    clause: dict[str, Any]
    original: tuple[str, ...]
    lines: tuple[int, int]
    span: int
    kind: str
    obligor: str
    owner: str
    measure: str
    target: str
    is_unsure: bool


def rows(draft: Draft, agency: Agency) -> list[Row]:
    """The clauses in the order of the text; those of the same lines stand together."""
    lines, units = draft.source.splitlines(), units_of(agency)
    spans = [tuple(clause["lines"]) for clause in draft.clauses]
    found = []
    for place, clause in enumerate(draft.clauses):
        first = place == 0 or spans[place] != spans[place - 1]
        together = _together(spans, place) if first else 0
        found.append(_row(clause, lines, units, span=together))
    return found


def _together(spans: list[tuple[int, ...]], place: int) -> int:
    end = place
    while end < len(spans) and spans[end] == spans[place]:
        end += 1
    return end - place


def _row(clause: dict[str, Any], lines: list[str], units: dict[str, str], *, span: int) -> Row:
    first, last = clause["lines"]
    original = [line.strip() for line in lines[first - 1 : last]]
    measure = measures().get(clause["measure"])
    return Row(
        clause=clause,
        original=tuple(line for line in original if line),
        lines=(first, last),
        span=span,
        kind=KINDS.get(clause["kind"], clause["kind"]),
        obligor=OBLIGORS.get(clause["obligor"] or "", ""),
        owner=owner_of(clause["owner"], units),
        measure=measure.title if measure else "",
        target=amount(clause["target"]) if clause["target"] else "",
        is_unsure=clause["confidence"] < SURE,
    )
