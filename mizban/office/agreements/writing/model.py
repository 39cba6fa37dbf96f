"""A written agreement: its sayings, and the text they stand in."""

from dataclasses import dataclass
from typing import Any

from mizban.office.agreements import measures
from mizban.office.agreements.composing import Composed


@dataclass(frozen=True, slots=True)
class Saying:
    """One clause to be written: where it comes from (`origin`), what it is, who owes it, its sentence and figure.

    `unmeasurable` says why no figure of the office's tells whether it was kept.
    """

    origin: str
    kind: str
    part: str
    text: str
    obligor: str = "agency"
    target: dict[str, Any] | None = None
    measure: str = ""
    unmeasurable: str = ""

    def as_clause(self, ref: str, heading: str) -> dict[str, Any]:
        """The saying as a draft keeps its clauses, with where it comes from."""
        return {
            "id": ref,
            "kind": self.kind,
            "text": self.text,
            "obligor": self.obligor,
            "target": self.target,
            "lines": [1, 1],
            "confidence": 1.0,
            "owner": "",
            "measure": "" if self.unmeasurable else self.measure or measures.default_of(self.kind),
            "unmeasurable": self.unmeasurable,
            "confirmed": True,
            "section": self.part,
            "heading": heading,
            "origin": self.origin,
        }


@dataclass(frozen=True, slots=True)
class Written:
    """`clauses` as a draft keeps them, with the lines they stand on in `text`; `sections` as a reading has them."""

    title: str
    composed: Composed

    @property
    def text(self) -> str:
        return self.composed.text

    @property
    def clauses(self) -> list[dict[str, Any]]:
        return self.composed.clauses

    @property
    def sections(self) -> list[dict[str, Any]]:
        return self.composed.sections
