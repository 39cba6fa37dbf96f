"""States, steps and the other agencies that take some of them."""

from typing import Any, cast

from ..grammar import PARTY, WHO, PartyRole, State, Step
from ..nodes import Node
from .fields import read_condition, read_field

STATE_KEYS = ("label", "turn", "clock", "closed", "says")
STEP_KEYS = (
    "label", "by", "from", "to", "form", "says", "help", "assigns", "risky", "brings", "confirms_applicant", "checks",
    "when",
)  # fmt: skip
PARTY_KEYS = ("label", "source")


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
        )
    return states


def read_step(name: str, node: Node, states: dict[str, State], parties: dict[str, PartyRole]) -> Step:
    node.only(*STEP_KEYS)
    known = tuple(states)
    who = (*WHO, *(PARTY + role for role in parties))
    return Step(
        name=name,
        label=node.text("label"),
        by=node.texts("by", known=who, required=True),
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
    )


def read_party(name: str, node: Node) -> PartyRole:
    node.only(*PARTY_KEYS)
    return PartyRole(name, node.text("label"), node.text("source"))
