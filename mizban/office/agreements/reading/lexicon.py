"""What is learnt from lexicon.txt: the words, which follows which, and where half-spaces stand."""

import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from mizban.lib.text import ZWNJ, tidy

from .keys import compact

_SHORTEST = 4
# Words that go with everything: what stands on both sides of them says more than the pairs.
LINKS = frozenset(["و", "های"])


@dataclass(frozen=True)
class Lexicon:
    """Folded words, folded pairs seen in a row, and how compounds are written."""

    words: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    beyond: dict[str, frozenset[str]] = field(default_factory=dict)
    openings: set[str] = field(default_factory=set)
    joined: dict[str, str] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    after: dict[str, list[str]] = field(default_factory=dict)
    before: dict[str, list[str]] = field(default_factory=dict)

    def leads_to(self, left: str, beginning: str) -> bool:
        """Whether a word that begins so is known to follow `left`: for words cut across runs."""
        return any(word.startswith(beginning) for word in self.after.get(left, ()))

    def comes_from(self, ending: str, right: str) -> bool:
        """Whether a word that ends so is known to stand before `right`."""
        return any(word.endswith(ending) for word in self.before.get(right, ()))


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once; about 280 lines."""
    text = resources.files(__package__).joinpath("lexicon.txt").read_text(encoding="utf-8")
    learnt = Lexicon()
    for line in tidy(text).splitlines():
        if not line.startswith("#"):
            _learn(learnt, line)
    own, openings = set(learnt.words), set(learnt.openings)
    for wording in _wordings():
        # Its half-spaces are of no account: it is compared without any.
        _learn(learnt, tidy(wording).replace(ZWNJ, " "))
    # A wording of the library is no sentence, so it says nothing of how one begins. Short words of the
    # library («بی», «آنی») are no evidence where a broken word was cut.
    learnt.openings.intersection_update(openings)
    learnt.words.difference_update([word for word in learnt.words - own if len(word) < _SHORTEST])
    for word in learnt.words:
        learnt.apart.pop(word, None)
    for left, right in learnt.pairs:
        learnt.after.setdefault(left, []).append(right)
        learnt.before.setdefault(right, []).append(left)
    return learnt


def _wordings() -> Iterator[str]:
    """The clause library is correctly written too."""
    library = _tables("library.toml")
    groups = list(library["concepts"].values())
    groups += [group.split("|") for row in library["clause"] for group in row.get("need", row.get("seq", ()))]
    for wordings in groups:
        yield from (
            wording.replace("~!", " نمی").replace("~", " می")
            for wording in wordings
            if not wording.strip().startswith(("@", "#"))
        )


def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _learn(learnt: Lexicon, line: str) -> None:
    previous: list[str] = []
    before = ""
    recent: list[str] = []
    if line:
        learnt.openings.add(compact(line.split(maxsplit=1)[0].split(ZWNJ, maxsplit=1)[0]))
    for token in line.split():
        bare = token.strip("،.:؛")
        parts = [compact(part) for part in bare.split(ZWNJ)]
        whole = "".join(parts)
        learnt.words.update((whole, *parts))
        learnt.pairs.update(itertools.pairwise(parts))
        if len(parts) > 1:
            learnt.joined[whole] = bare
        if previous:
            _learn_pair(learnt, previous, parts)
        # «کدپیگیری» is two words run together; «ازسازمان» is more likely a slip of another kind.
        for part in parts:
            if len(recent) > 1 and recent[-1] in LINKS:
                learnt.beyond[recent[-2]] = learnt.beyond.get(recent[-2], frozenset()) | {part}
            recent.append(part)
        if before and len(before) > 1 and len(whole) > 2:
            learnt.apart.setdefault("".join(previous) + whole, f"{before} {bare}")
        previous, before = parts, "" if token[-1] in "،.:؛" else bare


def _learn_pair(learnt: Lexicon, previous: list[str], parts: list[str]) -> None:
    """A compound is seen both whole and cut, since a broken line may hold either."""
    for left in (previous[-1], "".join(previous)):
        for right in (parts[0], "".join(parts)):
            learnt.pairs.add((left, right))
