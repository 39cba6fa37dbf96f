"""What can be wrong with who may apply, and with the identity sheet."""

from ..applicants import ANONYMOUS
from ..grammar import Declaration
from ..nodes import Node
from .steps import check_plain

PEOPLE = ("natural", "legal", "foreign")


def check_applicants(declaration: Declaration, root: Node) -> None:
    """Nobody is anonymous alone or always by oversight, and those who can be represented are people."""
    node = root.child("anonymous_when") or root.child("applicants") or root
    takes = ANONYMOUS in declaration.applicants
    if declaration.applicants == (ANONYMOUS,):
        node.fault("«applicants» are anonymous only; nobody could be told who asks: add natural")
    if takes and declaration.anonymous_when is None:
        node.fault("«anonymous» needs «anonymous_when: …», a condition over plain questions of the form")
    if declaration.anonymous_when is not None and not takes:
        node.fault("«anonymous_when» is for a service whose «applicants» include anonymous")
    check_plain(declaration, declaration.anonymous_when, "«anonymous_when»", node)
    for name, step in declaration.steps.items():
        # Tries at another case's password are counted where forms are filed, not at steps.
        if "applicant" in step.by and any(field.kind == "case" for field in step.form):
            (root.child("steps") or root).fault(
                f"step «{name}» lets the applicant name another case; ask for it in the form"
            )
    if declaration.representation and not set(PEOPLE) & set(declaration.applicants):
        (root.child("representation") or root).fault(
            "«representation» is for people and companies; an agency's letter says who speaks for it"
        )


def check_identity(declaration: Declaration, root: Node) -> None:
    """A service that costs something says how much."""
    identity = declaration.identity
    if not identity.free and not identity.cost:
        (root.child("identity") or root).fault("the service is not free; add «cost: …» to its identity")
