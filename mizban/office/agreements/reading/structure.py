"""From lines to parts and sentences: which section each line is in, and where each sentence begins and ends."""

import re
from dataclasses import dataclass, field

from .headings import Heading, article, glued, heading, inline, next_in_order, party_of
from .lines import Line, Lines
from .model import Section
from .office_words import names_agreement
from .offices import agency_in
from .quantities import clock_hours, quantities
from .sentences import Paragraph, Statement, sentences

_ASIDE_LAST = re.compile(r"(?<=[.؛])\s*\([^()]{1,60}\)\s*$")
_LABEL = re.compile(r"^[^::.،]{2,40}:(?!/)")
_TERMS = frozenset(["other", "follow-up", "availability", "updates", "fees"])
_LONG_ENOUGH_TO_WRAP = 45
_FEWEST_WORDS, _FEW_WORDS = 3, 5
_FIRST_LINES, _LONGEST_TITLE = 60, 24
_LONG_LINE, _LONGEST_LINE = 120, 40_000
_VERBS = frozenset(
    [
        "است", "باشد", "باشند", "گردد", "گردند", "شود", "شوند", "کند", "کنند", "نماید", "نمایند", "دارد",
        "دارند", "بود", "شد", "گردید", "دهد", "دهند", "گیرد", "گیرند", "نیست", "هستند", "رسد", "یابد",
        "آید", "کنید", "نمایید", "فرمایید", "پابرجاست", "بگیرد",
    ]
)  # fmt: skip


@dataclass
class Structure:
    """The parts and sentences of a text; `preamble` is what stands before the first part."""

    sections: list[Section] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    preamble: list[Line] = field(default_factory=list)
    headed: bool = False


class _Builder:
    """Walks down the lines, opening sections and gathering paragraphs."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines.read
        self.broken = lines.broken
        self.starts: list[tuple[int, str, str | None]] = []
        self.paragraphs: list[Paragraph] = []
        self.section: str | None = None
        self.party: str | None = None
        self.led: str | None = None
        self.fresh = True
        self.blank = 0
        self.ordinal: int | None = None
        self.numbered: int | None = None
        self.titles: list[Line] = []
        self.title_at = _title_line(self.lines)
        self.glued = glued(self.lines)

    def walk(self) -> None:
        """Take every line."""
        last = 0
        for line in self.lines:
            if not line.words:
                continue
            self.blank, last = line.number - last - 1, line.number
            long = _LONG_LINE < len(line.text) < _LONGEST_LINE
            parts = inline(line.text, numbered=line.ordinal is not None) if long else None
            if parts:
                self._several(line, parts)
            elif found := self._heading(line):
                self._open(line, found)
            else:
                self._add(line, line.text)
            self.ordinal = line.ordinal or self.ordinal

    def _heading(self, line: Line) -> Heading | None:
        found = self.glued.get(line.number) or heading(line)
        if found and (self._is_a_term(line, found) or self._is_menu(line) or _is_a_figure(found)):
            return None
        if found:
            self.numbered = line.ordinal
            return found if self.starts or not _names_the_paper(line, found) else None
        if not self.starts:
            return None
        # The number follows that of the last part, and no list was begun since.
        if line.ordinal and self.numbered == self.ordinal == line.ordinal - 1:
            found = next_in_order(line)
            self.numbered = line.ordinal if found else self.numbered
        return found or article(line)

    def _is_a_term(self, line: Line, found: Heading) -> bool:
        """Among definitions «زمان پاسخ: …» explains a word and begins no part."""
        plain = line.ordinal is None and not line.heading_mark and bool(found.rest)
        numbered = found.kind == "definitions" and self.numbered is not None
        return plain and (numbered or (self.section == "definitions" and found.kind in _TERMS))

    def _is_menu(self, line: Line) -> bool:
        """A page's menu above the agreement's name may hold «معرفی» and «هزینه‌ها»."""
        return line.bulleted and line.number < self.title_at and not line.text.rstrip().endswith(":")

    def _several(self, line: Line, parts: list[Heading]) -> None:
        before = parts[0].rest
        if before and not self.starts:
            self.titles.append(Line(line.number, before))
        elif before:
            self._add(line, before)
        for part in parts[1:]:
            self._open(line, part)

    def _open(self, line: Line, found: Heading) -> None:
        self.starts.append((line.number, found.kind, found.text))
        self.section, self.party, self.led, self.fresh = found.kind, found.party, None, True
        if found.rest:
            self._add(line, found.rest)

    def _add(self, line: Line, text: str) -> None:
        last = self.paragraphs[-1] if self.paragraphs and not self.fresh else None
        if last and self._continues(last, line, text):
            last.texts.append((line.number, text))
            return
        if not (line.bulleted or line.ordinal is not None):
            self.led = None
        party = self.led or self.party
        starts = line.bulleted or line.ordinal is not None
        self.paragraphs.append(Paragraph(self.section, party, [(line.number, text)], starts, self.fresh))
        self.fresh = False
        if text.rstrip().endswith(":"):
            self.led = party_of(text)

    def _continues(self, last: Paragraph, line: Line, text: str) -> bool:
        if line.bulleted or line.ordinal is not None or not (self.section or last.bulleted):
            return False
        before = _ASIDE_LAST.sub("", last.texts[-1][1]).rstrip()
        if before.endswith((".", ":", "؛", "!", "؟")) or _LABEL.match(text):
            return False
        if self.broken:
            return True
        verb = before.split()[-1].strip('«»"()') if before.split() else ""
        if verb in _VERBS or verb.replace("\u200c", "").startswith(("می", "نمی")):
            return False
        return self.blank == 0 and len(before) >= _LONG_ENOUGH_TO_WRAP


def _title_line(lines: list[Line]) -> int:
    """The number of the first short line that names the agreement, 0 where none does."""
    for line in lines[:_FIRST_LINES]:
        if 0 < len(line.words) <= _LONGEST_TITLE and names_agreement(line.text) and not _is_sentence(line):
            return line.number
    return 0


def _is_a_figure(found: Heading) -> bool:
    """«زمان ارائه خدمت: حداکثر ۱۰ روز کاری» is a promise; the part of that name gives hours of the day."""
    times = {"working_days", "working_hours", "days", "hours", "minutes", "months"}
    told = {quantity.target.unit for quantity in quantities(found.rest)} & times
    return found.kind == "availability" and bool(told) and not clock_hours(found.rest)


def _names_the_paper(line: Line, found: Heading) -> bool:
    """A marked heading above the first part may be the service, in quotes, or the office itself."""
    return found.kind == "other" and ("«" in line.text or '"' in line.text or agency_in(found.text))


def structure(lines: Lines) -> Structure:
    """The parts and sentences of the lines; what stands before the first part is the preamble."""
    builder = _Builder(lines)
    builder.walk()
    built = Structure(headed=bool(builder.starts))
    first = builder.starts[0][0] if builder.starts else None
    built.preamble = [*_preamble(lines.read, first, builder.title_at), *builder.titles]
    skipped = {line.number for line in built.preamble}
    for paragraph in builder.paragraphs:
        if paragraph.section is None and all(number in skipped for number, _ in paragraph.texts):
            continue
        built.statements.extend(sentences(paragraph))
    if lines.unread:
        # One sentence stands for what was too long to read, so that no line is dropped.
        built.statements.append(Statement("…", (lines.unread, lines.total), None))
    built.sections = _sections(builder.starts, lines.total)
    return built


def _preamble(lines: list[Line], first: int | None, title_at: int) -> list[Line]:
    """Title lines: before the first part, or before the first item or full sentence where there are no parts."""
    out: list[Line] = []
    named = False
    for line in lines:
        if first is not None and line.number >= first:
            break
        if not line.words:
            continue
        # Below the agreement's name a sentence or an item begins the text itself; above it stand menus.
        above = line.number < title_at
        item = line.ordinal is not None or line.bulleted
        if _is_sentence(line) or (item and not above and (out if first is None else named)):
            if not above and (first is None or named):
                break
            continue
        if above and item:
            continue
        named = named or line.number == title_at
        out.append(line)
    return out


def _is_sentence(line: Line) -> bool:
    last = line.words[-1]
    verb = last in _VERBS or (len(line.words) > 1 and line.words[-2] in ("می", "نمی"))
    if re.search(r"[.؟!]\s+\S", line.text) and len(line.words) > 7:
        return True
    # «این خدمت رایگان است.» is short, yet a sentence.
    if verb and line.text.endswith(".") and len(line.words) > _FEWEST_WORDS:
        return True
    return len(line.words) > _FEW_WORDS and (
        verb or (line.text.endswith(".") and len(line.words) > _FEW_WORDS + 2)
    )


def _sections(starts: list[tuple[int, str, str | None]], count: int) -> list[Section]:
    """Sections that cover every line of the file."""
    if not starts:
        return [Section("other", None, (1, count))] if count else []
    out = []
    if starts[0][0] > 1:
        out.append(Section("other", None, (1, starts[0][0] - 1)))
    for at, (number, kind, text) in enumerate(starts):
        following = starts[at + 1][0] if at + 1 < len(starts) else count + 1
        out.append(Section(kind, text, (number, max(number, following - 1))))
    return out
