"""The agreements of an office, as published: repaired text beside the original, clause by clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.views.decorators.gzip import gzip_page

from mizban.core.refusals import NotFound
from mizban.kit.requests import AgencyRequest
from mizban.lib.jalali import local
from mizban.office.agreements.models import Agreement, AgreementVersion, Clause
from mizban.office.agreements.words import FINDING_KINDS, KINDS, OBLIGORS, SECTIONS, STATES
from mizban.web.pages import director, page

from .finding import of_agency

UNSURE = 0.5


@of_agency
def index(request: AgencyRequest) -> HttpResponse:
    """Every agreement of the office with its state."""
    today = local(request.now).date()
    agreements = Agreement.objects.of(request.agency).prefetch_related("versions")
    return page(
        request,
        "portal/agreements.html",
        title="توافق‌نامه‌های سطح خدمت",
        agency=request.agency,
        here="agreements",
        rows=[(agreement, agreement.current, *_state(agreement.current, today)) for agreement in agreements],
        owner=director(request.agency),
        today=today,
    )


@gzip_page  # the text stands there twice, repaired and as published; nothing on the page is a secret
@of_agency
def show(request: AgencyRequest, number: int) -> HttpResponse:
    """One agreement: what it says, clause by clause, beside what was published."""
    agreement = Agreement.objects.of(request.agency).filter(number=number).first()
    if agreement is None:
        raise NotFound
    version, today = agreement.current, local(request.now).date()
    word, mark = _state(version, today)
    return page(
        request,
        "portal/agreement.html",
        title=agreement.title,
        agency=request.agency,
        here="agreements",
        agreement=agreement,
        version=version,
        reading=version.reading,
        state=(mark, word),
        sections=_sections(version),
        findings=version.reading["findings"],
        owner=director(request.agency),
        today=today,
    )


def _state(version: AgreementVersion, today: Any) -> tuple[str, str]:
    return STATES[version.state(today=today)]


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause as the page shows it: repaired text, the published lines, and what the reader makes of it.

    `span` is how many clauses in a row stand on the same lines, which are shown once: 0 for all but the first.
    """

    clause: Clause
    kind: str
    obligor: str
    original: tuple[str, ...]
    lines: tuple[int, int]
    span: int
    is_unsure: bool
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionRows:
    heading: str
    rows: tuple[ClauseRow, ...]


def _sections(version: AgreementVersion) -> list[SectionRows]:
    """The clauses under the section they stand in, in the order of the text; a section without one is left out."""
    lines = version.text.splitlines()
    clauses = list(version.clauses.all())
    findings = version.reading["findings"]
    found = []
    for section in version.reading["sections"]:
        first, last = section["lines"]
        inside = [clause for clause in clauses if first <= clause.first_line <= last]
        rows = tuple(
            _row(clause, lines, findings, span=0 if number else len(together))
            for together in _on_same_lines(inside)
            for number, clause in enumerate(together)
        )
        if rows:
            found.append(SectionRows(section["heading"] or SECTIONS[section["kind"]], rows))
    return found


def _on_same_lines(clauses: list[Clause]) -> Iterator[list[Clause]]:
    for _, together in groupby(clauses, key=lambda clause: (clause.first_line, clause.last_line)):
        yield list(together)


def _row(clause: Clause, lines: list[str], findings: list[dict[str, Any]], *, span: int) -> ClauseRow:
    original = [line.strip() for line in lines[clause.first_line - 1 : clause.last_line]]
    return ClauseRow(
        clause=clause,
        kind=KINDS.get(clause.kind, clause.kind),
        obligor=OBLIGORS.get(clause.obligor, ""),
        original=tuple(line for line in original if line),
        lines=(clause.first_line, clause.last_line),
        span=span,
        is_unsure=clause.confidence < UNSURE,
        findings=tuple(found["message"] for found in findings if _touches(found, clause)),
    )


def _touches(finding: dict[str, Any], clause: Clause) -> bool:
    """Whether a finding speaks of this clause; one about the whole text stands on top only."""
    lines, kinds = finding["lines"], FINDING_KINDS.get(finding["code"])
    if kinds and clause.kind not in kinds:
        return False
    return bool(lines) and lines[0] <= clause.last_line and lines[1] >= clause.first_line
