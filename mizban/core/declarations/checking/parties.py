"""What can be wrong with the other agencies of a case."""

from ..grammar import PARTY, Declaration
from ..nodes import Node


def check_parties(declaration: Declaration, nodes: dict[str, Node]) -> None:
    """Each role must lead to an agency, be brought in by a step, and have a step to take."""
    for name, party in declaration.parties.items():
        node, field = nodes[name], declaration.field(party.source)
        if not (
            party.source == "parent"
            or party.source.startswith("office.")
            or (field and field.kind == "agency")
        ):
            node.fault(
                f"party «{name}» has no «source»; choose parent, office.ROLE or a question of kind agency"
            )
        elif field and not field.plain:
            node.fault(f"party «{name}» comes from «{field.name}», so that must be «plain: true»")
        if not any(name in step.brings for step in declaration.steps.values()):
            node.fault(f"party «{name}» never comes in; a step must say «brings: [{name}]»")
        if not any(PARTY + name in step.by for step in declaration.steps.values()):
            node.fault(f"party «{name}» has no step to take; add a step «by: party:{name}»")
