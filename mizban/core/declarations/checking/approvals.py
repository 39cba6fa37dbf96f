"""What can be wrong with approvals, and with who may not do what he prepared himself."""

from ..grammar import Declaration
from ..nodes import Node
from .fields import check_fields
from .steps import check_plain


def check_approvals(declaration: Declaration, nodes: dict[str, Node]) -> None:
    """Each must be opened by a step, by people who can be asked, and decided by as many as there are."""
    starts = {declaration.first_state, declaration.signed_in_starts_at}
    for name, approval in declaration.approvals.items():
        node = nodes[name]
        check_plain(declaration, approval.when, f"approval «{name}»", node)
        for who in approval.of:
            if who in ("applicant", "system", "assignee"):
                node.fault(f"«{who}» cannot approve «{name}»; «of» has roles, unit:SLUG and party:ROLE")
        for state in starts & set(approval.from_):
            node.fault(f"approval «{name}» opens in «{state}», where cases begin; let a step lead to it")
        if set(approval.from_) & {declaration.steps[approval.step(v)].to for v in ("approve", "refuse")}:
            node.fault(f"approval «{name}» leads back to where it is open; change «from»")
        for key in ("form", "refusal"):
            entries = list(node.entries(key))
            if entries:
                step = declaration.steps[approval.step("approve" if key == "form" else "refuse")]
                check_fields(step.form, entries)


def check_four_eyes(declaration: Declaration, nodes: dict[str, Node]) -> None:
    """What `not_by` names must be steps or approvals."""
    known = {*declaration.steps, *declaration.approvals}
    for name, step in declaration.steps.items():
        for other in step.not_by:
            if other not in known:
                nodes[name].fault(f"«not_by» of «{name}» names «{other}», which is no step and no approval")
