"""What sort of document a text is, and in which language."""

from .model import Clause
from .office_words import listed, office_words
from .rules import Sentence, group

_ENOUGH_CLAUSES = 3
_ENOUGH_SECTIONS, _ENOUGH_REPORTED, _ENOUGH_OF_A_LETTER = 4, 2, 4
_HEAD = 400
_SEARCHED = 40_000
# Kinds that a lease, a law or a news item could also hold prove nothing.
_COMMON = frozenset(
    [
        "other",
        "valid-until",
        "confidentiality",
        "fee",
        "free-of-charge",
        "director-signature",
        "mutual-signature",
        "applicant-kinds",
        "response-time",
        "credit-right",
        "purpose",
        "service-purpose",
    ]
)


def document_kind(text: str, clauses: list[Clause], section_kinds: set[str]) -> str:
    """One of the kinds of interfaces.md; «unknown» for a text that is no agreement about a service."""
    if is_told(text, section_kinds):
        return "unknown"
    sentence = Sentence(text[:_SEARCHED])
    named = bool(sentence.places(listed("agreement", "names")))
    telling = {clause.kind for clause in clauses} - _COMMON
    for row in office_words()["document"]:
        if _is(row, sentence) and (named or _named_otherwise(row, sentence)):
            return str(row["kind"])
    if named and (telling or clauses or section_kinds - {"other"}):
        return "service-agreement"
    formed = len(
        section_kinds
        & {"introduction", "purpose", "responsibility", "obligations", "fees", "validity", "termination"}
    )
    enough = len(telling) >= _ENOUGH_CLAUSES or (formed >= _ENOUGH_SECTIONS and telling)
    return "service-agreement" if enough else "unknown"


def _named_otherwise(row: dict[str, str], sentence: Sentence) -> bool:
    """Terms of a firm and hosting contracts seldom call themselves service-level agreements."""
    return row["kind"] == "private-terms" or bool(sentence.places(group(row.get("named", ""))))


def is_told(text: str, section_kinds: set[str]) -> bool:
    """Whether a page reports, writes to somebody or invites tenders: it promises nothing, even of agreements."""
    if len(section_kinds) >= _ENOUGH_SECTIONS:
        return False
    sentence = Sentence(text[:_SEARCHED])
    head = Sentence(text[:_HEAD])
    return (
        _different(sentence, "news") >= _ENOUGH_REPORTED
        or _different(sentence, "letter") >= _ENOUGH_OF_A_LETTER
        or bool(head.places(listed("page", "notices")) and not head.places(listed("agreement", "names")))
        or bool(head.places(listed("page", "explained")) and len(section_kinds) < _ENOUGH_REPORTED)
    )


def _different(sentence: Sentence, words: str) -> int:
    places = sentence.places(listed("page", words))
    return len({sentence.key.compact[start:end] for start, end in places})


def _is(row: dict[str, object], sentence: Sentence) -> bool:
    never = row["never"]
    need = row["need"]
    if isinstance(never, list) and never and sentence.places(group(" | ".join(never))):
        return False
    if not isinstance(need, list):
        return False
    first = group(need[0])
    different = sum(bool(sentence.places((phrase,))) for phrase in first)
    least = row["least"]
    return (
        isinstance(least, int)
        and different >= least
        and all(sentence.places(group(text)) for text in need[1:])
    )


def language(text: str) -> str | None:
    """«fa» or «en» by the letters, null where there are none."""
    sample = text[:_SEARCHED]
    persian = sum("\u0600" <= mark <= "\u06ff" and mark.isalpha() for mark in sample)
    latin = sum(mark.isascii() and mark.isalpha() for mark in sample)
    if not persian and not latin:
        return None
    return "fa" if persian * 2 >= latin else "en"
