"""Sentences of a paragraph, each with the lines it stands on."""

import re
from dataclasses import dataclass

from .model import Span

_STOP = re.compile(
    r"(?<=[.؟!؛;…])(?<!\.\.)(?<!……)(?<!\s\d\.)(?<!\s\d\d\.)(?<!^\d\.)(?<!\b[a-zA-Z]\.)\s+(?=\S)|(?<=[آ-ی]\.)(?=[آ-ی])|\s+[•●▪✓✔➢]\s+"
)
_ASIDE = re.compile(r"^\([^()]*\)\.?$")


@dataclass
class Statement:
    """One sentence of the agreement with its inclusive lines and the part it stands in."""

    text: str
    lines: Span
    section: str | None
    party: str | None = None
    first: bool = False
    bulleted: bool = False


@dataclass
class Paragraph:
    """Lines that run on, with the part they stand in and whose duties that part speaks of."""

    section: str | None
    party: str | None
    texts: list[tuple[int, str]]
    bulleted: bool
    first: bool


def sentences(paragraph: Paragraph) -> list[Statement]:
    """The sentences in order."""
    text, places = "", []
    for number, part in paragraph.texts:
        text = f"{text} {part}" if text else part
        places.append((len(text), number))
    out: list[Statement] = []
    at = 0
    for piece in [*_STOP.finditer(text), None]:
        end = piece.start() if piece else len(text)
        body = text[at:end].strip()
        if body:
            lines = (_line_at(places, at), _line_at(places, max(at, end - 1)))
            _append(out, body, lines, paragraph)
        at = piece.end() if piece else end
    return out


def _append(out: list[Statement], body: str, lines: Span, paragraph: Paragraph) -> None:
    if out and _ASIDE.match(body):
        out[-1].text += f" {body}"
        out[-1].lines = (out[-1].lines[0], lines[1])
        return
    first = paragraph.first and not out
    out.append(Statement(body, lines, paragraph.section, paragraph.party, first, paragraph.bulleted))


def _line_at(places: list[tuple[int, int]], offset: int) -> int:
    for end, number in places:
        if offset < end:
            return number
    return places[-1][1]
