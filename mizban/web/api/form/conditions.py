"""When a question is asked, as JSON Schema: what the server works out from the answers, said for programs."""

from collections.abc import Mapping
from typing import Any

from mizban.core.declarations.conditions import Condition
from mizban.core.declarations.fields import Field

Schema = dict[str, Any]


def required_when(field: Field, fields: Mapping[str, Field]) -> Schema | None:
    """Over the object of answers: when this question must be answered; None for always or never."""
    parts = [
        part
        for part in (_asked(field, fields), _wanted(field.required_if, fields) if field.required_if else None)
        if part is not None
    ]
    if not parts or not (field.required or field.required_if):
        return None
    return parts[0] if len(parts) == 1 else {"allOf": parts}


def asked_when(field: Field, fields: Mapping[str, Field]) -> Schema | None:
    """Over the object of answers: when this question is asked; None for always."""
    return _asked(field, fields)


def _asked(field: Field, fields: Mapping[str, Field]) -> Schema | None:
    return _wanted(field.show_if, fields) if field.show_if else None


def _wanted(condition: Condition, fields: Mapping[str, Field]) -> Schema:
    """Conditions look at answers of questions that are asked: an answer to another one is dropped before."""
    parts = [_wanted(part, fields) for part in condition.parts]
    match condition.op:
        case "all":
            return {"allOf": parts}
        case "any":
            return {"anyOf": parts}
        case "not":
            return {"not": parts[0]}
        case _:
            test: Schema = {"required": [condition.name]}
            if condition.op != "answered":
                test["properties"] = {condition.name: TESTS[condition.op](condition.wanted)}
            known = fields.get(condition.name)
            asked = _asked(known, fields) if known else None
            found = {"allOf": [asked, test]} if asked else test
            return {"not": found} if condition.op == "answered" and not condition.wanted else found


def _is(wanted: Any) -> Schema:
    return {"const": wanted}


def _in(wanted: Any) -> Schema:
    return {"enum": list(wanted)}


def _greater(wanted: Any) -> Schema:
    return {"type": "integer", "exclusiveMinimum": wanted}


def _less(wanted: Any) -> Schema:
    return {"type": "integer", "exclusiveMaximum": wanted}


def _contains(wanted: Any) -> Schema:
    return {"type": "array", "contains": {"const": wanted}}


TESTS = {"is": _is, "in": _in, "greater": _greater, "less": _less, "contains": _contains}
