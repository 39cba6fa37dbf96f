"""What can be wrong with the questions of a form."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..bounds import BOUNDED, DAYS
from ..conditions import Condition
from ..fields import USUAL_FORMATS, Field
from ..kinds import KINDS
from ..lookups import LOOK_UPS
from ..nodes import Node
from .computed import check_computed
from .tables import check_table

NAME = re.compile(r"[a-z][a-z0-9_]*")
MOST_FIELDS = 200
# Names the forms of the portal, the desk and the API use beside the questions.
RESERVED = frozenset({"token", "intent", "remove", "seen", "true", "csrfmiddlewaretoken", "step"})
RESERVED_STARTS = ("applicant_", "agreed_")
SEARCHED = ("text", "long_text", "plate", "vin", "plot")
TEXTS = ("text", "long_text")
# What a look-up can fill in: it gives one text, as people would type it.
PREFILLED = ("text", "long_text", "number", "rials", "date", "choice", "national_id", "legal_id", "mobile")


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
        _check_prefill(field, node)
        check_computed(field, node, before)
        check_table(field, node)
        if field.columns:
            check_fields(field.columns, list(node.entries("columns")))
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
        for op, asked in _misplaced(condition, before):
            node.fault(f"«{field.name}» asks «{op}» of «{asked.name}», a question of kind {asked.kind}")
    for name, value in _impossible(field.show_if, before):
        node.fault(
            f"«{field.name}» is never asked for «{value}»: «{name}» has no such option; mend «show_if»"
        )


def _misplaced(condition: Condition | None, before: Mapping[str, Field]) -> Iterator[tuple[str, Field]]:
    """The tests that no answer of their question can pass."""
    if condition is None:
        return
    for part in condition.parts:
        yield from _misplaced(part, before)
    asked = before.get(condition.name)
    if asked is None:
        return
    fits = {
        "contains": asked.kind == "choices",
        "greater": asked.kind in (*BOUNDED, "computed"),
        "less": asked.kind in (*BOUNDED, "computed"),
        # Whether a file is there is counted apart from the answers.
        "answered": not KINDS[asked.kind].is_file,
    }
    if not fits.get(condition.op, True):
        yield condition.op, asked


def _impossible(condition: Condition | None, before: Mapping[str, Field]) -> Iterator[tuple[str, object]]:
    """The values a condition waits for that no answer can have."""
    if condition is None:
        return
    for part in condition.parts:
        yield from _impossible(part, before)
    asked = before.get(condition.name)
    if asked is None or asked.kind not in ("choice", "choices"):
        return
    if condition.op not in ("is", "in", "contains"):
        return
    known = {option.value for option in asked.options}
    wanted = condition.wanted if condition.op == "in" else (condition.wanted,)
    yield from ((condition.name, value) for value in wanted if value not in known)


def _check_bounds(field: Field, node: Node) -> None:
    if (field.least or field.most) and field.kind not in BOUNDED:
        node.fault(f"«least» and «most» of «{field.name}» are for {', '.join(BOUNDED)}")
    if field.most and field.least > field.most:
        node.fault(f"«{field.name}» has a «least» above its «most»; no answer would be right")
    if (field.min_length or field.max_length or field.letters) and field.kind not in TEXTS:
        node.fault(f"«min_length», «max_length» and «letters» of «{field.name}» are for {', '.join(TEXTS)}")
    if field.max_length and field.min_length > field.max_length:
        node.fault(f"«{field.name}» has a «min_length» above its «max_length»; no answer would be right")
    if field.day and field.kind not in DAYS:
        node.fault(f"«day» of «{field.name}» is for questions of kind {', '.join(DAYS)}")
    if field.formats != USUAL_FORMATS and not KINDS[field.kind].is_file:
        node.fault(f"«formats» of «{field.name}» are for questions of kind file or files")


def _check_prefill(field: Field, node: Node) -> None:
    if field.prefill and field.prefill not in LOOK_UPS:
        node.fault(f"look-up «{field.prefill}» is not registered; known: {', '.join(sorted(LOOK_UPS))}")
    if field.prefill and field.kind not in PREFILLED:
        node.fault(f"«{field.name}» cannot be prefilled; «prefill» is for {', '.join(PREFILLED)}")
