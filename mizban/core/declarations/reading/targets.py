"""Promised times, and the times after which the system takes a step."""

from typing import Any, cast

from ..grammar import OFFICE, PARTY, UNIT, After, PartyRole, State, Target
from ..nodes import Node
from .fields import read_condition

TARGET_KEYS = (
    "within", "unit", "until", "note", "when", "label", "starts", "norm", "owed_by", "in", "part_of",
)  # fmt: skip
AFTER_KEYS = ("within", "unit")
UNITS = ("working_days", "working_minutes")
# Ten years of working days, or of minutes in a year: what a clock can count at once.
LONGEST_TARGET = 120_000


def read_target(name: str, node: Node, states: dict[str, State], parties: dict[str, PartyRole]) -> Target:
    node.only(*TARGET_KEYS)
    return Target(
        name=name,
        within=node.number("within", most=LONGEST_TARGET),
        unit=cast("Any", node.one_of("unit", UNITS)),
        until=node.texts("until"),
        note=node.text("note", default=""),
        when=read_condition(node.child("when")),
        label=node.text("label", default=""),
        starts=node.texts("starts"),
        norm=node.number("norm", default=0, most=LONGEST_TARGET),
        owed_by=_owner(node, parties),
        in_=node.texts("in", known=tuple(states)),
        part_of=node.text("part_of", default=""),
    )


def read_after(node: Node | None) -> After | None:
    """`{within: 10, unit: working_days}`."""
    if node is None:
        return None
    node.only(*AFTER_KEYS)
    return After(node.number("within", most=LONGEST_TARGET), cast("Any", node.one_of("unit", UNITS)))


def _owner(node: Node, parties: dict[str, PartyRole]) -> str:
    owner = node.text("owed_by", default=OFFICE)
    if not owner.startswith(UNIT) or owner == UNIT:
        return node.one_of(
            "owed_by", (OFFICE, "unit:SLUG", *(PARTY + role for role in parties)), default=OFFICE
        )
    return owner
