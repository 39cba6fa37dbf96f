"""From a text to a reading: the stages in their order."""

from dataclasses import replace
from datetime import date

from .agency import agency
from .clauses import clauses, is_cell
from .conditions import availability, cost
from .documents import document_kind, is_told, language
from .findings import Matter, findings
from .identity import kinds, service, title
from .lines import Line, lines
from .model import Clause, Reading, Section
from .placeholders import placeholders
from .rules import Sentence, group
from .sentences import Statement
from .structure import structure
from .validity import Terms, terms, validity

_OPEN_ENDED = ("in-force-until-replaced", "binding-until-new-notice")


def read_text(text: str, *, today: date) -> Reading:
    """Read an agreement's text; `today` (Gregorian) decides what has expired and where two-digit years belong.

    Deterministic, with no network, database or model. Any text has an answer, even one that is no agreement.
    """
    read = lines(text)
    all_lines = read.read
    built = structure(read)
    spoken = language(text)
    english = spoken == "en"
    titles = _as_statements(built.preamble)
    parts = {section.kind for section in built.sections}
    whole = "\n".join(line.text for line in all_lines)
    reported = is_told(whole, parts)
    found = Terms() if reported else terms([*titles, *built.statements], today=today, english=english)
    dated = [each for each in titles if found.says_when(each) or is_cell(each)]
    said = clauses([*dated, *built.statements], found, reported=reported)
    named = service(built.preamble, built.statements)
    kind = document_kind(whole, said, parts)
    if kind == "hosting-contract":
        said = _paid_by_the_office(said)
    matter = Matter(
        all_lines, built.statements, built.sections, said, found, named.title,
        _title_lines(built.preamble), kind == "service-agreement", today, read.unread,
    )  # fmt: skip
    renewed = any(
        Sentence(clause.text).places(group("@auto_renewed"))
        for clause in said
        if clause.kind == "valid-until"
    )
    holdover = renewed or any(clause.kind in _OPEN_ENDED for clause in said)
    return Reading(
        document_kind=kind,
        language=spoken,
        title=title(built.preamble, named.title),
        service=named,
        agency=agency(built.preamble, built.statements, english=english),
        kinds=kinds(whole),
        # «موضوع:» above a letter begins no part.
        sections=(Section("other", None, (1, read.total)),) if reported else tuple(built.sections),
        clauses=tuple(said),
        validity=validity(found, holdover=holdover),
        cost=cost(said),
        availability=availability(said),
        placeholders=tuple(
            dict.fromkeys(blank for line in all_lines for blank in placeholders(line.text, named.title))
        ),
        findings=tuple(findings(matter)) if all_lines else (),
        source=text,
    )


def _as_statements(preamble: list[Line]) -> list[Statement]:
    """Title lines may carry the validity: «اعتبار: تا ۱۴۰۲/۱۲/۲۹»."""
    return [Statement(line.text, (line.number, line.number), None) for line in preamble]


def _paid_by_the_office(said: list[Clause]) -> list[Clause]:
    """In a contract with a firm the office pays; nothing is asked of an applicant."""
    return [replace(each, kind="other", obligor=None) if each.kind == "fee" else each for each in said]


def _title_lines(preamble: list[Line]) -> tuple[int, int]:
    return (preamble[0].number, preamble[-1].number) if preamble else (1, 1)
