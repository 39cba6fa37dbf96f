"""What can be wrong with returns: questions of kind `items`, and steps that mend what these named."""

from collections.abc import Iterator

from ..grammar import Declaration, Step
from ..nodes import Node

ITEMS = "items"


def check_returns(declaration: Declaration, nodes: dict[str, Node]) -> None:
    """A list of what is missing is written where the applicant's turn begins, and can be answered there."""
    for name, step in declaration.steps.items():
        if sum(field.kind == ITEMS for field in step.form) > 1:
            nodes[name].fault(
                f"step «{name}» lists what is missing twice; one question of kind items is enough"
            )
        if not step.mends:
            continue
        if not any(returns(declaration, step)):
            nodes[name].fault(
                f"step «{name}» mends what no return names; let a step with a question of kind items lead to it"
            )


def returns(declaration: Declaration, step: Step) -> Iterator[Step]:
    """The steps whose list of items this one answers."""
    for other in declaration.steps.values():
        if other.to in step.from_ and any(field.kind == ITEMS for field in other.form):
            yield other
