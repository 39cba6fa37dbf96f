"""Questions and conditions."""

from typing import Any

from ..bounds import LETTERS
from ..computing import COUNT, OPERATIONS, Computation
from ..conditions import TESTS, Condition
from ..fields import FORMATS, USUAL_FORMATS, Field, Option
from ..grammar import Page
from ..kinds import KINDS
from ..nodes import Node
from ..tables import MOST_ROWS

FIELD_KEYS = (
    "name", "kind", "label", "help", "example", "required", "plain", "options", "min_length", "max_length",
    "max_files", "least", "most", "day", "formats", "show_if", "required_if", "signed_in_may_omit", "search",
    "letters", "columns", "least_rows", "most_rows", "unique", "value", "result", "prefill",
)  # fmt: skip
PAGE_KEYS = ("title", "form")
RESULTS = ("number", "rials", "percent")
MOST_OPERANDS = 20
# What each test wants, for the one who wrote something else.
WANTED: dict[str, tuple[Any, str]] = {
    "in": (list, "list of values"),
    "greater": (int, "whole number"),
    "less": (int, "whole number"),
    "answered": (bool, "true or false"),
}


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
        letters=node.one_of("letters", tuple(LETTERS), default=""),
        columns=_columns(node),
        least_rows=node.number("least_rows", default=0),
        most_rows=node.number("most_rows", default=0, most=MOST_ROWS),
        unique=node.texts("unique"),
        computed=_computation(node.child("value")),
        result=node.one_of("result", RESULTS, default=""),
        prefill=node.text("prefill", default=""),
    )


def _columns(node: Node) -> tuple[Field, ...]:
    columns = tuple(read_field(column) for column in node.entries("columns"))
    if any(column.columns for column in columns):
        node.fault("a column of a table can be no table")
    return columns


def _computation(node: Node | None) -> Computation | None:
    """`{sum: [a, b]}` and its like, or the name of a registered calculation."""
    if node is None:
        return None
    if isinstance(node.value, str):
        return Computation(rule=str(node.value))
    known = (*OPERATIONS, COUNT)
    if not isinstance(node.value, dict) or len(node.value) != 1 or next(iter(node.value)) not in known:
        node.fault(
            f"«value» is one of {', '.join(known)} over a list, or the name of a registered calculation"
        )
        return None
    op = str(next(iter(node.value)))
    operands = node.value[op]
    if not isinstance(operands, list) or not 1 <= len(operands) <= MOST_OPERANDS:
        node.fault(f"«{op}» wants a list of 1 to {MOST_OPERANDS} questions or whole numbers")
        return None
    if not all(isinstance(each, str | int) and not isinstance(each, bool) for each in operands):
        node.fault(f"«{op}» is over names of questions and whole numbers")
        return None
    return Computation(op, tuple(str(each) if isinstance(each, str) else int(each) for each in operands))


def read_condition(node: Node | None) -> Condition | None:
    """`{all: [...]}`, `{any: [...]}`, `{not: {...}}`, `{field: value}` or `{field: {in: [...]}}` and other tests."""
    if node is None:
        return None
    if not isinstance(node.value, dict) or len(node.value) != 1:
        node.fault("a condition is a map with one key: all, any, not, or the name of a field")
        return None
    key = next(iter(node.value))
    named = node.child(key) if isinstance(key, str) else None
    if named is None:
        node.fault("a condition is a map with one key: all, any, not, or the name of a field")
        return None
    if key in ("all", "any"):
        parts = tuple(part for part in map(read_condition, node.entries(key)) if part is not None)
        return Condition(key, parts)
    if key == "not":
        inner = read_condition(named)
        return Condition("not", (inner,)) if inner else None
    return _test(str(key), named)


def _test(name: str, node: Node) -> Condition | None:
    wanted: Any = node.value
    if not isinstance(wanted, dict | list):
        return Condition("is", name=name, wanted=wanted)
    tests: dict[Any, Any] = wanted if isinstance(wanted, dict) else {}
    op = str(next(iter(tests), ""))
    if len(tests) != 1 or op not in TESTS:
        node.fault(f"a test is one of {', '.join(TESTS)}; for example «{name}: {{in: [a, b]}}»")
        return None
    value: Any = tests[op]
    fitting, told = WANTED.get(op, (str | int | bool, "single value"))
    if not isinstance(value, fitting) or (
        op == "in" and any(isinstance(each, dict | list) for each in value)
    ):
        node.fault(f"«{op}» wants a {told}")
        return None
    return Condition(op, name=name, wanted=tuple(value) if isinstance(value, list) else value)
