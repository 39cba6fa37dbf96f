"""The search of services: it forgives ي and ی, half-spaces, endings, word order, and words not written to their end."""

from collections.abc import Iterable
from dataclasses import dataclass

from mizban.core.cases.models import Offering
from mizban.core.declarations.fields import Option
from mizban.core.declarations.grammar import Declaration
from mizban.lib.text import compact_key, search_key

LONGEST = 100
# Words that say nothing about what is looked for.
IDLE = frozenset(
    (
        *("و", "در", "از", "به", "برای", "با", "را", "یا", "که", "ی", "ها", "های", "هایی", "می"),
        *("خدمت", "خدمات", "درخواست"),
    )
)
ENDINGS = ("هایی", "های", "ها", "ی")
SHORTEST = 3  # letters that must be left without an ending, and of a word looked for inside others
IN_TITLE, IN_OPTION, IN_SUMMARY, IN_REST = 8, 6, 3, 1


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a service as it is searched: its words, and itself without blanks."""

    words: tuple[str, ...]
    compact: str
    weight: int

    @classmethod
    def of(cls, text: str, weight: int) -> "Text":
        key = search_key(text)
        return cls(tuple(key.split()), key.replace(" ", ""), weight)

    def has(self, term: str) -> bool:
        """Whether a word begins with the term, or the term stands in the text once blanks are left out."""
        if any(word.startswith(term) for word in self.words):
            return True
        return len(term) > SHORTEST and term in self.compact


@dataclass(frozen=True, slots=True)
class Indexed:
    """A declaration as it is searched; `options` are the sub-services its cases are called by."""

    texts: tuple[Text, ...]
    options: tuple[tuple[Option, Text], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A service that fits, how well, and which of its sub-services do."""

    offering: Offering
    score: int
    options: tuple[Option, ...]


# By the hash of the published text, which never changes.
_indexed: dict[str, Indexed] = {}


def search(offerings: Iterable[Offering], typed: str) -> list[Found]:
    """The services that have every word of what was typed, the best first."""
    wanted = terms(typed)
    found = [_found(offering, wanted, compact_key(typed[:LONGEST])) for offering in offerings]
    return sorted(
        (each for each in found if each), key=lambda each: (-each.score, each.offering.declaration.title)
    )


def terms(typed: str) -> list[str]:
    """The words that count, without their endings; all words where none counts."""
    words = list(dict.fromkeys(search_key(typed[:LONGEST]).split()))
    return [_stem(word) for word in words if word not in IDLE] or words


def sub_services(service: Declaration) -> tuple[Option, ...]:
    """What the applicant chooses among: the options of the question that cases are called by."""
    field = service.field(service.title_from) if service.title_from else None
    return field.options if field else ()


def _stem(word: str) -> str:
    ending = next((each for each in ENDINGS if word.endswith(each)), "")
    return word.removesuffix(ending) if len(word) - len(ending) >= SHORTEST else word


def _found(offering: Offering, wanted: list[str], whole: str) -> Found | None:
    index = _index(offering)
    every = (*index.texts, *(text for _, text in index.options))
    weights = [max((text.weight for text in every if text.has(term)), default=0) for term in wanted]
    if not weights or not all(weights):
        # «تعویضپلاک»: written together, it is found where the words stand side by side.
        weights = [text.weight for text in every if len(whole) > SHORTEST and whole in text.compact][:1]
        wanted = [whole]
    if not weights:
        return None
    hits = {option.value: sum(text.has(term) for term in wanted) for option, text in index.options}
    best = max(hits.values(), default=0)
    options = tuple(option for option, _ in index.options if best and hits[option.value] == best)
    return Found(offering, sum(weights), options)


def _index(offering: Offering) -> Indexed:
    known = _indexed.get(offering.version.content_hash)
    if known is None:
        known = _indexed[offering.version.content_hash] = _read(offering.declaration)
    return known


def _read(service: Declaration) -> Indexed:
    rest = (*service.identity.laws, service.identity.code, *(page.title for page in service.pages))
    texts = (
        Text.of(service.title, IN_TITLE),
        Text.of(service.summary, IN_SUMMARY),
        *(Text.of(text, IN_REST) for text in rest if text),
    )
    return Indexed(
        texts, tuple((option, Text.of(option.label, IN_OPTION)) for option in sub_services(service))
    )
