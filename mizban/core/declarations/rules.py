"""Rules of a by-law, as plain functions that declarations name. Only deployed services register them."""

from collections.abc import Callable, Mapping
from typing import Any

from mizban.lib.identifiers.malformed import Malformed

# From the answers of a form to what is wrong with them, by field name; nothing where all is well.
Rule = Callable[[Mapping[str, Any]], Mapping[str, Malformed]]

RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a function under the name declarations use. Raises ValueError for a name that is taken."""

    def register(function: Rule) -> Rule:
        if name in RULES and RULES[name].__module__ != function.__module__:
            raise ValueError(f"a rule named {name} is registered already")
        RULES[name] = function
        return function

    return register


def broken(names: tuple[str, ...], answers: Mapping[str, Any]) -> dict[str, Malformed]:
    """What these rules find wrong with the answers, by field name; the first rule to speak of a field is heard."""
    found: dict[str, Malformed] = {}
    for name in names:
        found = {**RULES[name](answers), **found}
    return found
