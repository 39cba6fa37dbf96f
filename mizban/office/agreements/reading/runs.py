"""A broken PDF line cut into its pieces: words, stops and quotes, with the gap that stood before each."""

import re
from dataclasses import dataclass

from mizban.lib.text import tidy

from .keys import compact
from .lexicon import lexicon

GLUED, SINGLE, WIDE = 0, 1, 2
BULLETS = "•●▪◦○■✓✔➢➤❖"
_DATE = re.compile(r"(?<!\d)(\d{1,4}) *[/\\] *(\d{1,4}) *[/\\] *(\d{1,4})(?!\d)")
_PIECE = re.compile(r"( *)(\d+(?:[/.:]\d+)+|\d+|[«»\"“”()\[\]]|[^\s\d«»\"“”()\[\]،.:؛]+[،.:؛]*|[،.:؛/]+)")
_STOPS = "،.:؛"
_PLURALS = ("هایی", "های", "ها")
_FRAGMENT = 2
_SHORTEST_GLUED = 4
_LONGEST_GLUED = 30


@dataclass(frozen=True)
class Piece:
    """One word, mark or quotation of a line; `gap` is what stood before it.

    `bare` and `last` are the folded letters of its first and last word, the same unless it is a quotation.
    """

    text: str
    bare: str
    gap: int
    last: str


def pieces(line: str) -> list[Piece]:
    """The pieces of one raw line, bullets left out, dates whole, run-together words parted where both are known."""
    for bullet in BULLETS:
        line = line.replace(bullet, "  ")
    out: list[Piece] = []
    line = _DATE.sub(_date, line)
    for found in _PIECE.finditer(line):
        gap = min(len(found[1]), WIDE)
        for part in filter(None, parted(tidy(found[2]))):
            bare = compact(part)
            out.append(Piece(part, bare, gap, bare))
            gap = GLUED
    return out


def _date(found: re.Match[str]) -> str:
    """A date whose year came to stand in the middle, «12/1401/ 29», in its order again."""
    first, second, third = found.groups()
    if len(second) == 4 and len(first) < 3 and len(third) < 3:
        month, day = (first, third) if int(first) <= 12 else (third, first)
        return f"{second}/{month}/{day}"
    return f"{first}/{second}/{third}"


def known(bare: str) -> bool:
    """Whether the lexicon has this folded word, in the singular or plural."""
    words = lexicon().words
    return bare in words or any(
        bare.endswith(suffix) and bare.removesuffix(suffix) in words for suffix in _PLURALS
    )


def parted(word: str) -> list[str]:
    """«رجوعدستگاه» as «رجوع», «دستگاه»; a word that is known, short or beyond recognition stays whole."""
    core = word.rstrip(_STOPS)
    if not _SHORTEST_GLUED <= len(core) <= _LONGEST_GLUED or core.isascii() or known(compact(core)):
        return [word]
    best = max(range(1, len(core)), key=lambda at: _worth(core, at))
    if _worth(core, best) <= 0:
        return [word]
    return [*parted(word[:best]), *parted(word[best:])]


def _worth(core: str, at: int) -> int:
    """How good a cut is: both sides known is best, one known and a fragment on the other will do."""
    left, right = compact(core[:at]), compact(core[at:])
    if known(left) and known(right) and min(len(left), len(right)) > 1:
        return 10 + max(len(left), len(right))
    if known(left) and len(left) > 3 and len(right) <= _FRAGMENT:
        return 2
    if known(right) and len(right) > 3 and known(left[:-1]) and len(left) > 3:
        return 5
    if known(right) and len(right) > 2 and len(left) <= _FRAGMENT:
        return 1
    return 0
