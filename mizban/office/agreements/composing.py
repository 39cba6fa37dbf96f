"""The text that is signed, written from the clauses of a draft: what is agreed and what is measured are the same."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from mizban.lib.jalali import numeric, to_jalali
from mizban.lib.text import ascii_digits, persian_digits

from .words import SECTIONS, amount

Clauses = Sequence[Mapping[str, Any]]
Said = list[tuple[Mapping[str, Any], str]]
PURPOSE = "هدف این خدمت"
_ADDRESS = re.compile(r"(https?://[^\s()]+)")


@dataclass(frozen=True, slots=True)
class Composed:
    """The text, its clauses with the lines they stand on there, and its sections, both as a reading has them."""

    text: str
    clauses: list[dict[str, Any]]
    sections: list[dict[str, Any]]


def compose(title: str, clauses: Clauses, *, valid_from: date, valid_until: date) -> Composed:
    """Write the text: title, then the sections in the order of their clauses, a sentence a line."""
    lines = [f"توافق‌نامه سطح خدمت «{title}»", ""]
    placed: list[dict[str, Any]] = []
    sections: list[dict[str, Any]] = []
    for (kind, heading), group in groupby(_with_dates(clauses, valid_from, valid_until), key=_section):
        begin = len(lines) + 1
        if heading or kind != "other":
            lines.append(heading or SECTIONS[kind])
        for sentence, said in _sentences(group):
            lines.append(sentence)
            placed += [{**clause, "text": text, "lines": [len(lines)] * 2} for clause, text in said]
        lines.append("")
        sections.append({"kind": kind, "heading": heading, "lines": [begin, len(lines)]})
    return Composed("\n".join(lines).strip() + "\n", placed, sections)


def redated(text: str, old: date, new: date) -> str:
    """The text with the Jalali day `old`, however it is written there, replaced by `new`."""
    year, month, day = to_jalali(old)
    written = re.compile(
        rf"(?<!\d)(?:{year}|{year % 100:02})\s*[/.\-]\s*0?{month}\s*[/.\-]\s*0?{day}(?!\d)", re.ASCII
    )
    # Same length: only digits change, so that places in one are places in the other.
    plain, out, end = ascii_digits(text), [], 0
    for found in written.finditer(plain):
        out += [text[end : found.start()], persian_digits(numeric(new))]
        end = found.end()
    return "".join([*out, text[end:]])


def _section(clause: Mapping[str, Any]) -> tuple[str, str | None]:
    return clause["section"], clause["heading"]


def _sentences(clauses: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Said]]:
    """Line by line, with the clauses each is for: what the service does in one sentence, what is said twice once."""
    for is_purpose, group in groupby(clauses, key=lambda clause: clause["kind"] == "service-purpose"):
        said = [(clause, _sentence(clause)) for clause in group]
        if is_purpose:
            yield f"{PURPOSE}: {'، '.join(text.rstrip(' .؛،') for _, text in said)}.", said
        else:
            yield from ((text, list(same)) for text, same in groupby(said, key=lambda each: each[1]))


def _sentence(clause: Mapping[str, Any]) -> str:
    """One line; a promise whose number stands only beside it gets it into its text."""
    text = _digits(" ".join(clause["text"].split()))
    target = clause["target"]
    if not target or str(target["value"]) in ascii_digits(text):
        return text
    return f"{text.rstrip(' .؛')}؛ حداکثر {amount(target)}."


def _digits(text: str) -> str:
    """In Persian digits, but for addresses: those are for a browser."""
    return "".join(part if at % 2 else persian_digits(part) for at, part in enumerate(_ADDRESS.split(text)))


def _with_dates(clauses: Clauses, valid_from: date, valid_until: date) -> list[Mapping[str, Any]]:
    """The clauses, and where none names the last day one more that does."""
    last = numeric(valid_until)
    if any(clause["kind"] == "valid-until" and last in ascii_digits(clause["text"]) for clause in clauses):
        return list(clauses)
    said = f"این توافق‌نامه از {numeric(valid_from)} تا تاریخ {last} اعتبار دارد."
    owner = next((clause["owner"] for clause in clauses if clause["owner"]), "role:director")
    dates = {
        "id": f"c{len(clauses) + 1}",
        "kind": "valid-until",
        "text": persian_digits(said),
        "obligor": "agency",
        "target": None,
        "confidence": 1.0,
        "owner": owner,
        "measure": "days-valid",
        "unmeasurable": "",
        "confirmed": True,
        "section": "validity",
        "heading": None,
        "lines": [1, 1],
    }
    kept = [clause for clause in clauses if clause["kind"] != "valid-until"]
    places = [place for place, clause in enumerate(kept) if clause["section"] == "validity"]
    if places:
        dates["heading"] = kept[places[0]]["heading"]
        kept.insert(places[0], dates)
    else:
        kept.append(dates)
    return kept
