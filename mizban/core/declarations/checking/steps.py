"""What can be wrong with steps: their form, what they say, and whether anybody can take them."""

from string import Formatter

from ..conditions import Condition
from ..grammar import PARTY, Declaration, Step
from ..nodes import Node
from ..rules import RULES
from .fields import NAME, check_fields
from .parties import asked_parties
from .timed import check_timed

SPOKEN = frozenset({"actor", "unit"})


def check_step(step: Step, node: Node) -> None:
    check_fields(step.form, list(node.entries("form")))
    check_rules(step.checks, node.child("checks"))
    if not NAME.fullmatch(step.name):
        node.fault(f"«{step.name}» must be lower-case letters, digits and «_», beginning with a letter")
    said = SPOKEN | {field.name for field in step.form}
    for key, sentence in (("says", step.says), ("tells", step.tells)):
        for name in _placeholders(sentence):
            if name not in said:
                node.fault(
                    f"«{key}» of «{step.name}» speaks of «{{{name}}}»; known: {', '.join(sorted(said))}"
                )


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
    brought = asked_parties(declaration)
    brought |= {PARTY + role for step in declaration.steps.values() for role in step.brings}
    for name, step in declaration.steps.items():
        states = [declaration.states[state] for state in step.from_ if state in declaration.states]
        if states and all(state.closed for state in states) and step.open_for is None:
            nodes[name].fault(
                f"step «{name}» is one nobody may take: its states are closed; change «from», or reopen them for"
                " a time: «open_for: {within: 10, unit: working_days}»"
            )
        if step.by and all(who.startswith(PARTY) and who not in brought for who in step.by):
            nodes[name].fault(f"step «{name}» is one nobody may take: no step brings its party in")
        check_timed(step, nodes[name])
