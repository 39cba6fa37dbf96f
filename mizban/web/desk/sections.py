"""A form of several pages on one: at a desk it is filled in one go, under the titles of its pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import Declaration
from mizban.kit.forms import Bound

ONE = "درخواست"


def sections(declared: Declaration, shown: Sequence[Bound]) -> list[tuple[str, list[Bound]]]:
    """The questions of the service, page by page; those around them (who asks, what is declared) are left out."""
    by_name = {bound.name: bound for bound in shown}
    pages = [
        (page.title or ONE, [by_name[field.name] for field in page.fields if field.name in by_name])
        for page in declared.pages
    ]
    return pages if len(pages) > 1 else [(ONE, [bound for _, bounds in pages for bound in bounds])]


def relevant(fields: Sequence[Field], raw: Mapping[str, Any]) -> tuple[Field, ...]:
    """The questions without those that the answers given so far rule out; an open condition rules nothing out."""
    answers = fill(fields, raw).answers
    return tuple(
        field
        for field in fields
        if field.show_if is None or not field.show_if.names() <= set(answers) or field.is_asked(answers)
    )


def has_conditions(fields: Sequence[Field]) -> bool:
    """Whether some questions are for some answers only, so that narrowing the form down is worth a button."""
    return any(field.show_if is not None for field in fields)
