"""A written agreement, and an identity sheet, in the parts and rows that pages and papers show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mizban.lib.text import persian_digits
from mizban.office.agreements.words import SECTIONS


@dataclass(frozen=True, slots=True)
class Group:
    """What stands under one heading: numbered clauses, or rows of a label and its values."""

    heading: str = ""
    clauses: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form with its groups; the first has no heading of its own."""

    heading: str
    groups: tuple[Group, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


def parts(
    text: str, sections: Sequence[Mapping[str, Any]], clauses: Iterable[Mapping[str, Any]]
) -> list[Part]:
    """The text's sentences under their headings, numbered «۳-۲» by part and place.

    A section without a number of its own («پیگیری») belongs to the part above it.
    """
    lines = text.splitlines()
    places = sorted({line for each in clauses for line in range(each["lines"][0], each["lines"][1] + 1)})
    found: list[tuple[str, list[Group]]] = []
    count = 0
    for section in sections:
        heading = section["heading"] or SECTIONS[section["kind"]]
        if not found or heading[0].isdigit():
            found.append((heading, []))
            count = 0
        sentences = [lines[at - 1] for at in places if section["lines"][0] <= at <= section["lines"][1]]
        numbered = [
            (persian_digits(f"{len(found)}-{place}"), sentence)
            for place, sentence in enumerate(sentences, start=count + 1)
        ]
        count += len(numbered)
        own = "" if heading == found[-1][0] else heading
        if numbered or own:
            found[-1][1].append(Group(own, tuple(numbered)))
    return [Part(heading, tuple(groups)) for heading, groups in found]
