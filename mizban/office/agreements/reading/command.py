"""`mizban agreement read FILE... [--json]`."""

import json
from datetime import date
from pathlib import Path
from typing import TextIO

from mizban.lib.text import persian_digits

from . import Reading, UnreadableFile, read_file
from .model import Clause

_TERM = {
    None: "—",
    "agency": "دستگاه",
    "applicant": "متقاضی",
    "system": "سامانه",
    "ministry": "وزارت",
    "treasury": "خزانه",
    "both": "هر دو",
}


def main(files: list[str], *, as_json: bool, out: TextIO, err: TextIO, today: date) -> int:
    """Read the files and print them; 0 if all could be read, 1 if any could not (one line each on `err`).

    With `as_json` one list with an object for each file that could be read; otherwise a summary in Persian.
    """
    readings: list[tuple[str, Reading]] = []
    bad = False
    for name in files:
        try:
            readings.append((name, read_file(Path(name), today=today)))
        except UnreadableFile as error:
            bad = True
            err.write(f"{_printable(name)}: {error.message}\n")
    if as_json:
        json.dump([reading.as_json() for _, reading in readings], out, ensure_ascii=False, indent=1)
        out.write("\n")
    else:
        out.write("\n\n".join(_summary(name, reading) for name, reading in readings))
        out.write("\n" if readings else "")
    return 1 if bad else 0


def _summary(name: str, reading: Reading) -> str:
    lines = [
        f"▪ {_printable(name)}",
        f"  عنوان: {reading.title or '—'}",
        f"  دستگاه: {reading.agency.name or '—'}",
        f"  اعتبار: {_validity(reading)}",
        f"  بندها ({len(reading.clauses)}):",
        *(f"    {_clause(clause)}" for clause in reading.clauses),
        f"  یافته‌ها ({len(reading.findings)}):",
        *(f"    {finding.code}: {finding.message}" for finding in reading.findings),
    ]
    return f"{lines[0]}\n{persian_digits(chr(10).join(lines[1:]))}"


def _validity(reading: Reading) -> str:
    until = (reading.validity.until or "").replace("-", "/")
    start = (reading.validity.from_ or "").replace("-", "/")
    said = " ".join(filter(None, (f"از {start}" if start else "", f"تا {until}" if until else "")))
    held = "تا جایگزینی یا ابلاغ جدید پابرجاست" if reading.validity.holdover else ""
    return "؛ ".join(filter(None, (said, held))) or "—"


def _clause(clause: Clause) -> str:
    target = f" [{clause.target.value} {clause.target.unit}]" if clause.target else ""
    first, last = clause.lines
    return f"{clause.kind} ({_TERM[clause.obligor]}) خط {first}–{last}{target}: {clause.text}"


def _printable(name: str) -> str:
    # A file name may hold bytes that are no text.
    return name.encode("utf-8", "replace").decode("utf-8")
