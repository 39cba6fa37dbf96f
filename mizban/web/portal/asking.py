"""Which questions a page still has to ask: conditions settled by what was answered on the pages before."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from mizban.core.declarations.conditions import Condition
from mizban.core.declarations.fields import Field
from mizban.web.posted import only_when, with_hint

Answers = Mapping[str, Any]


def settled(condition: Condition, known: Answers, open_names: Collection[str]) -> Condition | bool:
    """True or False where the known answers decide; else what is left of the condition over the open ones."""
    match condition.op:
        case "all" | "any":
            decides = condition.op == "any"
            parts = [settled(part, known, open_names) for part in condition.parts]
            if decides in parts:
                return decides
            left = tuple(part for part in parts if isinstance(part, Condition))
            if len(left) < 2:
                return left[0] if left else not decides
            return Condition(condition.op, left)
        case "not":
            inner = settled(condition.parts[0], known, open_names)
            return Condition("not", (inner,)) if isinstance(inner, Condition) else not inner
        case _:
            return condition if condition.name in open_names else condition.holds(known)


def to_ask(fields: Iterable[Field], known: Answers) -> tuple[Field, ...]:
    """The questions that may still be asked, given the answers known before them.

    A condition that is settled is gone from its question; what is left of another speaks of these questions only.
    """
    asked: list[Field] = []
    open_names: set[str] = set()
    for field in fields:
        show = settled(field.show_if, known, open_names) if field.show_if else True
        if show is False:
            continue
        if field.name not in known:
            open_names.add(field.name)
        left = show if isinstance(show, Condition) else None
        changed = field if left is field.show_if else replace(field, show_if=left)
        asked.append(_with_need(changed, known, open_names, asked))
    return tuple(asked)


def _with_need(field: Field, known: Answers, open_names: Collection[str], before: list[Field]) -> Field:
    """The question with «required» decided; where it still depends, optional with a word on when it is not."""
    if field.required_if is None:
        return field
    need = settled(field.required_if, known, open_names)
    if isinstance(need, bool):
        return replace(field, required=need, required_if=None)
    hint = with_hint(field, f"{only_when(need, before)} لازم است")
    return replace(field, required=False, required_if=need, help=hint)
