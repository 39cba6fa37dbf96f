"""What can be wrong with the questions of a form."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..bounds import BOUNDED
from ..conditions import Condition
from ..fields import USUAL_FORMATS, Field
from ..kinds import KINDS
from ..nodes import Node

NAME = re.compile(r"[a-z][a-z0-9_]*")
MOST_FIELDS = 200
# Names the forms of the portal, the desk and the API use beside the questions.
RESERVED = frozenset({"token", "intent", "remove", "seen", "true", "csrfmiddlewaretoken", "step"})
RESERVED_STARTS = ("applicant_", "agreed_")
SEARCHED = ("text", "long_text", "plate", "vin", "plot")


def check_fields(fields: Iterable[Field], nodes: list[Node]) -> None:
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
