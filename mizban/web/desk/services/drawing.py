"""A declaration as a diagram of states and the steps between them, and as the table beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from mizban.core.declarations.grammar import Declaration, Step
from mizban.core.declarations.grammar import State as Standing
from mizban.core.declarations.wording import TURNS, amount, condition, takers
from mizban.kit.diagrams import Box, Diagram, diagram
from mizban.kit.filters import fa
from mizban.kit.page import State

MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A step in the table: from where, what, by whom, to where (empty: it stays), and for which cases or when."""

    from_: str
    step: str
    by: str
    to: str
    only: str


def drawing(declared: Declaration) -> Diagram:
    """The states from the first one on, right to left, and the steps that lead from one to another.

    A step from very many states, such as a withdrawal, is drawn without the lines that lead to it.
    """
    layers = _layers(declared)
    moving = [step for step in declared.steps.values() if _before(step)]
    boxes = [
        Box(f"state {name}", 2 * layers[name], state.label, _whose(state), _colour(state))
        for name, state in declared.states.items()
    ]
    lines = []
    for step in moving:
        key, sources, by = f"step {step.name}", _before(step), takers(step, declared)
        if len(sources) > MOST_LINES:
            by, sources = f"{by}، از {fa(len(sources))} حالت", []
        boxes.append(Box(key, _column(step, layers), step.label, by, is_round=True))
        lines += [(f"state {name}", key) for name in sources]
        lines.append((key, f"state {step.to}"))
    counted = f"{fa(len(declared.states))} حالت و {fa(len(moving))} گام میان آن‌ها"
    return diagram(f"نمودار «{declared.title}»: {counted}", boxes, lines)


def _before(step: Step) -> list[str]:
    """The states a step leads out of; none for one that leaves the case where it is."""
    return [name for name in step.from_ if step.to not in (None, name)]


def _column(step: Step, layers: Mapping[str, int]) -> int:
    """Between the states a step leads from and the one it leads to; one that only leads back, on the way back."""
    sources, to = [layers[name] for name in _before(step)], layers[step.to or ""]
    if len(sources) > MOST_LINES:
        return 2 * to - 1
    ahead = [layer for layer in sources if layer < to]
    return 2 * max(ahead) + 1 if ahead else 2 * max(to, min(sources) - 1) + 1


def _layers(declared: Declaration) -> dict[str, int]:
    """How many steps it takes at most to come to each state, ways back aside; what is never reached is at the start."""
    onward: dict[str, list[str]] = {name: [] for name in declared.states}
    for step in declared.steps.values():
        for name in _before(step):
            onward[name].append(step.to or "")
    layers = dict.fromkeys(declared.states, 0)
    for name in _sorted(declared.first_state, onward):
        for to in onward[name]:
            layers[to] = max(layers[to], layers[name] + 1)
    return layers


def _sorted(first: str, onward: dict[str, list[str]]) -> list[str]:
    """The states in an order in which every line leads on; lines that close a circle are taken out of `onward`."""
    done: list[str] = []
    way: list[tuple[str, list[str]]] = [(first, list(onward[first]))]
    while way:
        name, ahead = way[-1]
        if not ahead:
            done.append(name)
            way.pop()
            continue
        to = ahead.pop(0)
        if to in [each for each, _ in way]:
            onward[name] = [each for each in onward[name] if each != to]
        elif to not in done:
            way.append((to, list(onward[to])))
    return done[::-1]


def _whose(state: Standing) -> str:
    if state.closed:
        return "پایان"
    if state.waits_for:
        return f"در انتظار {state.waits_for}"
    return f"{TURNS[state.turn]}، ساعت ایستاده" if state.clock_stopped else TURNS[state.turn]


def _colour(state: Standing) -> State:
    if state.closed:
        return "kept"
    if state.clock_stopped:
        return "hold"
    return "turn" if state.turn == "applicant" else "open"


def rows(declared: Declaration) -> list[Row]:
    """Every step from every state, in the order of the states: what the diagram shows, and what it cannot."""
    labels = {name: state.label for name, state in declared.states.items()}
    return [
        Row(
            state.label,
            step.label,
            takers(step, declared),
            labels.get(step.to or "", ""),
            _only(step, declared),
        )
        for name, state in declared.states.items()
        for step in declared.steps_open_in(name)
    ]


def _only(step: Step, declared: Declaration) -> str:
    parts = [condition(step.when, declared.form)] if step.when else []
    if step.after:
        parts.append(f"پس از {amount(step.after.within, step.after.unit)}")
    return "؛ ".join(parts)
