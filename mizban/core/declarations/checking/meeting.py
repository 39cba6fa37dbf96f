"""Targets that no case can meet: nothing leads to the steps that fulfil them, or only by waits longer than they are."""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

from ..grammar import Declaration, State, Step, Target
from ..nodes import Node
from .states import MOST_CASES, possible
from .targets import WORKING_DAY

Waits = dict[str, int]


def check_meeting(declaration: Declaration, nodes: dict[str, Node]) -> None:
    """Fault each target that cannot be met by some case it is for."""
    if not declaration.states:
        return
    for target in declaration.targets.values():
        ends = [declaration.steps[name] for name in target.until if name in declaration.steps]
        if ends and (fault := _unmet(declaration, target, ends)):
            nodes[target.name].fault(f"target «{target.name}» can never be met{fault}")


def _unmet(declaration: Declaration, target: Target, ends: list[Step]) -> str:
    """What keeps a case from meeting it, as the rest of a sentence; empty where nothing does."""
    asked: dict[frozenset[str], str] = {}
    for answers in _cases(declaration, target):
        open_to = frozenset(name for name, step in declaration.steps.items() if step.is_for(answers))
        if not target.is_for(answers):
            continue
        if open_to not in asked:
            asked[open_to] = _why(declaration, target, ends, open_to)
        if asked[open_to]:
            given = ", ".join(f"{name}: {answer}" for name, answer in answers.items() if answer is not None)
            return (f" by a case with {{{given}}}" if given else "") + asked[open_to]
    return ""


def _why(declaration: Declaration, target: Target, ends: list[Step], open_to: frozenset[str]) -> str:
    steps = [step for name, step in declaration.steps.items() if name in open_to and step.by]
    waits = _waits(declaration, target, steps)
    ways = [
        waits[state] + _wait(declaration.states[state], step)
        for step in ends
        if step in steps
        for state in step.from_
        if state in waits
    ]
    names = ", ".join(target.until)
    if not ways:
        return f": no way leads from its start to {names}; add a step, or mend «until»"
    if min(ways) > _minutes(target.within, target.unit):
        return (
            f": every way to {names} waits at least {min(ways):,} working minutes, and it has"
            f" {_minutes(target.within, target.unit):,}; shorten the waits or give it more"
        )
    return ""


def _waits(declaration: Declaration, target: Target, steps: list[Step]) -> Waits:
    """The least time on the clock, in working minutes, that timed steps take to lead to each state that is reached."""
    first = {declaration.first_state, declaration.signed_in_starts_at} - {""}
    started = {state for step in steps if step.name in target.starts for state in _leads_to(step)}
    waits = dict.fromkeys((started if target.starts else first) & set(declaration.states), 0)
    waiting = list(waits)
    while waiting:
        state = waiting.pop()
        for step in steps:
            if state not in step.from_ or state not in declaration.states:
                continue
            least = waits[state] + _wait(declaration.states[state], step)
            for to in _leads_to(step):
                if least < waits.get(to, least + 1):
                    waits[to] = least
                    waiting.append(to)
    return waits


def _leads_to(step: Step) -> set[str]:
    """The states a step can leave a case in; where it stays, those it is taken in."""
    return {step.to} if step.to else set(step.from_)


def _wait(state: State, step: Step) -> int:
    """How long only the system's patience holds a case there, while the clock runs."""
    if step.after is None or step.by != ("system",) or state.clock_stopped:
        return 0
    return _minutes(step.after.within, step.after.unit)


def _minutes(within: int, unit: str) -> int:
    return within * (WORKING_DAY if unit == "working_days" else 1)


def _cases(declaration: Declaration, target: Target) -> Iterator[Mapping[str, Any]]:
    """Every combination of plain answers that the target or a step looks at."""
    conditions = [target.when, *(step.when for step in declaration.steps.values())]
    names = sorted({name for when in conditions if when for name in when.names()})
    every = [list(possible(declaration.field(name))) or [None] for name in names]
    for answers in islice(product(*every), MOST_CASES):
        yield dict(zip(names, answers, strict=True))
