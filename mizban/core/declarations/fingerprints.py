"""What a rule does, as a hash: a published version names rules, and a name stands for one behaviour for good."""

import ast
import hashlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from .grammar import Declaration
from .nodes import Fault
from .rules import CALCULATIONS, RULES

Definitions = dict[str, ast.stmt]


def _functions(declaration: Declaration) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every registered function the declaration names, by its name; one that is not registered is another fault."""
    steps = declaration.steps.values()
    for name in (*declaration.checks, *(name for step in steps for name in step.checks)):
        if name in RULES:
            yield name, RULES[name]
    for field in (*declaration.form, *(field for step in steps for field in step.form)):
        for computed in (each.computed for each in (field, *field.columns)):
            if computed and computed.rule in CALCULATIONS:
                yield computed.rule, CALCULATIONS[computed.rule]


def fingerprints(declaration: Declaration) -> dict[str, str]:
    """The fingerprint of every rule and calculation the declaration names, as they are in this process."""
    return {name: fingerprint(function) for name, function in _functions(declaration)}


def changed_rules(declaration: Declaration, source: str, published: dict[str, str]) -> list[Fault]:
    """A fault for each named rule that does something else than what was published under its name."""
    return [
        Fault(
            _line_of(name, source),
            f"rule «{name}» does not do what it did when it was published; "
            "give the new behaviour a new name and leave the old rule to running cases",
        )
        for name, now in fingerprints(declaration).items()
        if published.get(name, now) != now
    ]


@cache
def fingerprint(function: Callable[..., Any]) -> str:
    """The hash of what a rule is made of: its code and whatever of its own module it uses.

    Comments, docstrings and layout do not count. What it imports from elsewhere is taken as it is.
    """
    module = sys.modules[function.__module__]
    written = _definitions(ast.parse(inspect.getsource(module)))
    used = "\n".join(ast.unparse(written[name]) for name in sorted(_used(function.__name__, written)))
    return hashlib.sha256(used.encode()).hexdigest()


def _definitions(module: ast.Module) -> Definitions:
    """What a module defines at its top, by name, without docstrings."""
    found: Definitions = {}
    for statement in module.body:
        for name in _names(statement):
            found[name] = _bare(statement)
    return found


def _names(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef() | ast.ClassDef():
            yield statement.name
        case ast.Assign():
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name() as target):
            yield target.id


def _bare(statement: ast.stmt) -> ast.stmt:
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node, clean=False):
            node.body = node.body[1:] or [ast.Pass()]
    return statement


def _used(name: str, written: Definitions) -> set[str]:
    """The names of the module's own definitions that `name` leads to, itself among them."""
    used, waiting = set(), [name]
    while waiting:
        found = waiting.pop()
        if found in written and found not in used:
            used.add(found)
            waiting += [node.id for node in ast.walk(written[found]) if isinstance(node, ast.Name)]
    return used


def _line_of(name: str, source: str) -> int:
    """The first line that names the rule."""
    named = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    return next((number for number, line in enumerate(source.splitlines(), 1) if named.search(line)), 1)
