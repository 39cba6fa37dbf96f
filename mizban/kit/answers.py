"""Stored answers on their way back to people: as they are read, and as they were typed, to be changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mizban.core.declarations.fields import Field
from mizban.core.declarations.kinds import KINDS
from mizban.lib.identifiers import plate, plot
from mizban.lib.jalali import numeric
from mizban.lib.text import persian_digits

from .forms import NO, YES, Value


def as_typed(field: Field, answer: Any) -> Value:
    """The raw value a `Bound` shows when a stored answer is to be changed."""
    match field.kind:
        case "date":
            return persian_digits(numeric(date.fromisoformat(answer)))
        case "plate":
            return vars(plate.parse(answer))
        case "plot":
            parsed = plot.parse(answer)
            return {"main": str(parsed.main), "sub": str(parsed.sub)}
        case "choices":
            return list(answer)
        case "period":
            return {part: persian_digits(numeric(date.fromisoformat(day))) for part, day in answer.items()}
        case "address":
            return dict(answer)
        case "case":
            return {"code": answer}
        case "yes_no" | "declaration":
            return YES if answer else NO
        case _:
            return str(answer)


def as_spoken(field: Field, answer: Any) -> str:
    """A stored answer as a sentence would have it."""
    return KINDS[field.kind].show(field, answer)


def as_plate(answer: str) -> plate.Plate:
    """A stored plate in its four parts."""
    return plate.parse(answer)


def column_text(column: Field, row: Mapping[str, Any]) -> str:
    """A cell of a stored table as people read it; nothing where it was left empty."""
    return as_spoken(column, row[column.name]) if column.name in row else ""
