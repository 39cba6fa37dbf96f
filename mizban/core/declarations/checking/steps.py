"""What can be wrong with steps: their form, what they say, and whether anybody can take them."""

from string import Formatter

from ..conditions import Condition
from ..grammar import PARTY, Declaration, Step
from ..nodes import Node
from ..rules import RULES
from .fields import check_fields

SPOKEN = frozenset({"actor", "unit"})


def check_step(step: Step, node: Node) -> None:
    check_fields(step.form, list(node.entries("form")))
    check_rules(step.checks, node.child("checks"))
    said = SPOKEN | {field.name for field in step.form}
    for name in _placeholders(step.says):
        if name not in said:
            node.fault(f"«says» of «{step.name}» speaks of «{{{name}}}»; known: {', '.join(sorted(said))}")


def check_rules(names: tuple[str, ...], node: Node | None) -> None:
    for name in names:
        if node and name not in RULES:
            node.fault(f"rule «{name}» is not registered; known: {', '.join(sorted(RULES)) or 'none'}")


def check_plain(declaration: Declaration, when: Condition | None, what: str, node: Node) -> None:
    """What holds for some cases only can be told from their plain answers."""
    for question in when.names() if when else ():
        field = declaration.field(question)
        if field is None or not field.plain:
            node.fault(f"{what} depends on «{question}», which must be a «plain: true» question of the form")


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


def check_takers(declaration: Declaration, nodes: dict[str, Node]) -> None:
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
