"""The words a case is found by: of the applicant's name and of answers declared `search`, kept as keyed hashes only.

Whole words match, in any order and spelling (`lib.text.search_key`); plates, chassis numbers and registered plots match
as a whole. See docs/decisions on why there is no readable column.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mizban.core.declarations.applicants import Applicant
from mizban.core.declarations.fields import Field
from mizban.core.declarations.kinds import KINDS
from mizban.core.inserts import insert_all
from mizban.core.sealing.keys import blind
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import search_key

from ..models.words import CaseWord

# Long texts are found by their first words; a search of a sentence looks for as many.
MOST_KEPT = 300
MOST_ASKED = 8
SHORTEST = 2
# Kinds that people write in many ways and mean one thing by.
WHOLE = ("plate", "vin", "plot")
_WORD = re.compile(r"[^\W_]+")


def index(case_id: int, fields: Iterable[Field], answers: Mapping[str, Any], *names: str) -> None:
    """Keep the words of these names, and of the answers that clerks may search. One query, none without words."""
    insert_all(rows(case_id, fields, answers, *names))


def rows(case_id: int, fields: Iterable[Field], answers: Mapping[str, Any], *names: str) -> list[CaseWord]:
    """The unsaved rows of `index`."""
    found = dict.fromkeys(token for name in names for token in tokens(name))
    for field in fields:
        if field.search and field.name in answers:
            found |= dict.fromkeys(_of_answer(field, answers[field.name]))
    return [CaseWord(case_id=case_id, token=token) for token in list(found)[:MOST_KEPT]]


def rows_of_filing(
    case_id: int, applicant: Applicant, fields: Iterable[Field], answers: Mapping[str, Any]
) -> list[CaseWord]:
    """What a new case is found by: for those who write many cases at once."""
    return rows(case_id, fields, answers, applicant.name)


def tokens(text: str) -> list[bytes]:
    """The blind tokens of a text's words, each once, in their order."""
    words = dict.fromkeys(_WORD.findall(search_key(text)))
    return [blind("word", word) for word in words if len(word) >= SHORTEST]


def asked(typed: str) -> list[list[bytes]]:
    """What a search may mean: each a list of tokens that all must match, the narrowest first."""
    whole = [[blind(kind, value)] for kind in WHOLE if (value := _canonical(kind, typed))]
    words = tokens(typed)[:MOST_ASKED]
    return [*whole, words] if words else whole


def _of_answer(field: Field, answer: Any) -> list[bytes]:
    return [blind(field.kind, str(answer))] if field.kind in WHOLE else tokens(str(answer))


def _canonical(kind: str, typed: str) -> str:
    """The stored form, where what was typed is of this kind at all."""
    clean: Callable[[Field, Any], Any] = KINDS[kind].clean
    try:
        return str(clean(Field("typed", kind, ""), typed))
    except (Malformed, ValueError):
        return ""
