"""What can be wrong with states: never reached, a dead end, a clock that stops for nothing."""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

from ..fields import Field
from ..grammar import PARTY, Declaration, Step
from ..nodes import Node
from .returns import ITEMS

MOST_CASES = 5000


def check_states(declaration: Declaration, nodes: dict[str, Node]) -> None:
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
    every = [list(possible(declaration.field(name))) for name in names]
    for answers in islice(product(*every), MOST_CASES):
        case = {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}
        if not any(step.is_for(case) for step in onward):
            return case
    return None


def possible(field: Field | None) -> Iterator[Any]:
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
    if state.waits_for and not state.clock_stopped:
        node.fault(f"state «{name}» says whom it waits for, and its clock runs; add «clock: stopped»")
    if not state.clock_stopped or state.waits_for:
        return
    if state.turn != "applicant":
        node.fault(f"state «{name}» stops the clock for somebody it does not name; add «waits_for: …»")
        return
    for step in declaration.steps.values():
        if step.to == name and not any(field.kind == ITEMS and field.required for field in step.form):
            node.fault(
                f"step «{step.name}» stops the clock without naming what is missing; give it a required question of"
                " kind items, or name the outside wait: «waits_for: …» on the state"
            )


def _reached(declaration: Declaration) -> set[str]:
    reached, waiting = set(), [declaration.first_state]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += [step.to for step in declaration.steps_open_in(state) if step.to]
    return reached
