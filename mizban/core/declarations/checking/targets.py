"""What can be wrong with targets."""

from ..grammar import Declaration
from ..nodes import Node
from .steps import check_plain


def check_targets(declaration: Declaration, nodes: dict[str, Node]) -> None:
    if declaration.targets and all(target.when for target in declaration.targets.values()):
        next(iter(nodes.values())).fault(
            "every target has «when»; one without it must hold for all other cases"
        )
    for name, target in declaration.targets.items():
        check_plain(declaration, target.when, f"target «{name}»", nodes[name])
        for step in target.until:
            if step not in declaration.steps:
                nodes[name].fault(f"target «{name}» ends with «{step}», which is no step")
