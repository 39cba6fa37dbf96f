"""From sentences to clauses: what each promises, who owes it, and the figure it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .model import Clause, Obligor, Target
from .purposes import goes_on_with_purpose, leads_with_purpose, service_purposes
from .rules import Sentence, group, rules
from .sentences import Statement
from .targets import said
from .validity import Terms

_AT_HOME, _ELSEWHERE, _GUESSED, _UNKNOWN = 0.95, 0.85, 0.6, 0.2
_MOST_SEARCHED = 800
_CELL = re.compile(r"^[^|:]{4,60}[|:](?!/)\s*\S")
_NAMES = re.compile(
    r"\s*(?:(?:عنوان|نام|موضوع|شرح|کد|شناسه|نوع)\b|(?:این )?خدمت\s*[:|]|service\b|title\b)", re.IGNORECASE
)
_PROMISED_IN_CELLS = frozenset(["response-time", "restore-time", "availability", "free-of-charge", "fee"])
_LEGAL_BASIS = group("@legal_basis")
_EARLY, _FEW_WORDS = 8, 4
_HANDS_OFF = group("هدف این خدمت | هدف از این خدمت | هدف از ارائه این خدمت")


@dataclass(frozen=True)
class Found:
    """A clause before it has an id."""

    kind: str
    text: str
    statement: Statement
    obligor: Obligor | None
    target: Target | None
    confidence: float


def clauses(statements: list[Statement], terms: Terms, *, reported: bool = False) -> list[Clause]:
    """Every clause of the sentences in order; a sentence nobody knows, or in a news item, is one of kind «other»."""
    out = list(_unknown(statements) if reported else _all(statements, terms))
    return [
        Clause(
            f"c{number}",
            each.kind,
            each.text,
            each.statement.lines,
            each.obligor,
            each.target,
            each.confidence,
        )
        for number, each in enumerate(out, 1)
    ]


def _all(statements: list[Statement], terms: Terms) -> Iterator[Found]:
    in_purpose = False
    for statement in statements[:_MOST_SEARCHED]:
        sentence = Sentence(statement.text, statement.party, statement.section)
        forced = statement.section == "introduction" and bool(sentence.places(_HANDS_OFF))
        hits = [] if forced else [*_known(statement, sentence), *_dated(statement, terms)]
        if not hits:
            in_purpose = (
                in_purpose or leads_with_purpose(statement.text)
            ) and statement.section == "introduction"
            hits = list(_guessed(statement, in_purpose=in_purpose and goes_on_with_purpose(statement.text)))
        else:
            in_purpose = False
        yield from hits
        # A part headed «هدف» states the purpose, whatever else its first sentence promises.
        missing = "purpose" not in {hit.kind for hit in hits}
        if statement.section == "purpose" and statement.first and _states(statement) and missing:
            yield Found("purpose", statement.text, statement, Obligor.AGENCY, None, _GUESSED)
    yield from _unknown(statements[_MOST_SEARCHED:])


def _unknown(statements: list[Statement]) -> Iterator[Found]:
    for statement in statements:
        yield Found("other", statement.text, statement, None, None, _UNKNOWN)


def _known(statement: Statement, sentence: Sentence) -> Iterator[Found]:
    seen: set[tuple[str, Obligor]] = set()
    for rule in rules():
        if (rule.kind, rule.obligor) in seen or (rule.spare and rule.spare in {kind for kind, _ in seen}):
            continue
        figures = said(rule, sentence)
        if figures:
            seen.add((rule.kind, rule.obligor))
            sure = _AT_HOME if rule.section == statement.section else _ELSEWHERE
            owes = Obligor.BOTH if rule.both and sentence.places(rule.both) else rule.obligor
            for target in figures:
                yield Found(rule.kind, statement.text, statement, owes, target, sure)


def is_cell(statement: Statement) -> bool:
    """«مدت زمان ارائه خدمت | ۴۸ ساعت» among the title lines promises something; «عنوان خدمت: …» does not."""
    if not _CELL.match(statement.text) or _NAMES.match(statement.text):
        return False
    return any(hit.kind in _PROMISED_IN_CELLS for hit in _known(statement, Sentence(statement.text)))


def _dated(statement: Statement, terms: Terms) -> Iterator[Found]:
    if terms.says_when(statement):
        sure = _AT_HOME if statement.section == "validity" else _ELSEWHERE
        period = terms.period_of(statement)
        yield Found("valid-until", statement.text, statement, Obligor.AGENCY, period, sure)


def _states(statement: Statement) -> bool:
    """Whether the sentence says something itself; what stands in brackets tells the office what to write."""
    return not statement.text.startswith(("(", "این بخش", "در این بخش", "این قسمت", "متن نمونه"))


def _names_law_or_leads(text: str) -> bool:
    """«مستند: ماده ۹۶ …» and «روند خدمت به صورت زیر است:» are no tasks."""
    law = any(start < _EARLY for start, _ in Sentence(text).places(_LEGAL_BASIS))
    return law or (text.rstrip().endswith(":") and len(text.split()) > _FEW_WORDS)


def _guessed(statement: Statement, *, in_purpose: bool) -> Iterator[Found]:
    """A sentence without known wording, by the part it stands in."""
    if in_purpose and not _names_law_or_leads(statement.text):
        for text, obligor in service_purposes(statement.text):
            yield Found("service-purpose", text, statement, obligor, None, _ELSEWHERE)
    elif not (statement.section == "purpose" and statement.first and _states(statement)):
        yield Found("other", statement.text, statement, None, None, _UNKNOWN)
