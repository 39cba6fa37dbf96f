"""What is wrong with a declaration beyond its grammar: faults a clerk or an applicant would stumble over."""

import re

from ..grammar import Declaration
from ..nodes import Node
from .applicants import check_applicants, check_identity
from .approvals import check_approvals, check_four_eyes
from .fields import check_fields
from .lengths import check_lengths
from .meeting import check_meeting
from .parties import check_parties
from .returns import check_returns
from .states import check_states
from .steps import check_plain, check_rules, check_step, check_takers
from .targets import check_targets
from .unused import check_use
from .words import check_words

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# Names of the page on which a clerk files for somebody.
RESERVED_AT_FILING = frozenset({"accepted", "channel"})


def check(declaration: Declaration, root: Node) -> None:
    """Record every fault of a declaration that was read."""
    if declaration.slug and not SLUG.fullmatch(declaration.slug):
        (root.child("service") or root).fault("«service» must be lower-case words joined by «-»")
    for key in ("form", "states", "steps", "targets"):
        if not getattr(declaration, key):
            (root.child(key) or root).fault(f"«{key}» is missing or empty; a service needs it")
    # As they were read: with pages, a form beside them is a fault and nothing more.
    pages = root.entries("pages") if root.child("pages") else (root,)
    questions = [field for page in pages for field in page.entries("form")]
    check_fields(declaration.form, questions)
    for field, node in zip(declaration.form, questions, strict=True):
        if field.name in RESERVED_AT_FILING:
            node.fault(f"field name «{field.name}» is used by the pages themselves; choose another")
    _check_named_fields(declaration, root)
    check_applicants(declaration, root)
    check_identity(declaration, root)
    check_use(declaration, questions)
    check_parties(declaration, dict(root.named("parties")))
    check_rules(declaration.checks, root.child("checks"))
    nodes, approvals = dict(root.named("steps")), dict(root.named("approvals"))
    for name, node in nodes.items():
        check_step(declaration.steps[name], node)
        check_plain(declaration, declaration.steps[name].when, f"step «{name}»", node)
    check_approvals(declaration, approvals)
    nodes |= {name: approvals[step.approval] for name, step in declaration.steps.items() if step.approval}
    check_four_eyes(declaration, nodes)
    check_returns(declaration, nodes)
    check_takers(declaration, nodes)
    check_states(declaration, dict(root.named("states")))
    check_targets(declaration, dict(root.named("targets")))
    check_meeting(declaration, dict(root.named("targets")))
    check_words(root)
    check_lengths(declaration, root)


def _check_named_fields(declaration: Declaration, root: Node) -> None:
    for key in ("unit_from", "title_from"):
        name = getattr(declaration, key)
        if not name:
            continue
        node = root.child(key) or root
        field = declaration.field(name)
        if field is None:
            node.fault(f"«{key}: {name}» names no field of the form")
        elif not field.plain:
            node.fault(f"«{name}» is used by «{key}», so it must be «plain: true»")
    if declaration.unit and declaration.unit_from:
        (root.child("unit") or root).fault("a declaration has «unit» or «unit_from», not both")
