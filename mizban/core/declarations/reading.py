"""From the YAML of a service to its `Declaration`, with every fault found and its line."""

from functools import lru_cache
from typing import Any, cast

from .checking import check
from .conditions import TESTS, Condition
from .fields import FORMATS, USUAL_FORMATS, Field, Option
from .grammar import (
    APPLICANT_KINDS,
    PARTY,
    WHO,
    Declaration,
    Identity,
    Page,
    PartyRole,
    State,
    Step,
    Target,
)
from .kinds import KINDS
from .nodes import BrokenDeclaration, Node, document

KEYS = (
    "service", "title", "summary", "applicants", "identity", "form", "pages", "states", "steps", "targets",
    "parties", "checks", "unit", "unit_from", "title_from", "signed_in_starts_at",
)  # fmt: skip
FIELD_KEYS = (
    "name", "kind", "label", "help", "example", "required", "plain", "options", "min_length", "max_length",
    "max_files", "least", "most", "day", "formats", "show_if", "required_if", "signed_in_may_omit", "search",
)  # fmt: skip
IDENTITY_KEYS = (
    "code", "kinds", "nature", "level", "laws", "documents", "channels", "visits", "minutes_to_fill",
)  # fmt: skip
PAGE_KEYS = ("title", "form")
STATE_KEYS = ("label", "turn", "clock", "closed", "says")
STEP_KEYS = (
    "label", "by", "from", "to", "form", "says", "help", "assigns", "risky", "brings", "confirms_applicant", "checks",
    "when",
)  # fmt: skip
TARGET_KEYS = ("within", "unit", "until", "note", "when")
PARTY_KEYS = ("label", "source")
# Ten years of working days, or of minutes in a year: what a clock can count at once.
LONGEST_TARGET = 120_000


def read(source: str) -> Declaration:
    """The declaration in a YAML text. Raises BrokenDeclaration with all faults."""
    root = document(source)
    root.only(*KEYS)
    states = _states(root)
    pages = _pages(root)
    parties = {name: _party(name, node) for name, node in root.named("parties")}
    declaration = Declaration(
        slug=root.text("service"),
        title=root.text("title"),
        summary=root.text("summary", default=""),
        applicants=root.texts("applicants", known=tuple(APPLICANT_KINDS), required=True),
        identity=_identity(root.child("identity")),
        pages=pages,
        form=tuple(field for page in pages for field in page.fields),
        states=states,
        steps={name: _step(name, node, states, parties) for name, node in root.named("steps")},
        targets={name: _target(name, node) for name, node in root.named("targets")},
        first_state=next(iter(states), ""),
        parties=parties,
        checks=root.texts("checks"),
        signed_in_starts_at=root.one_of("signed_in_starts_at", tuple(states), default=""),
        unit=root.text("unit", default=""),
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
    node.only(*IDENTITY_KEYS)
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


def _pages(root: Node) -> tuple[Page, ...]:
    """The pages of the form; a form without pages is one."""
    if root.child("pages") is None:
        return (Page("", tuple(_field(node) for node in root.entries("form"))),)
    if root.child("form") is not None:
        root.fault("a declaration has «form» or «pages», not both; move the questions into a page")
    return tuple(_page(node) for node in root.entries("pages"))


def _page(node: Node) -> Page:
    node.only(*PAGE_KEYS)
    return Page(node.text("title"), tuple(_field(field) for field in node.entries("form")))


def _party(name: str, node: Node) -> PartyRole:
    node.only(*PARTY_KEYS)
    return PartyRole(name, node.text("label"), node.text("source"))


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
        least=node.number("least", default=0),
        most=node.number("most", default=0),
        day=node.one_of("day", ("past", "future"), default=""),
        formats=node.texts("formats", known=tuple(FORMATS)) or USUAL_FORMATS,
        show_if=_condition(node.child("show_if")),
        required_if=_condition(node.child("required_if")),
        signed_in_may_omit=node.flag("signed_in_may_omit", default=False),
        search=node.flag("search", default=False),
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
    value: Any = wanted[op]
    fitting: Any = {"in": list, "greater": int}.get(op, str | int | bool)
    if not isinstance(value, fitting) or (
        op == "in" and any(isinstance(each, dict | list) for each in value)
    ):
        node.fault(f"«{op}» wants a {'list of values' if op == 'in' else 'single value'}")
        return None
    return Condition(op, name=name, wanted=tuple(value) if isinstance(value, list) else value)


def _states(root: Node) -> dict[str, State]:
    states = {}
    for name, node in root.named("states"):
        node.only(*STATE_KEYS)
        states[name] = State(
            name=name,
            label=node.text("label"),
            turn=cast(
                "Any", node.one_of("turn", ("office", "applicant", "party", "nobody"), default="office")
            ),
            clock_stopped=node.one_of("clock", ("runs", "stopped"), default="runs") == "stopped",
            closed=node.flag("closed", default=False),
            says=node.text("says", default=""),
        )
    return states


def _step(name: str, node: Node, states: dict[str, State], parties: dict[str, PartyRole]) -> Step:
    node.only(*STEP_KEYS)
    known = tuple(states)
    who = (*WHO, *(PARTY + role for role in parties))
    return Step(
        name=name,
        label=node.text("label"),
        by=node.texts("by", known=who, required=True),
        from_=node.texts("from", known=known, required=True),
        to=node.one_of("to", known, default="") or None,
        form=tuple(_field(field) for field in node.entries("form")),
        says=node.text("says"),
        help=node.text("help", default=""),
        assigns=node.flag("assigns", default=False),
        risky=node.flag("risky", default=False),
        brings=node.texts("brings", known=tuple(parties)),
        confirms_applicant=node.flag("confirms_applicant", default=False),
        checks=node.texts("checks"),
        when=_condition(node.child("when")),
    )


def _target(name: str, node: Node) -> Target:
    node.only(*TARGET_KEYS)
    return Target(
        name=name,
        within=node.number("within", most=LONGEST_TARGET),
        unit=cast("Any", node.one_of("unit", ("working_days", "working_minutes"))),
        until=node.texts("until", required=True),
        note=node.text("note", default=""),
        when=_condition(node.child("when")),
    )
