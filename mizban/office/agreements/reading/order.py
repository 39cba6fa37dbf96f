"""Putting the runs of a broken PDF line back in order.

Extraction stores the runs of a right-to-left line in visual order, each run forward, sometimes word by word,
sometimes in justified segments whose border words changed places (clauses.md, "Text defects"). Every order is
scored by the pairs of words the lexicon knows, by the gaps, and by a few habits of Persian; the best one wins.
"""

from collections.abc import Iterator
from functools import lru_cache

from .joints import MENDED, Joints, glued, seen, sure
from .keys import words
from .orders import by_beam, by_runs, improved, unswapped
from .runs import GLUED, Piece, pieces

_LONGEST, _A_PAIR, _MARGIN = 48, 2, 1.0
_STOPS = frozenset(".،:؛")


@lru_cache(maxsize=1024)
def reordered(line: str, *, before: str = "") -> str:
    """The line's words in reading order, one blank between; words cut across runs are whole again.

    Takes a raw line with its double blanks, which are evidence, and the last folded word of the line it
    continues (empty where a paragraph begins); lines of more than 48 pieces stay as stored.
    """
    parts = pieces(line)
    marks = [at for at, part in enumerate(parts) if part.text == '"']
    if len(marks) == _A_PAIR and marks[1] - marks[0] == 1:
        # Quotes around nothing were torn from what they held.
        parts = [part for part in parts if part.text != '"']
    elif len(marks) == _A_PAIR:
        parts = _with_quotation(parts, *marks)
    return _ordered(parts, before, quoted=False)


def _with_quotation(parts: list[Piece], start: int, end: int) -> list[Piece]:
    """A quotation is a run of its own: it is put in order first and then stands as one piece."""
    inside = parts[start + 1 : end]
    text = _ordered(inside, "", quoted=True)
    ends = words(text)
    if not ends:
        return parts
    whole = Piece(f'"{text}"', ends[0], parts[start].gap, ends[-1])
    return [*parts[:start], whole, *parts[end + 1 :]]


def _ordered(parts: list[Piece], before: str, *, quoted: bool) -> str:
    if len(parts) < 2 or len(parts) > _LONGEST:
        return _joined(parts, range(len(parts)))
    scores = Joints(parts, before, quoted=quoted)
    stored = list(range(len(parts)))
    best = stored
    for found in _ways(scores):
        order = improved(scores, found)
        if scores.total(order) > scores.total(best) + (_MARGIN if best is stored else 0):
            best = order
    return _joined(parts, best)


def _ways(scores: Joints) -> Iterator[list[int]]:
    """Orders worth improving, the cheap ones first; none beyond one whose every joint is known."""
    stored = list(range(scores.size))
    if scores.settled(stored):
        return
    visual = by_runs(scores, stored)
    yield visual
    if not scores.settled(visual):
        yield by_runs(scores, unswapped(scores.parts))
        yield by_beam(scores)


def _joined(parts: list[Piece], order: "list[int] | range") -> str:
    out = ""
    before: int | None = None
    for at in order:
        if before is not None and _apart(parts, before, at):
            out += " "
        out += parts[at].text
        before = at
    return out


def _apart(parts: list[Piece], before: int, at: int) -> bool:
    left, right = parts[before], parts[at]
    if at == before + 1 and right.gap == GLUED and glued(left, right) > 0 and not sure(left, right):
        return False
    if right.text[0] in _STOPS:
        return False
    return seen(left, right) != MENDED
