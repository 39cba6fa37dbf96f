"""What can be wrong with steps the system takes: it waits for a time, and fills in no form."""

from ..grammar import Step
from ..nodes import Node

SYSTEM = "system"


def check_timed(step: Step, node: Node) -> None:
    """A step of the system says after how long it is taken, and can be taken by nobody's hand."""
    if step.by == (SYSTEM,) and step.after is None:
        node.fault(
            f"step «{step.name}» is one nobody may take: the system takes steps in time only;"
            " add «after: {within: 10, unit: working_days}»"
        )
    if step.after is None:
        return
    if SYSTEM not in step.by:
        node.fault(f"step «{step.name}» has «after», so the system takes it; add «system» to «by»")
    for field in step.form:
        if field.required or field.required_if:
            node.fault(f"step «{step.name}» is taken by the system, which cannot answer «{field.name}»")
