"""The clause library made ready, and the search for its wordings in one sentence."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from .keys import Key, compact, key
from .model import Obligor
from .quantities import Quantity, clock_hours, quantities

_WHOLE_WORD = 3
_MARGIN = 14
_MOST_PLACES = 40
_LONGEST = 6000
_NEAR, _GAP = 70, 12
_FORMS = ("می", "خواهد", "شود", "گردد", "گردید", "نماید", "نمایند", "نموده", "کند", "کنند", "نمایید", "کنید")
_NEGATIVE = ("نمی", "نخواهد", "نشود", "نگردد", "نشده", "نکند", "ننماید", "نگردیده")


@dataclass(frozen=True)
class Phrase:
    """A wording by its compact key; short ones must be whole words."""

    letters: str
    whole: bool


Group = tuple[Phrase, ...]
# Where something stands in a compact key: its first place and the place after it.
Place = tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """One [[clause]] of library.toml."""

    kind: str
    obligor: Obligor
    section: str | None
    groups: tuple[Group, ...]
    ordered: bool
    reach: int
    require: tuple[Group, ...]
    unless: Group
    though: Group
    never: Group
    party: str | None
    spare: str | None
    only_in: str | None
    both: Group
    longest: int


@dataclass
class Sentence:
    """A sentence under search: its key, its figures, and where each group was found so far."""

    text: str
    party: str | None = None
    section: str | None = None
    key: Key = field(init=False)
    figures: list[Quantity] = field(init=False)
    # By identity: a group is long, and hashing its phrases takes longer than finding them.
    _found: dict[int, tuple[Group, list[Place]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.key = key(self.text[:_LONGEST])
        self.figures = quantities(self.text[:_LONGEST])

    def places(self, group: Group) -> list[Place]:
        """Every place where a wording of the group stands, in order."""
        known = self._found.get(id(group))
        if known is None:
            known = self._found[id(group)] = group, sorted(self._search(group))[:_MOST_PLACES]
        return known[1]

    def _search(self, group: Group) -> Iterable[Place]:
        for phrase in group:
            if phrase.letters.startswith("#"):
                yield from self._figures(phrase.letters)
            else:
                yield from _occurrences(self.key, phrase)

    def _figures(self, sort: str) -> Iterable[Place]:
        if sort == "#clock":
            return [(0, len(self.key.compact))] if clock_hours(self.text) else []
        percent = sort == "#percent"
        return [(q.start, q.end) for q in self.figures if (q.target.unit == "percent") == percent]


def _occurrences(text: Key, phrase: Phrase) -> Iterable[Place]:
    size = len(phrase.letters)
    at = text.compact.find(phrase.letters)
    while at >= 0:
        end = at + size
        if at in text.starts and (not phrase.whole or end == len(text.compact) or end in text.starts):
            yield at, end
        at = text.compact.find(phrase.letters, at + 1)


def found(rule: Rule, sentence: Sentence) -> list[Place]:
    """Where the rule's wording stands in the sentence, the tightest first; none if it does not say this."""
    if not _may(rule, sentence):
        return []
    groups = []
    for wordings in rule.groups:
        places = sentence.places(wordings)
        if not places:
            return []
        groups.append(places)
    spans = _in_order(groups, rule.reach) if rule.ordered else _together(groups, rule.reach)
    return [span for span in spans if not undone(rule, sentence, span)]


def undone(rule: Rule, sentence: Sentence, span: Place) -> bool:
    """Whether a wording in or beside the span undoes the rule; one inside a wording of `though` does not."""
    start, end = span
    near = [(a, b) for a, b in sentence.places(rule.unless) if a < end + _MARGIN and b > start - _MARGIN]
    excused = sentence.places(rule.though) if near and rule.though else []
    return any(not any(c <= a and b <= d for c, d in excused) for a, b in near)


def _may(rule: Rule, sentence: Sentence) -> bool:
    if rule.only_in and rule.only_in != sentence.section:
        return False
    if rule.longest and len(sentence.key.starts) > rule.longest:
        return False
    if rule.never and sentence.places(rule.never):
        return False
    if any(not sentence.places(group) for group in rule.require):
        return False
    return not rule.party or rule.party == sentence.party or bool(sentence.places(concept(rule.party)))


def _together(groups: list[list[Place]], reach: int) -> list[Place]:
    """The tightest spans, one for each place of the rarest group, that hold one place of every group."""
    anchor = min(groups, key=len)
    spans = []
    for place in anchor:
        span = place
        for places in groups:
            if places is not anchor:
                span = _nearest(span, places)
        if span[1] - span[0] <= reach:
            spans.append(span)
    return sorted(spans, key=lambda span: span[1] - span[0])


def _nearest(span: Place, places: list[Place]) -> Place:
    """The span stretched to the place that stretches it least."""
    near = min(places, key=lambda place: max(place[0] - span[0], span[1] - place[1], span[0] - place[0]))
    return min(span[0], near[0]), max(span[1], near[1])


def _in_order(groups: list[list[Place]], gap: int) -> list[Place]:
    spans = groups[0]
    for places in groups[1:]:
        spans = [(a, d) for a, b in spans for c, d in places if b <= c <= b + gap]
        spans = spans[:_MOST_PLACES]
    return spans


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of library.toml, in its order."""
    return tuple(_rule(row) for row in _library()["clause"])


@cache
def concept(name: str) -> Group:
    """The wordings of one named concept."""
    return tuple(_phrases(_library()["concepts"][name]))


@cache
def _library() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("library.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _rule(row: dict[str, Any]) -> Rule:
    ordered = "seq" in row
    return Rule(
        kind=row["kind"],
        obligor=Obligor(row["obligor"]),
        section=row.get("section"),
        groups=tuple(group(text) for text in row["seq" if ordered else "need"]),
        ordered=ordered,
        reach=row.get("gap", _GAP) if ordered else row.get("within", _NEAR),
        require=tuple(group(text) for text in row.get("require", ())),
        unless=group(" | ".join(row.get("unless", ()))),
        though=group(" | ".join(row.get("though", ()))),
        never=group(" | ".join(row.get("never", ()))),
        party=row.get("party"),
        spare=row.get("spare"),
        only_in=row.get("only_in"),
        both=group(" | ".join(row.get("both", ()))),
        longest=row.get("longest", 0),
    )


@cache
def group(text: str) -> Group:
    """«@fault | قطعی» as phrases: a concept's wordings and a wording of its own."""
    out: list[Phrase] = []
    for item in filter(None, (part.strip() for part in text.split("|"))):
        if item.startswith("@"):
            out.extend(concept(item[1:]))
        else:
            out.extend(_phrases([item]))
    return tuple(dict.fromkeys(out))


def _conjugated(wordings: Iterable[str]) -> Iterable[str]:
    """«اعلام~» as «اعلام می», «اعلام خواهد» and so on; «دریافت~!» as its negatives; other wordings as they are."""
    for wording in wordings:
        stem, mark, negative = wording.partition("~")
        forms = (_NEGATIVE if negative else _FORMS) if mark else ("",)
        yield from (f"{stem} {form}".strip() for form in forms)


def _phrases(wordings: Iterable[str]) -> Iterable[Phrase]:
    for wording in _conjugated(wordings):
        if wording.startswith("#"):
            yield Phrase(wording, whole=False)
        else:
            letters = compact(wording)
            yield Phrase(letters, whole=len(letters) <= _WHOLE_WORD or letters[-1].isdigit())
