"""What can be wrong with values nobody types."""

from collections.abc import Mapping

from ..bounds import BOUNDED
from ..computing import COUNT, Computation
from ..fields import Field
from ..nodes import Node
from ..rules import CALCULATIONS

NUMBERS = (*BOUNDED, "computed")
COUNTED = ("rows", "choices")


def check_computed(field: Field, node: Node, before: Mapping[str, Field]) -> None:
    """«value» and «result» belong to a computed question, which looks back only: so no two can wait for each other."""
    if field.kind != "computed":
        if field.computed or field.result:
            node.fault(f"«value» and «result» of «{field.name}» are for a question of kind computed")
        return
    if field.computed is None:
        if node.child("value") is None:
            node.fault(f"«{field.name}» is computed without a value; add «value: {{sum: [a, b]}}»")
        return
    if field.computed.rule:
        if field.computed.rule not in CALCULATIONS:
            known = ", ".join(sorted(CALCULATIONS)) or "none"
            node.fault(f"calculation «{field.computed.rule}» is not registered; known: {known}")
        return
    _check_operands(field.name, field.computed, node, before)


def _check_operands(name: str, computed: Computation, node: Node, before: Mapping[str, Field]) -> None:
    if computed.op == "percent" and len(computed.operands) != 2:
        node.fault(f"«percent» of «{name}» wants two: the part and the whole")
    for operand in computed.operands:
        if isinstance(operand, int):
            if computed.op == COUNT:
                node.fault(f"«count» of «{name}» is over questions, not numbers")
            continue
        asked, column = _asked(operand, before)
        if asked is None:
            node.fault(f"«{name}» is computed from «{operand}», which is not asked before it")
        elif computed.op == COUNT and (column or asked.kind not in COUNTED):
            node.fault(f"«count» of «{name}» is over questions of kind {', '.join(COUNTED)}")
        elif computed.op != COUNT and (column or asked).kind not in NUMBERS:
            node.fault(f"«{name}» is computed from «{operand}», which is no number")


def _asked(operand: str, before: Mapping[str, Field]) -> tuple[Field | None, Field | None]:
    """The question named before the point and the column after it; (None, None) where either is missing."""
    table, _, wanted = operand.partition(".")
    asked = before.get(table)
    if asked is None or not wanted:
        return asked, None
    column = next((each for each in asked.columns if each.name == wanted), None)
    return (asked, column) if column else (None, None)
