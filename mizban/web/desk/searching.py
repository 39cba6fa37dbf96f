"""Finding cases by what a clerk is told: a tracking code, or the identifier of the applicant."""

from mizban.core.cases.models import CaseQuerySet
from mizban.core.declarations.applicants import IDENTIFIERS
from mizban.core.sealing.keys import blind
from mizban.lib.codes import is_tracking_code, tidy_code
from mizban.lib.identifiers.malformed import Malformed


def found(visible: CaseQuerySet, typed: str, *, with_identifiers: bool) -> CaseQuerySet:
    """The visible cases with this code, else those this identifier filed, most urgent first.

    Who may not read names may not ask what a person filed either.
    """
    cases = visible.for_lists().most_urgent_first()
    code = tidy_code(typed)
    if is_tracking_code(code) and (by_code := cases.filter(code=code)).exists():
        return by_code
    return cases.filed_by(blind_indexes(typed)) if with_identifiers else cases.none()


def blind_indexes(typed: str) -> list[bytes]:
    """The blind indexes of whatever kinds of identifier the typed text can be."""
    indexes = []
    for kind, identifier in IDENTIFIERS.items():
        try:
            indexes.append(blind(kind, identifier.parse(typed)))
        except Malformed:
            continue
    return indexes
