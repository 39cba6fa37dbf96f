"""Approvals, and the two steps each of them brings."""

from typing import Any, cast

from ..fields import Field
from ..grammar import ASSIGNEE, PARTY, UNIT, WHO, Approval, PartyRole, State, Step, Verdict
from ..nodes import Node
from .fields import read_condition, read_field

APPROVAL_KEYS = (
    "label", "help", "of", "need", "ordered", "from", "approved_to", "refused_to", "form", "refusal", "says",
    "refused_says", "tells", "four_eyes", "not_by", "when",
)  # fmt: skip
# A refusal says why; an approval asks nothing unless declared.
REASON = Field("reason", "long_text", "دلیل", min_length=10, max_length=2000)


def read_approval(
    name: str, node: Node, states: dict[str, State], parties: dict[str, PartyRole]
) -> tuple[Approval, list[Step]]:
    """An approval with its steps, approving first."""
    node.only(*APPROVAL_KEYS)
    of = read_who(node, "of", parties)
    approval = Approval(
        name=name,
        label=node.text("label"),
        of=of,
        need=_need(node, len(of)),
        ordered=node.flag("ordered", default=False),
        from_=node.texts("from", known=tuple(states), required=True),
        when=read_condition(node.child("when")),
    )
    return approval, [_step(approval, verdict, node, tuple(states)) for verdict in ("approve", "refuse")]


def read_who(node: Node, key: str, parties: dict[str, PartyRole]) -> tuple[str, ...]:
    """Who takes a step: words of WHO, the assignee, parties, and `unit:SLUG` of any unit."""
    known = (*WHO, ASSIGNEE, "unit:SLUG", *(PARTY + role for role in parties))
    found = node.texts(key, required=True)
    for who in found:
        if who not in known and not (who.startswith(UNIT) and who != UNIT):
            (node.child(key) or node).fault(
                f"«{who}» is not known in «{key}»; choose from {', '.join(known)}"
            )
    return found


def _need(node: Node, places: int) -> int:
    """How many must approve: `all` (usual), `any` or a number."""
    child = node.child("need")
    if child is not None and isinstance(child.value, int):
        return node.number("need", most=max(places, 1))
    return 1 if node.one_of("need", ("all", "any"), default="all") == "any" else places


def _step(approval: Approval, verdict: Verdict, node: Node, states: tuple[str, ...]) -> Step:
    approves = verdict == "approve"
    asked = tuple(read_field(each) for each in node.entries("form" if approves else "refusal"))
    said = f"{{actor}} «{approval.label}» را تأیید {'کرد' if approves else 'نکرد'}."
    return Step(
        name=approval.step(verdict),
        label=f"تأیید {approval.label}" if approves else f"عدم تأیید {approval.label}",
        by=cast("Any", tuple(dict.fromkeys(approval.of))),
        from_=approval.from_,
        to=node.one_of("approved_to" if approves else "refused_to", states) or None,
        form=asked if approves or asked else (REASON,),
        says=node.text("says" if approves else "refused_says", default=said),
        help=node.text("help", default=""),
        risky=not approves,
        when=approval.when,
        tells=node.text("tells", default="") if approves else "",
        four_eyes=node.flag("four_eyes", default=False),
        not_by=node.texts("not_by"),
        approval=approval.name,
        verdict=verdict,
    )
