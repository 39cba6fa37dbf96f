"""What can be wrong with targets: what they name, and parts that do not fit the whole."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

from ..grammar import UNIT, Declaration, Target
from ..nodes import Node
from .states import MOST_CASES, possible
from .steps import check_plain

# What a working day is worth where days and minutes are added (formats.md §14). Not a setting: what was published once
# must be read again whatever an office's day has become.
WORKING_DAY = 450
UNIT_SLUG = re.compile(r"unit:[a-z0-9]+(-[a-z0-9]+)*")


def check_targets(declaration: Declaration, nodes: dict[str, Node]) -> None:
    targets = declaration.targets.values()
    if targets and not any(target.when is None and target.is_promise for target in targets):
        next(iter(nodes.values())).fault(
            "no target is the promise of all cases; one must have no «when», «starts», «in», «part_of» or «owed_by»"
        )
    for name, target in declaration.targets.items():
        check_plain(declaration, target.when, f"target «{name}»", nodes[name])
        _check_names(declaration, target, nodes[name])
        _check_values(target, nodes[name])
    for name in sorted({target.part_of for target in targets} & set(declaration.targets)):
        _check_parts(declaration, declaration.targets[name], nodes[name])


def _check_names(declaration: Declaration, target: Target, node: Node) -> None:
    for key, steps in (("until", target.until), ("starts", target.starts)):
        for step in steps:
            if step not in declaration.steps:
                verb = "ends" if key == "until" else "starts"
                (node.child(key) or node).fault(
                    f"target «{target.name}» {verb} with «{step}», which is no step"
                )
    for state in target.in_:
        if state in declaration.states and declaration.states[state].closed:
            node.fault(f"target «{target.name}» counts in «{state}», which is closed; choose an open state")
    whole = declaration.targets.get(target.part_of)
    if target.part_of and (whole is None or whole.part_of):
        node.fault(f"«part_of: {target.part_of}» names no target, or one that is a part itself")


def _check_values(target: Target, node: Node) -> None:
    if not target.until and (target.is_promise or target.starts):
        node.fault("«until» is missing; add «until: […]», the steps that fulfil it")
    if set(target.until) & set(target.starts):
        node.fault(f"target «{target.name}» starts and ends with the same step")
    if target.norm > target.within:
        node.fault(
            f"the norm of «{target.name}» is longer than its «within»; it must be at most {target.within}"
        )
    if not target.is_promise and not target.label:
        node.fault(f"target «{target.name}» is not the promise, so it needs a «label» people read")
    if target.owed_by.startswith(UNIT) and not UNIT_SLUG.fullmatch(target.owed_by):
        node.fault(f"«owed_by: {target.owed_by}» is no unit; write «unit:» and the unit's slug")


def _check_parts(declaration: Declaration, whole: Target, node: Node) -> None:
    """The time of the parts of any one case must fit the whole; a day is `WORKING_DAY` minutes."""
    parts = [target for target in declaration.targets.values() if target.part_of == whole.name]
    for answers in _cases(declaration, [whole, *parts]):
        if not whole.is_for(answers):
            continue
        taken = sum(_minutes(part) for part in parts if part.is_for(answers))
        if taken > _minutes(whole):
            node.fault(
                f"the parts of «{whole.name}» take {taken:,} working minutes, and it has {_minutes(whole):,}"
                f" (a day is {WORKING_DAY}); give the parts less, or the whole more"
            )
            return


def _minutes(target: Target) -> int:
    return target.within * (WORKING_DAY if target.unit == "working_days" else 1)


def _cases(declaration: Declaration, targets: list[Target]) -> Iterator[Mapping[str, Any]]:
    """Every combination of plain answers these targets look at."""
    names = sorted({name for target in targets if target.when for name in target.when.names()})
    every = [list(possible(declaration.field(name))) or [None] for name in names]
    for answers in islice(product(*every), MOST_CASES):
        yield dict(zip(names, answers, strict=True))
