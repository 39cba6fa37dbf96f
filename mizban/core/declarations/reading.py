"""From the YAML of a service to its `Declaration`, with every fault found and its line."""

from functools import lru_cache
from typing import Any, cast

from .checking import check
from .conditions import TESTS, Condition
from .fields import Field, Option
from .grammar import APPLICANT_KINDS, WHO, Declaration, Identity, State, Step, Target
from .kinds import KINDS
from .nodes import BrokenDeclaration, Node, document

KEYS = (
    "service", "title", "summary", "applicants", "identity", "form", "states", "steps", "targets",
    "unit_from", "title_from",
)  # fmt: skip
FIELD_KEYS = (
    "name", "kind", "label", "help", "example", "required", "plain", "options", "min_length", "max_length",
    "max_files", "show_if", "required_if",
)  # fmt: skip


def read(source: str) -> Declaration:
    """The declaration in a YAML text. Raises BrokenDeclaration with all faults."""
    root = document(source)
    root.only(*KEYS)
    states = _states(root)
    declaration = Declaration(
        slug=root.text("service"),
        title=root.text("title"),
        summary=root.text("summary", default=""),
        applicants=root.texts("applicants", known=tuple(APPLICANT_KINDS), required=True),
        identity=_identity(root.child("identity")),
        form=tuple(_field(node) for node in root.entries("form")),
        states=states,
        steps={name: _step(name, node, states) for name, node in root.named("steps")},
        targets={name: _target(name, node) for name, node in root.named("targets")},
        first_state=next(iter(states), ""),
        unit_from=root.text("unit_from", default=""),
        title_from=root.text("title_from", default=""),
    )
    check(declaration, root)
    if root.faults:
        raise BrokenDeclaration(root.faults)
    return declaration


@lru_cache(maxsize=256)
def read_cached(source: str) -> Declaration:
    """`read`, once per process and text: published versions never change."""
    return read(source)


def _identity(node: Node | None) -> Identity:
    if node is None:
        return Identity()
    node.only(
        "code", "kinds", "nature", "level", "laws", "documents", "channels", "visits", "minutes_to_fill"
    )
    return Identity(
        code=node.text("code", default=""),
        kinds=node.texts("kinds", known=("G2C", "G2B", "G2G")),
        nature=node.text("nature", default=""),
        level=node.text("level", default=""),
        laws=node.texts("laws"),
        documents=node.texts("documents"),
        channels=node.texts("channels"),
        visits=node.text("visits", default=""),
        minutes_to_fill=node.number("minutes_to_fill", default=5),
    )


def _field(node: Node) -> Field:
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
        show_if=_condition(node.child("show_if")),
        required_if=_condition(node.child("required_if")),
    )


def _condition(node: Node | None) -> Condition | None:
    """`{all: [...]}`, `{any: [...]}`, `{not: {...}}`, `{field: value}` or `{field: {in: [...]}}`."""
    if node is None:
        return None
    if not isinstance(node.value, dict) or len(node.value) != 1:
        node.fault("a condition is a map with one key: all, any, not, or the name of a field")
        return None
    key = str(next(iter(node.value)))
    if key in ("all", "any"):
        parts = tuple(part for part in map(_condition, node.entries(key)) if part is not None)
        return Condition(key, parts)
    if key == "not":
        inner = _condition(node.child(key))
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
    value = wanted[op]
    return Condition(op, name=name, wanted=tuple(value) if isinstance(value, list) else value)


def _states(root: Node) -> dict[str, State]:
    states = {}
    for name, node in root.named("states"):
        node.only("label", "turn", "clock", "closed", "says")
        states[name] = State(
            name=name,
            label=node.text("label"),
            turn=cast("Any", node.one_of("turn", ("office", "applicant", "nobody"), default="office")),
            clock_stopped=node.one_of("clock", ("runs", "stopped"), default="runs") == "stopped",
            closed=node.flag("closed", default=False),
            says=node.text("says", default=""),
        )
    return states


def _step(name: str, node: Node, states: dict[str, State]) -> Step:
    node.only("label", "by", "from", "to", "form", "says", "help", "assigns", "risky")
    known = tuple(states)
    return Step(
        name=name,
        label=node.text("label"),
        by=node.texts("by", known=WHO, required=True),
        from_=node.texts("from", known=known, required=True),
        to=node.one_of("to", known, default="") or None,
        form=tuple(_field(field) for field in node.entries("form")),
        says=node.text("says"),
        help=node.text("help", default=""),
        assigns=node.flag("assigns", default=False),
        risky=node.flag("risky", default=False),
    )


def _target(name: str, node: Node) -> Target:
    node.only("within", "unit", "until", "note")
    return Target(
        name=name,
        within=node.number("within"),
        unit=cast("Any", node.one_of("unit", ("working_days", "working_minutes"))),
        until=node.texts("until", required=True),
        note=node.text("note", default=""),
    )
