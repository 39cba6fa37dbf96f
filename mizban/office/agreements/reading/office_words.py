"""office_words.toml made ready."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from .keys import compact
from .model import Obligor
from .rules import Group, Sentence, group


@cache
def office_words() -> dict[str, Any]:
    """The whole file as tables."""
    return tomllib.loads(
        resources.files(__package__).joinpath("office_words.toml").read_text(encoding="utf-8")
    )


@cache
def listed(*path: str) -> Group:
    """A list of the file as a group of wordings."""
    value: Any = office_words()
    for name in path:
        value = value[name]
    return group(value if isinstance(value, str) else " | ".join(value))


def names_agreement(text: str) -> bool:
    """Whether a text calls something a service-level agreement."""
    return bool(Sentence(text).places(listed("agreement", "names")))


@cache
def common_words() -> frozenset[str]:
    """Folded words that tell no service from another."""
    return frozenset(compact(word) for word in office_words()["common"]["words"])


def obligor_of(text: str) -> Obligor:
    """Who a task falls to, by the words it names; the office where it names nobody."""
    sentence = Sentence(text)
    for row in office_words()["actor"]:
        if sentence.places(group(row["need"])):
            return Obligor(row["obligor"])
    return Obligor.AGENCY
