"""What is wrong with a declaration beyond its grammar: faults a clerk or an applicant would stumble over."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from string import Formatter
from typing import Any

from .bounds import BOUNDED
from .conditions import Condition
from .fields import USUAL_FORMATS, Field
from .grammar import PARTY, Declaration, Step
from .kinds import KINDS
from .nodes import Node
from .rules import RULES

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
SPOKEN = frozenset({"actor", "unit"})
MOST_FIELDS = 200
# Names the forms of the portal, the desk and the API use beside the questions.
RESERVED = frozenset({"token", "intent", "remove", "seen", "true", "csrfmiddlewaretoken", "step"})
RESERVED_STARTS = ("applicant_", "agreed_")
# Those of the page on which a clerk files for somebody.
RESERVED_AT_FILING = frozenset({"accepted", "channel"})
MOST_CASES = 5000
SEARCHED = ("text", "long_text", "plate", "vin", "plot")


def check(declaration: Declaration, root: Node) -> None:
    """Record every fault of a declaration that was read."""
    if declaration.slug and not SLUG.fullmatch(declaration.slug):
        (root.child("service") or root).fault("«service» must be lower-case words joined by «-»")
    for key in ("form", "states", "steps", "targets"):
        if not getattr(declaration, key):
            (root.child(key) or root).fault(f"«{key}» is missing or empty; a service needs it")
    questions = [field for page in root.entries("pages") for field in page.entries("form")]
    questions = questions or list(root.entries("form"))
    _check_fields(declaration.form, questions)
    for field, node in zip(declaration.form, questions, strict=True):
        if field.name in RESERVED_AT_FILING:
            node.fault(f"field name «{field.name}» is used by the pages themselves; choose another")
    _check_named_fields(declaration, root)
    _check_parties(declaration, dict(root.named("parties")))
    _check_rules(declaration.checks, root.child("checks"))
    nodes = dict(root.named("steps"))
    for name, step in declaration.steps.items():
        _check_step(step, nodes[name])
        _check_plain(declaration, step.when, f"step «{name}»", nodes[name])
    _check_takers(declaration, nodes)
    _check_states(declaration, dict(root.named("states")))
    _check_targets(declaration, dict(root.named("targets")))


def _check_fields(fields: Iterable[Field], nodes: list[Node]) -> None:
    before: dict[str, Field] = {}
    if len(nodes) > MOST_FIELDS:
        nodes[MOST_FIELDS].fault(f"more than {MOST_FIELDS} fields; split the service")
    for field, node in zip(fields, nodes, strict=True):
        _check_name(field, node, before)
        _check_conditions(field, node, before)
        if field.kind in ("choice", "choices") and not field.options:
            node.fault(f"«{field.name}» is a choice without options; add «options: {{value: برچسب}}»")
        if field.search and field.kind not in SEARCHED:
            node.fault(f"«{field.name}» cannot be searched; «search» is for {', '.join(SEARCHED)}")
        _check_bounds(field, node)
        before[field.name] = field


def _check_name(field: Field, node: Node, before: Mapping[str, Field]) -> None:
    if field.name and not NAME.fullmatch(field.name):
        node.fault(f"field name «{field.name}» must be lower-case letters, digits and «_»")
    if field.name in RESERVED or field.name.startswith(RESERVED_STARTS) or "__" in field.name:
        node.fault(f"field name «{field.name}» is used by the pages themselves; choose another")
    if field.name in before:
        node.fault(f"two fields are named «{field.name}»; rename one")


def _check_conditions(field: Field, node: Node, before: Mapping[str, Field]) -> None:
    for condition in (field.show_if, field.required_if):
        for name in condition.names() - set(before) if condition else ():
            node.fault(f"«{field.name}» depends on «{name}», which is not asked before it")
    for name, value in _impossible(field.show_if, before):
        node.fault(
            f"«{field.name}» is never asked for «{value}»: «{name}» has no such option; mend «show_if»"
        )


def _impossible(condition: Condition | None, before: Mapping[str, Field]) -> Iterator[tuple[str, object]]:
    """The values a condition waits for that no answer can have."""
    if condition is None:
        return
    for part in condition.parts:
        yield from _impossible(part, before)
    asked = before.get(condition.name)
    if asked is None or asked.kind not in ("choice", "choices") or condition.op not in ("is", "in"):
        return
    known = {option.value for option in asked.options}
    wanted = condition.wanted if condition.op == "in" else (condition.wanted,)
    yield from ((condition.name, value) for value in wanted if value not in known)


def _check_bounds(field: Field, node: Node) -> None:
    if (field.least or field.most) and field.kind not in BOUNDED:
        node.fault(f"«least» and «most» of «{field.name}» are for {', '.join(BOUNDED)}")
    if field.most and field.least > field.most:
        node.fault(f"«{field.name}» has a «least» above its «most»; no answer would be right")
    if field.day and field.kind != "date":
        node.fault(f"«day» of «{field.name}» is for a question of kind date")
    if field.formats != USUAL_FORMATS and not KINDS[field.kind].is_file:
        node.fault(f"«formats» of «{field.name}» are for questions of kind file or files")


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
        elif field and not field.plain:
            node.fault(f"party «{name}» comes from «{field.name}», so that must be «plain: true»")
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


def _check_takers(declaration: Declaration, nodes: dict[str, Node]) -> None:
    """Every step must have somebody to take it, somewhere: in a state that is open, by an agency that came in."""
    brought = {PARTY + role for step in declaration.steps.values() for role in step.brings}
    for name, step in declaration.steps.items():
        states = [declaration.states[state] for state in step.from_ if state in declaration.states]
        if states and all(state.closed for state in states):
            nodes[name].fault(f"step «{name}» is one nobody may take: its states are closed; change «from»")
        if step.by and all(who.startswith(PARTY) and who not in brought for who in step.by):
            nodes[name].fault(f"step «{name}» is one nobody may take: no step brings its party in")
        if step.by == ("system",):
            nodes[name].fault(f"step «{name}» is one nobody may take: nothing is taken by the system yet")


def _check_states(declaration: Declaration, nodes: dict[str, Node]) -> None:
    reached = _reached(declaration)
    for name, state in declaration.states.items():
        node, open_steps = nodes[name], declaration.steps_open_in(name)
        if name not in reached:
            node.fault(f"state «{name}» is never reached; a step must lead «to: {name}»")
        leaving = [step for step in open_steps if step.to not in (None, name)]
        if not state.closed and not leaving:
            node.fault(f"state «{name}» is a dead end; add a step «from: [{name}]» or «closed: true»")
        elif not state.closed and (stuck := _stuck(declaration, leaving)):
            said = ", ".join(f"{question}: {answer}" for question, answer in stuck.items())
            node.fault(f"state «{name}» is a dead end for a case with {{{said}}}; add a step without «when»")
        _check_turn(declaration, name, node)


def _stuck(declaration: Declaration, leaving: list[Step]) -> Mapping[str, Any] | None:
    """Plain answers no step that leads on is for, the applicant's withdrawal aside; None where there are none."""
    onward = [step for step in leaving if step.by != ("applicant",)] or leaving
    names = sorted({name for step in onward for name in (step.when.names() if step.when else ())})
    every = [list(_possible(declaration.field(name))) for name in names]
    for answers in islice(product(*every), MOST_CASES):
        case = {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}
        if not any(step.is_for(case) for step in onward):
            return case
    return None


def _possible(field: Field | None) -> Iterator[Any]:
    """The answers a question can have, as conditions see them: its options, yes and no, or nothing."""
    if field is None or not field.required or field.show_if or field.required_if:
        yield None
    if field and field.kind == "yes_no":
        yield from (True, False)
    elif field:
        yield from (option.value for option in field.options)


def _check_turn(declaration: Declaration, name: str, node: Node) -> None:
    """Only a return that names an item may stop the clock, and whoever's turn it is must have a step to take."""
    state = declaration.states[name]
    if state.turn == "party" and not any(
        who.startswith(PARTY) for step in declaration.steps_open_in(name) for who in step.by
    ):
        node.fault(f"state «{name}» waits for another agency, which has no step to take there")
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


def _check_plain(declaration: Declaration, when: Condition | None, what: str, node: Node) -> None:
    """What holds for some cases only can be told from their plain answers."""
    for question in when.names() if when else ():
        field = declaration.field(question)
        if field is None or not field.plain:
            node.fault(f"{what} depends on «{question}», which must be a «plain: true» question of the form")


def _check_targets(declaration: Declaration, nodes: dict[str, Node]) -> None:
    if declaration.targets and all(target.when for target in declaration.targets.values()):
        next(iter(nodes.values())).fault(
            "every target has «when»; one without it must hold for all other cases"
        )
    for name, target in declaration.targets.items():
        _check_plain(declaration, target.when, f"target «{name}»", nodes[name])
        for step in target.until:
            if step not in declaration.steps:
                nodes[name].fault(f"target «{name}» ends with «{step}», which is no step")
