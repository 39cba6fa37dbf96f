"""Questions and conditions."""

from typing import Any, cast

from ..conditions import TESTS, Condition
from ..fields import FORMATS, USUAL_FORMATS, Field, Option
from ..grammar import Page
from ..kinds import KINDS
from ..nodes import Node

FIELD_KEYS = (
    "name", "kind", "label", "help", "example", "required", "plain", "options", "min_length", "max_length",
    "max_files", "least", "most", "day", "formats", "show_if", "required_if", "signed_in_may_omit", "search",
)  # fmt: skip
PAGE_KEYS = ("title", "form")


def read_pages(root: Node) -> tuple[Page, ...]:
    """The pages of the form; a form without pages is one."""
    if root.child("pages") is None:
        return (Page("", tuple(read_field(node) for node in root.entries("form"))),)
    if root.child("form") is not None:
        root.fault("a declaration has «form» or «pages», not both; move the questions into a page")
    return tuple(_page(node) for node in root.entries("pages"))


def _page(node: Node) -> Page:
    node.only(*PAGE_KEYS)
    return Page(node.text("title"), tuple(read_field(field) for field in node.entries("form")))


def read_field(node: Node) -> Field:
    node.only(*FIELD_KEYS)
    return Field(
        name=node.text("name"),
        kind=node.one_of("kind", tuple(KINDS)),
        label=node.text("label"),
        help=node.text("help", default=""),
        example=node.text("example", default=""),
        required=node.flag("required", default=True),
        plain=node.flag("plain", default=False),
        options=tuple(Option(value, str(option.value)) for value, option in node.named("options")),
        min_length=node.number("min_length", default=0),
        max_length=node.number("max_length", default=0),
        max_files=node.number("max_files", default=1),
        least=node.number("least", default=0),
        most=node.number("most", default=0),
        day=node.one_of("day", ("past", "future"), default=""),
        formats=node.texts("formats", known=tuple(FORMATS)) or USUAL_FORMATS,
        show_if=read_condition(node.child("show_if")),
        required_if=read_condition(node.child("required_if")),
        signed_in_may_omit=node.flag("signed_in_may_omit", default=False),
        search=node.flag("search", default=False),
    )


def read_condition(node: Node | None) -> Condition | None:
    """`{all: [...]}`, `{any: [...]}`, `{not: {...}}`, `{field: value}` or `{field: {in: [...]}}`."""
    if node is None:
        return None
    if not isinstance(node.value, dict) or len(node.value) != 1:
        node.fault("a condition is a map with one key: all, any, not, or the name of a field")
        return None
    key = str(next(iter(node.value)))
    if key in ("all", "any"):
        parts = tuple(part for part in map(read_condition, node.entries(key)) if part is not None)
        return Condition(key, parts)
    if key == "not":
        inner = read_condition(node.child(key))
        return Condition("not", (inner,)) if inner else None
    return _test(key, cast("Node", node.child(key)))


def _test(name: str, node: Node) -> Condition | None:
    wanted: Any = node.value
    if not isinstance(wanted, dict):
        return Condition("is", name=name, wanted=wanted)
    op = str(next(iter(wanted), ""))
    if len(wanted) != 1 or op not in TESTS:
        node.fault(f"a test is one of {', '.join(TESTS)}; for example «{name}: {{in: [a, b]}}»")
        return None
    value: Any = wanted[op]
    fitting: Any = {"in": list, "greater": int}.get(op, str | int | bool)
    if not isinstance(value, fitting) or (
        op == "in" and any(isinstance(each, dict | list) for each in value)
    ):
        node.fault(f"«{op}» wants a {'list of values' if op == 'in' else 'single value'}")
        return None
    return Condition(op, name=name, wanted=tuple(value) if isinstance(value, list) else value)
