"""Promised times."""

from typing import Any, cast

from ..grammar import Target
from ..nodes import Node
from .fields import read_condition

TARGET_KEYS = ("within", "unit", "until", "note", "when")
# Ten years of working days, or of minutes in a year: what a clock can count at once.
LONGEST_TARGET = 120_000


def read_target(name: str, node: Node) -> Target:
    node.only(*TARGET_KEYS)
    return Target(
        name=name,
        within=node.number("within", most=LONGEST_TARGET),
        unit=cast("Any", node.one_of("unit", ("working_days", "working_minutes"))),
        until=node.texts("until", required=True),
        note=node.text("note", default=""),
        when=read_condition(node.child("when")),
    )
