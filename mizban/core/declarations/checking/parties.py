"""What can be wrong with the other agencies of a case."""

from ..grammar import PARTY, Declaration
from ..nodes import Node

APPLICANT = "applicant"


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
        asked = PARTY + name in asked_parties(declaration)
        if not asked and not any(name in step.brings for step in declaration.steps.values()):
            node.fault(f"party «{name}» never comes in; a step must say «brings: [{name}]»")
        for shown in party.shows or ():
            if shown != APPLICANT and declaration.field(shown) is None:
                node.fault(f"party «{name}» is shown «{shown}», which is no question of the form")
        if not any(PARTY + name in step.by for step in declaration.steps.values()):
            node.fault(f"party «{name}» has no step to take; add a step «by: party:{name}»")


def asked_parties(declaration: Declaration) -> set[str]:
    """The `party:ROLE` of those whom an approval brings in when it opens."""
    return {
        who for approval in declaration.approvals.values() for who in approval.of if who.startswith(PARTY)
    }
