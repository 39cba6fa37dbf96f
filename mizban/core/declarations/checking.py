"""What is wrong with a declaration beyond its grammar: faults a clerk or an applicant would stumble over."""

import re
from collections.abc import Iterable

from .fields import Field
from .grammar import Declaration, Step
from .nodes import Node

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
PLACEHOLDER = re.compile(r"{(\w*)}")
SPOKEN = frozenset({"actor", "unit"})
MOST_FIELDS = 200


def check(declaration: Declaration, root: Node) -> None:
    """Record every fault of a declaration that was read."""
    if declaration.slug and not SLUG.fullmatch(declaration.slug):
        (root.child("service") or root).fault("«service» must be lower-case words joined by «-»")
    for key in ("form", "states", "steps", "targets"):
        if not getattr(declaration, key):
            (root.child(key) or root).fault(f"«{key}» is missing or empty; a service needs it")
    _check_fields(declaration.form, list(root.entries("form")))
    _check_named_fields(declaration, root)
    nodes = dict(root.named("steps"))
    for name, step in declaration.steps.items():
        _check_step(step, nodes[name])
    _check_states(declaration, dict(root.named("states")))
    _check_targets(declaration, dict(root.named("targets")))


def _check_fields(fields: Iterable[Field], nodes: list[Node]) -> None:
    before: set[str] = set()
    if len(nodes) > MOST_FIELDS:
        nodes[MOST_FIELDS].fault(f"more than {MOST_FIELDS} fields; split the service")
    for field, node in zip(fields, nodes, strict=True):
        if field.name and not NAME.fullmatch(field.name):
            node.fault(f"field name «{field.name}» must be lower-case letters, digits and «_»")
        if field.name in before:
            node.fault(f"two fields are named «{field.name}»; rename one")
        for condition in (field.show_if, field.required_if):
            for name in condition.names() - before if condition else ():
                node.fault(f"«{field.name}» depends on «{name}», which is not asked before it")
        if field.kind in ("choice", "choices") and not field.options:
            node.fault(f"«{field.name}» is a choice without options; add «options: {{value: برچسب}}»")
        before.add(field.name)


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


def _check_step(step: Step, node: Node) -> None:
    _check_fields(step.form, list(node.entries("form")))
    said = SPOKEN | {field.name for field in step.form}
    for name in PLACEHOLDER.findall(step.says):
        if name not in said:
            node.fault(f"«says» of «{step.name}» speaks of «{{{name}}}»; known: {', '.join(sorted(said))}")


def _check_states(declaration: Declaration, nodes: dict[str, Node]) -> None:
    reached = _reached(declaration)
    for name, state in declaration.states.items():
        node, open_steps = nodes[name], declaration.steps_open_in(name)
        if name not in reached:
            node.fault(f"state «{name}» is never reached; a step must lead «to: {name}»")
        if not state.closed and not any(step.to not in (None, name) for step in open_steps):
            node.fault(f"state «{name}» is a dead end; add a step «from: [{name}]» or «closed: true»")
        _check_turn(declaration, name, node)


def _check_turn(declaration: Declaration, name: str, node: Node) -> None:
    """Only a return that names an item may stop the clock, and whoever's turn it is must have a step to take."""
    state = declaration.states[name]
    if state.turn == "applicant" and not any("applicant" in s.by for s in declaration.steps_open_in(name)):
        node.fault(f"state «{name}» waits for the applicant, who has no step to take there")
    if not state.clock_stopped:
        return
    for step in declaration.steps.values():
        if step.to == name and not any(field.required for field in step.form):
            node.fault(
                f"step «{step.name}» stops the clock without naming what is missing; give it a required field"
            )


def _reached(declaration: Declaration) -> set[str]:
    reached, waiting = set(), [declaration.first_state]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += [step.to for step in declaration.steps_open_in(state) if step.to]
    return reached


def _check_targets(declaration: Declaration, nodes: dict[str, Node]) -> None:
    for name, target in declaration.targets.items():
        for step in target.until:
            if step not in declaration.steps:
                nodes[name].fault(f"target «{name}» ends with «{step}», which is no step")
