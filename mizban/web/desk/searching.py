"""Finding cases by what a clerk is told: a tracking code, the applicant's identifier, words of name or text."""

from mizban.core.cases.models import CaseQuerySet
from mizban.core.cases.sight import words
from mizban.core.declarations.applicants import IDENTIFIERS
from mizban.core.sealing.keys import blind
from mizban.lib.codes import is_tracking_code, tidy_code
from mizban.lib.identifiers.malformed import Malformed


def found(visible: CaseQuerySet, typed: str, *, with_names: bool) -> CaseQuerySet:
    """The visible cases with this code, else those this identifier filed, else those with all these words.

    Most urgent first. Who may not read names may not ask what a person filed either.
    """
    cases = visible.for_lists().most_urgent_first()
    code = tidy_code(typed)
    if is_tracking_code(code) and (by_code := cases.filter(code=code)).exists():
        return by_code
    if not with_names:
        return cases.none()
    meanings = [cases.filed_by(indexes)] if (indexes := blind_indexes(typed)) else []
    meanings += [cases.with_words(tokens) for tokens in words.asked(typed)]
    return next((meant for meant in meanings if meant.exists()), cases.none())


def blind_indexes(typed: str) -> list[bytes]:
    """The blind indexes of whatever kinds of identifier the typed text can be."""
    indexes = []
    for kind, identifier in IDENTIFIERS.items():
        try:
            indexes.append(blind(kind, identifier.parse(typed)))
        except Malformed:
            continue
    return indexes
