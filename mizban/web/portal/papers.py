"""What must be at hand: the papers a form asks for, one sub-service at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mizban.core.declarations.fields import Field
from mizban.core.declarations.grammar import Declaration
from mizban.core.declarations.kinds import KINDS
from mizban.web.posted import only_when

from .asking import to_ask
from .searching import sub_services


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by its name; `note` says when it is needed, empty where it always is."""

    label: str
    note: str


def papers_for(service: Declaration, known: Mapping[str, Any]) -> list[Paper]:
    """The papers asked of a guest with these answers known, in the order of the form."""
    asked = to_ask(service.form, known)
    return [Paper(field.label, _note(field, asked)) for field in asked if KINDS[field.kind].is_file]


@lru_cache(maxsize=256)
def papers_of_each(service: Declaration) -> tuple[tuple[str, tuple[Paper, ...]], ...]:
    """The papers of each sub-service under its name, where they are not the same for all; else nothing."""
    each = tuple(
        (option.label, tuple(papers_for(service, {service.title_from: option.value})))
        for option in sub_services(service)
    )
    return each if len({papers for _, papers in each}) > 1 else ()


def at_hand(service: Declaration, known: Mapping[str, Any]) -> list[Paper]:
    """What a form will ask for, as far as it is clear: nothing while it depends on a choice not made yet."""
    if service.title_from not in known and papers_of_each(service):
        return []
    return papers_for(service, known)


def _note(field: Field, asked: Sequence[Field]) -> str:
    notes = [only_when(field.show_if, asked)] if field.show_if else []
    if field.required_if:
        notes.append(f"{only_when(field.required_if, asked)} لازم است")
    elif not field.required:
        notes.append("اختیاری")
    return "، ".join(notes)
