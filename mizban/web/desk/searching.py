"""Finding cases by what a clerk is told: a tracking code, the applicant's identifier, words of name or text."""

from mizban.core.cases.models import Case, CaseQuerySet
from mizban.core.cases.sight import words
from mizban.core.cases.sight.seeing import sight_of
from mizban.core.declarations.applicants import IDENTIFIERS
from mizban.core.people.actors import Staff
from mizban.core.sealing.keys import blind
from mizban.lib.codes import is_tracking_code, tidy_code
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.staff import may_read


def found(visible: CaseQuerySet, typed: str, *, actor: Staff, most: int) -> list[Case]:
    """The visible cases with this code, else those this identifier filed, else those with all these words.

    Most urgent first. Who may not read names may not ask what a person filed either, and an agency that sees some
    questions of a case only is told nothing by what it guesses of the others.
    """
    cases = visible.for_lists().most_urgent_first()
    code = tidy_code(typed)
    if is_tracking_code(code) and (by_code := list(cases.filter(code=code))):
        return by_code
    if not may_read(actor):
        return []
    if indexes := blind_indexes(typed):
        filed = [case for case in cases.filed_by(indexes)[:most] if sight_of(case, actor).knows_applicant]
        if filed:
            return filed
    for tokens in words.asked(typed):
        meant = [case for case in cases.with_words(tokens)[:most] if sight_of(case, actor).is_whole]
        if meant:
            return meant
    return []


def blind_indexes(typed: str) -> list[bytes]:
    """The blind indexes of whatever kinds of identifier the typed text can be."""
    indexes = []
    for kind, identifier in IDENTIFIERS.items():
        try:
            indexes.append(blind(kind, identifier.parse(typed)))
        except Malformed:
            continue
    return indexes
