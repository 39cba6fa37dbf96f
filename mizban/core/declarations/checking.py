"""What is wrong with a declaration beyond its grammar: faults a clerk or an applicant would stumble over."""

import re
from collections.abc import Iterable
from string import Formatter

from .fields import Field
from .grammar import PARTY, Declaration, Step
from .nodes import Node
from .rules import RULES

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
SPOKEN = frozenset({"actor", "unit"})
MOST_FIELDS = 200
SEARCHED = ("text", "long_text", "plate", "vin", "plot")


def check(declaration: Declaration, root: Node) -> None:
    """Record every fault of a declaration that was read."""
    if declaration.slug and not SLUG.fullmatch(declaration.slug):
        (root.child("service") or root).fault("«service» must be lower-case words joined by «-»")
    for key in ("form", "states", "steps", "targets"):
        if not getattr(declaration, key):
            (root.child(key) or root).fault(f"«{key}» is missing or empty; a service needs it")
    questions = [field for page in root.entries("pages") for field in page.entries("form")]
    _check_fields(declaration.form, questions or list(root.entries("form")))
    _check_named_fields(declaration, root)
    _check_parties(declaration, dict(root.named("parties")))
    _check_rules(declaration.checks, root.child("checks"))
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
        if field.search and field.kind not in SEARCHED:
            node.fault(f"«{field.name}» cannot be searched; «search» is for {', '.join(SEARCHED)}")
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


def _check_parties(declaration: Declaration, nodes: dict[str, Node]) -> None:
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
        if not any(name in step.brings for step in declaration.steps.values()):
            node.fault(f"party «{name}» never comes in; a step must say «brings: [{name}]»")
        if not any(PARTY + name in step.by for step in declaration.steps.values()):
            node.fault(f"party «{name}» has no step to take; add a step «by: party:{name}»")


def _check_rules(names: tuple[str, ...], node: Node | None) -> None:
    for name in names:
        if node and name not in RULES:
            node.fault(f"rule «{name}» is not registered; known: {', '.join(sorted(RULES)) or 'none'}")


def _check_step(step: Step, node: Node) -> None:
    _check_fields(step.form, list(node.entries("form")))
    _check_rules(step.checks, node.child("checks"))
    said = SPOKEN | {field.name for field in step.form}
    for name in _placeholders(step.says):
        if name not in said:
            node.fault(f"«says» of «{step.name}» speaks of «{{{name}}}»; known: {', '.join(sorted(said))}")


def _placeholders(sentence: str) -> list[str]:
    """What a sentence asks for; anything but a plain name, such as an attribute of one, comes back as it stands."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return [sentence]
    return [
        name + (f"!{turn}" if turn else "") + (f":{form}" if form else "")
        for _, name, form, turn in parts
        if name is not None
    ]


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
    if declaration.targets and all(target.when for target in declaration.targets.values()):
        next(iter(nodes.values())).fault(
            "every target has «when»; one without it must hold for all other cases"
        )
    for name, target in declaration.targets.items():
        for question in target.when.names() if target.when else ():
            field = declaration.field(question)
            if field is None or not field.plain:
                nodes[name].fault(
                    f"target «{name}» depends on «{question}», which must be a «plain: true» question"
                )
        for step in target.until:
            if step not in declaration.steps:
                nodes[name].fault(f"target «{name}» ends with «{step}», which is no step")
