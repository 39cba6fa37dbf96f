"""States, steps and the other agencies that take some of them."""

from typing import Any, cast

from ..grammar import PartyRole, State, Step
from ..nodes import Node
from .approvals import read_who
from .fields import read_condition, read_field
from .targets import read_after

STATE_KEYS = ("label", "turn", "clock", "closed", "says", "waits_for")
STEP_KEYS = (
    "label", "by", "from", "to", "form", "says", "help", "assigns", "risky", "brings", "confirms_applicant", "checks",
    "when", "after", "open_for", "tells", "four_eyes", "not_by", "mends",
)  # fmt: skip
PARTY_KEYS = ("label", "source", "shows")


def read_states(root: Node) -> dict[str, State]:
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
            waits_for=node.text("waits_for", default=""),
        )
    return states


def read_step(name: str, node: Node, states: dict[str, State], parties: dict[str, PartyRole]) -> Step:
    node.only(*STEP_KEYS)
    known = tuple(states)
    return Step(
        name=name,
        label=node.text("label"),
        by=read_who(node, "by", parties),
        from_=node.texts("from", known=known, required=True),
        to=node.one_of("to", known, default="") or None,
        form=tuple(read_field(field) for field in node.entries("form")),
        says=node.text("says"),
        help=node.text("help", default=""),
        assigns=node.flag("assigns", default=False),
        risky=node.flag("risky", default=False),
        brings=node.texts("brings", known=tuple(parties)),
        confirms_applicant=node.flag("confirms_applicant", default=False),
        checks=node.texts("checks"),
        when=read_condition(node.child("when")),
        after=read_after(node.child("after")),
        open_for=read_after(node.child("open_for")),
        tells=node.text("tells", default=""),
        four_eyes=node.flag("four_eyes", default=False),
        not_by=node.texts("not_by"),
        mends=node.flag("mends", default=False),
    )


def read_party(name: str, node: Node) -> PartyRole:
    node.only(*PARTY_KEYS)
    shows = None if node.child("shows") is None else _shown(node)
    return PartyRole(name, node.text("label"), node.text("source"), shows)


def _shown(node: Node) -> tuple[str, ...]:
    """Names of questions; an empty list, where a party sees nothing but what it was asked."""
    child = node.child("shows")
    return () if child and child.value == [] else node.texts("shows")
