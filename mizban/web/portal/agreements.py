"""The agreements of an office, as published: repaired text beside the original, clause by clause."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.views.decorators.gzip import gzip_page

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.refusals import NotFound
from mizban.kit.requests import AgencyRequest
from mizban.lib.jalali import local
from mizban.office.agreements.measures import measures
from mizban.office.agreements.models import Agreement, AgreementVersion, Clause, Signature
from mizban.office.agreements.words import FINDING_KINDS, KINDS, OBLIGORS, SECTIONS, STATES, owner_of
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
    agreement = (
        Agreement.objects.of(request.agency).filter(number=number).prefetch_related("versions").first()
    )
    if agreement is None:
        raise NotFound
    version, today = _version(request, agreement), local(request.now).date()
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
        is_signed=version.signature == Signature.SIMPLE,
        sections=_sections(version, request.agency),
        findings=_left(version),
        owner=director(request.agency),
        today=today,
        versions=[(each, *_state(each, today)) for each in _public(agreement)],
        gap=agreement.gap(today=today),
        signatures=list(version.signatures.select_related("agency")),
        notifications=agreement.notifications.defer("file"),
        services=_offered(request.agency, agreement.services),
    )


def _offered(agency: Agency, services: Iterable[str]) -> list[tuple[str, str]]:
    """The services under it that are offered, each with its title."""
    offered = Offering.objects.of(agency).standing().filter(slug__in=list(services)).with_versions()
    return [(each.slug, each.declaration.title) for each in offered]


def _public(agreement: Agreement) -> list[AgreementVersion]:
    """What anybody may read, the newest first."""
    found = [each for each in agreement.versions.all() if each.is_public]
    return sorted(found, key=lambda each: -each.number)


def _version(request: AgencyRequest, agreement: Agreement) -> AgreementVersion:
    """The version the address names (`?version=2`), else the present one. Raises NotFound."""
    wanted = request.GET.get("version", "")[:10]
    if not wanted:
        return agreement.current
    found = next((each for each in _public(agreement) if str(each.number) == wanted), None)
    if found is None:
        raise NotFound
    return found


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
    measure: str
    owner: str


@dataclass(frozen=True, slots=True)
class SectionRows:
    heading: str
    rows: tuple[ClauseRow, ...]


def _sections(version: AgreementVersion, agency: Agency) -> list[SectionRows]:
    """The clauses under the section they stand in, in the order of the text; a section without one is left out."""
    lines = version.text.splitlines()
    clauses = list(version.clauses.all())
    units = {unit.slug: unit.name for unit in agency.units.all()}
    found = []
    for section in version.reading["sections"]:
        first, last = section["lines"]
        inside = [clause for clause in clauses if first <= clause.first_line <= last]
        rows = tuple(
            _row(clause, lines, _left(version), units, span=0 if number else len(together))
            for together in _on_same_lines(inside)
            for number, clause in enumerate(together)
        )
        if rows:
            found.append(SectionRows(section["heading"] or SECTIONS[section["kind"]], rows))
    return found


def _on_same_lines(clauses: list[Clause]) -> Iterator[list[Clause]]:
    for _, together in groupby(clauses, key=lambda clause: (clause.first_line, clause.last_line)):
        yield list(together)


def _left(version: AgreementVersion) -> list[dict[str, Any]]:
    """The findings, without those the version was signed in spite of: they stand with their reasons."""
    passed = {each["code"] for each in version.overrides}
    return [finding for finding in version.reading["findings"] if finding["code"] not in passed]


def _row(
    clause: Clause, lines: list[str], findings: list[dict[str, Any]], units: dict[str, str], *, span: int
) -> ClauseRow:
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
        measure=measures()[clause.measure].title if clause.measure in measures() else "",
        owner=owner_of(clause.owner, units),
    )


def _touches(finding: dict[str, Any], clause: Clause) -> bool:
    """Whether a finding speaks of this clause; one about the whole text stands on top only."""
    lines, kinds = finding["lines"], FINDING_KINDS.get(finding["code"])
    if kinds and clause.kind not in kinds:
        return False
    return bool(lines) and lines[0] <= clause.last_line and lines[1] >= clause.first_line
