"""Rules of a by-law, as plain functions that declarations name. Only deployed services register them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from mizban.lib.identifiers.malformed import Malformed

# From the answers of a form to what is wrong with them, by field name; nothing where all is well.
Rule = Callable[[Mapping[str, Any]], Mapping[str, Malformed]]
# From the answers before it to a value nobody types; None while something it needs is missing.
Calculation = Callable[[Mapping[str, Any]], int | str | None]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who opens a form, for look-ups: Tehran's date, and the signed-in agency's own facts (`name`, `legal_id`)."""

    today: date
    agency: Mapping[str, str] = field(default_factory=dict)


# From who opens a form to what it is prefilled with, as people would type it; "" where that is not known.
LookUp = Callable[[Asking], str]

RULES: dict[str, Rule] = {}
CALCULATIONS: dict[str, Calculation] = {}
LOOK_UPS: dict[str, LookUp] = {}
F = TypeVar("F", bound=Callable[..., Any])


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a function under the name declarations use. Raises ValueError for a name that is taken."""
    return _registering(RULES, name)


def calculation(name: str) -> Callable[[Calculation], Calculation]:
    """Register how a computed value comes about. Raises ValueError for a name that is taken."""
    return _registering(CALCULATIONS, name)


def look_up(name: str) -> Callable[[LookUp], LookUp]:
    """Register what a question can be prefilled with. Raises ValueError for a name that is taken."""
    return _registering(LOOK_UPS, name)


def _registering(registry: dict[str, F], name: str) -> Callable[[F], F]:
    def register(function: F) -> F:
        if name in registry and registry[name].__module__ != function.__module__:
            raise ValueError(f"a rule named {name} is registered already")
        registry[name] = function
        return function

    return register


def broken(names: tuple[str, ...], answers: Mapping[str, Any]) -> dict[str, Malformed]:
    """What these rules find wrong with the answers, by field name; the first rule to speak of a field is heard."""
    found: dict[str, Malformed] = {}
    for name in names:
        found = {**RULES[name](answers), **found}
    return found
