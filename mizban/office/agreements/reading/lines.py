"""A text as lines: their numbers, bullets and heading numbers, and the repaired words of each."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mizban.lib.text import tidy

from .keys import Key, key_of, words
from .order import reordered
from .runs import BULLETS
from .spacing import spaced

# Agreements have at most a few hundred lines; what lies beyond is not repaired.
MOST_REPAIRED = 600
_LINE_END = re.compile(r"\r\n|\n|\r")
_BULLET_LAST = re.compile(rf"\S\s*[{BULLETS}]\s*$")
_BULLET_INSIDE = re.compile(rf"\S\s+[{BULLETS}]\s+\S")
_BULLET_FIRST = re.compile(rf"^\s*[{BULLETS}·\-–—*]+\s")
_NUMBER_LAST = re.compile(r"^(.*\S)\s*[.)]\s*([0-9۰-۹٠-٩]{1,2})\s*$")
_NUMBER_FIRST = re.compile(r"^\s*(?:[(\[])?([0-9]{1,2})\s*[.)\-–:]+\s*(?![0-9/])")
_SUBNUMBER_FIRST = re.compile(r"^\s*[0-9]{1,2}[-.][0-9]{1,2}(?:[-.][0-9]{1,2})?[-.)]?\s+(?=[^\W\d])")
_STRAY_FIRST = re.compile(r"^\s*([.:])\s*(?=\S)")
_MARKS = re.compile(rf"^[\s{BULLETS}·\-–—*#>|]+")
_MIRRORED = re.compile(r"\)([^()\n]{1,80})\(")
_LONGEST_LABEL, _LABEL_ENDS = 60, ".:؛؟!"
_FEWEST_SIGNS = 2
_MOST_LINES, _MOST_CHARACTERS, _LONGEST_LINE = 5000, 400_000, 100_000
# Putting a line in order costs about the cube of its words; real agreements need a tenth of this.
_REPAIR_BUDGET = 800_000


@dataclass(frozen=True)
class Line:
    """One line: its number from 1, the repaired text without bullet and heading number, and what it began with."""

    number: int
    text: str
    bulleted: bool = False
    ordinal: int | None = None
    heading_mark: bool = False

    @cached_property
    def words(self) -> list[str]:
        """The folded words."""
        return words(self.text)

    @cached_property
    def key(self) -> Key:
        """The compact key."""
        return key_of(self.words)


class Lines(NamedTuple):
    """The lines read, the number of all lines, the first line that was too many, and whether runs were broken."""

    read: list[Line]
    total: int
    unread: int | None
    broken: bool


def lines(text: str) -> Lines:
    """The text's lines that hold something, repaired, and how many lines there are in all.

    What lies beyond 5000 such lines or 400 000 characters is counted, not read: no agreement is that long, and
    a hostile text must not take minutes.
    """
    raw = _raw(text)
    broken = is_broken(raw[:MOST_REPAIRED])
    out: list[Line] = []
    before = ""
    budget, room = _REPAIR_BUDGET, _MOST_CHARACTERS
    for number, whole in enumerate(raw, 1):
        if not whole or whole.isspace():
            continue
        if len(out) >= _MOST_LINES or room <= 0:
            return Lines(out, len(raw), number, broken)
        room -= len(whole)
        line = whole[:_LONGEST_LINE]
        budget -= len(line.split()) ** 3
        if number > MOST_REPAIRED or (broken and budget < 0):
            out.append(Line(number, _MARKS.sub("", tidy(line))))
        else:
            out.append(_broken(number, line, before) if broken else _whole(number, line))
        before = _last_word(out[-1])
    return Lines(out, len(raw), None, broken)


def _raw(text: str) -> list[str]:
    """A last empty line after the final line end is none."""
    raw = _LINE_END.split(text)
    if not raw[-1]:
        raw.pop()
    return raw


def is_broken(raw: list[str]) -> bool:
    """Whether extraction stored the runs in visual order: bullets at line ends, «مقدمه .1», bullets inside."""
    signs = 0
    for line in raw:
        if _BULLET_FIRST.match(line):
            signs -= 1
        elif (
            _BULLET_LAST.search(line)
            or _BULLET_INSIDE.search(line)
            or re.search(r"\S\s+\.[0-9۰-۹]{1,2}\s*$", line)
        ):
            signs += 1
    return signs >= _FEWEST_SIGNS


def _whole(number: int, raw: str) -> Line:
    text = _mirrored(tidy(_cells(raw)))
    bulleted = bool(_BULLET_FIRST.match(text))
    marked = text.lstrip().startswith("#")
    text = _MARKS.sub("", text)
    under = _SUBNUMBER_FIRST.match(text)
    if under:
        return Line(number, spaced(text[under.end() :]), bulleted=True)
    found = _NUMBER_FIRST.match(text)
    if found and text[found.end() :].strip():
        return Line(number, spaced(text[found.end() :]), bulleted, int(found[1]), marked)
    return Line(number, spaced(text), bulleted, None, marked)


def _cells(raw: str) -> str:
    """A row pasted from a table, «زمان ارائه\t۱۰ روز کاری», with the bar that parts its cells."""
    if "\t" not in raw.strip():
        return raw
    cells = [cell.strip() for cell in raw.split("\t") if cell.strip()]
    named = len(cells[0]) <= _LONGEST_LABEL and len(words(cells[0])) > 1 and cells[0][-1] not in _LABEL_ENDS
    return " | ".join(cells) if named and len(cells) > 1 else raw


def _broken(number: int, raw: str, before: str) -> Line:
    bulleted = any(mark in raw for mark in BULLETS)
    ordinal = None
    found = _NUMBER_LAST.match(raw.rstrip())
    if found and len(raw) < 90:
        raw, ordinal = found[1], int(found[2])
    stray = _STRAY_FIRST.match(raw)
    if stray:
        raw = f"{raw[stray.end() :].rstrip()} {stray[1]}"
    starts = bulleted or ordinal is not None
    text = spaced(reordered(raw, before="" if starts else before))
    return Line(number, text.replace("ها های", "های"), bulleted, ordinal)


def _mirrored(text: str) -> str:
    """Brackets that extraction turned round, «)پیوست(», stand as they were written."""
    if ")" in text and not text.find(")") > text.find("(") > -1:
        text = _MIRRORED.sub(r" (\1) ", text)
    return _square(text) if "]" in text else text


def _square(text: str) -> str:
    """«]عنوان خدمت[» as «[عنوان خدمت]», where the brackets around it stand right."""
    out: list[str] = []
    inside: str | None = None
    for mark in text:
        if mark in "[]":
            turned = inside == "]"
            inside = None if inside else mark
            out.append(("]" if inside is None else "[") if turned or inside == "]" else mark)
        else:
            out.append(mark)
    return "".join(out)


def _last_word(line: Line) -> str:
    # A line that ends with a full stop has no continuation.
    return "" if not line.words or line.text.endswith((".", ":")) else line.words[-1]
