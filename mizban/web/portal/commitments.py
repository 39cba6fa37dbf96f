"""An agreement as the page of a service tells it: who owes what, each clause in one plain sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from mizban.office.agreements.models import AgreementVersion, Clause
from mizban.office.agreements.words import ABOUT_ITSELF, plain

WHO = (
    ("آنچه ما می‌کنیم", frozenset({"agency", "system", "ministry", "treasury", ""})),
    ("آنچه شما می‌کنید", frozenset({"applicant"})),
    ("آنچه هر دو می‌کنیم", frozenset({"both"})),
)
ITSELF = "دربارهٔ خود توافق‌نامه"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A plain sentence, and the clauses of the agreement it stands for: each its number and its anchor."""

    sentence: str
    clauses: tuple[tuple[int, str], ...]


def commitments(version: AgreementVersion) -> list[tuple[str, list[Commitment]]]:
    """What each side owes, in the order of the text; last, what the agreement says of itself."""
    clauses = list(version.clauses.all())
    about_itself = [each for each in clauses if each.kind in ABOUT_ITSELF]
    owed = [each for each in clauses if each.kind not in ABOUT_ITSELF]
    sides = [(heading, _told(each for each in owed if each.obligor in owes)) for heading, owes in WHO]
    return [(heading, told) for heading, told in (*sides, (ITSELF, _told(about_itself))) if told]


def _told(clauses: Iterable[Clause]) -> list[Commitment]:
    told: dict[str, list[tuple[int, str]]] = {}
    for clause in clauses:
        sentence = plain(clause.kind, clause.obligor, clause.text)
        told.setdefault(sentence, []).append((clause.position, clause.ref))
    return [Commitment(sentence, tuple(found)) for sentence, found in told.items()]
