"""Questions kept readable for nothing: what is plain lies in the open, so something must need it there."""

from collections.abc import Iterator

from ..conditions import Condition
from ..grammar import Declaration
from ..nodes import Node

# What figures of agreements count by: what a complaint is about (`office/compliance`, S*-5.1).
COUNTED = ("matter",)


def check_use(declaration: Declaration, nodes: list[Node]) -> None:
    """A plain question is one that lists, units, parties, steps, targets, conditions or figures go by."""
    used = set(_used(declaration))
    for field, node in zip(declaration.form, nodes, strict=True):
        if field.plain and field.name not in used:
            node.fault(
                f"field «{field.name}» is never used as «plain»: nothing looks at it in the open;"
                " drop «plain: true», or name it in title_from, unit_from, a «source» or a «when»"
            )


def _used(declaration: Declaration) -> Iterator[str]:
    yield from (declaration.title_from, declaration.unit_from, *COUNTED)
    yield from (party.source for party in declaration.parties.values())
    conditions: list[Condition | None] = [
        declaration.anonymous_when,
        *(step.when for step in declaration.steps.values()),
        *(target.when for target in declaration.targets.values()),
        *(approval.when for approval in declaration.approvals.values()),
    ]
    for condition in conditions:
        yield from condition.names() if condition else ()
