"""The text of a declaration as it is sent to the desk: typed or as a file; and its faults as the page shows them."""

import re
from dataclasses import dataclass

from mizban.core.cases.publishing import faults_of
from mizban.core.declarations.nodes import LARGEST, Fault
from mizban.core.declarations.reading import read_cached
from mizban.kit.requests import DeskRequest

from .faults import in_persian

SLUG = re.compile(r"^service:[ \t]*[\"']?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)
LONGEST_SLUG, LONGEST_LINE, LONGEST_FAULT, MOST_SHOWN = 50, 200, 2000, 100
NOT_UTF_8 = "the file is not UTF-8; save it as UTF-8 and upload it again"
TOO_LONG = f"longer than {LARGEST:,} characters; a declaration is a few hundred lines"
NOTHING = "nothing was written; write the declaration, or choose its file"


@dataclass(frozen=True, slots=True)
class Text:
    """A declaration as somebody sent it. What is no text of ours at all has `refused` for a fault and is not kept."""

    source: str
    refused: Fault | None = None

    @property
    def faults(self) -> list[Fault]:
        """Everything that keeps it from being published."""
        return [self.refused] if self.refused else faults_of(self.source)

    @property
    def slug(self) -> str:
        """The service it says it is of; empty where that cannot be read, whatever else is wrong."""
        found = SLUG.search(self.source)
        return found[1] if found and len(found[1]) <= LONGEST_SLUG else ""

    def faults_for(self, slug: str) -> list[Fault]:
        """The same, for the draft of this service: a text of another one is not published here."""
        faults = self.faults
        if not faults and read_cached(self.source).slug != slug:
            line = self.source[: self.source.find("service:")].count("\n") + 1
            return [
                Fault(
                    line, f"this is the draft of «{slug}»; write «service: {slug}», or begin another service"
                )
            ]
        return faults


@dataclass(frozen=True, slots=True)
class Shown:
    """A fault with the line it speaks of, as it stands in the text."""

    line: int
    written: str
    message: str


def sent(request: DeskRequest) -> Text:
    """What was sent: the chosen file where there is one, else what was typed."""
    upload = request.FILES.get("upload")
    typed = request.POST.get("source", "").replace("\r\n", "\n")
    if upload is None:
        return _kept(typed)
    if (upload.size or 0) > LARGEST * 4:
        return Text(typed, Fault(1, TOO_LONG))
    try:
        return _kept(upload.read().decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        return Text(typed, Fault(1, NOT_UTF_8))


def _kept(source: str) -> Text:
    if not source.strip():
        return Text("", Fault(1, NOTHING))
    if len(source) > LARGEST:
        return Text(source[:LARGEST], Fault(1, TOO_LONG))
    if "\0" in source:
        line = source[: source.index("\0")].count("\n") + 1
        return Text(
            source.replace("\0", ""), Fault(line, "a NUL character stood here; it is taken out, save again")
        )
    return Text(source)


def shown(source: str, faults: list[Fault]) -> list[Shown]:
    """The faults beside their lines; of very many the first, which are mended first."""
    lines = source.split("\n")
    written = ["", *(line.strip()[:LONGEST_LINE] for line in lines)]
    return [
        Shown(
            fault.line,
            "".join(written[fault.line : fault.line + 1]),
            in_persian(fault.message[:LONGEST_FAULT]),
        )
        for fault in faults[:MOST_SHOWN]
    ]
