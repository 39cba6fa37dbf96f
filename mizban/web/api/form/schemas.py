"""A form as a JSON Schema: of a whole submission for guests, and of the data of one step."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse

from mizban.core.cases.filing.questions import asked_of
from mizban.core.cases.models import Offering
from mizban.core.declarations.applicants import ANONYMOUS, IDENTIFIER_NAMES, questions
from mizban.core.declarations.fields import Field
from mizban.core.declarations.grammar import APPLICANT_KINDS, Declaration, Step
from mizban.core.declarations.kinds import KINDS
from mizban.core.declarations.mandates import DATED, FILE, REPRESENTATIONS, mandate_questions
from mizban.core.people.actors import PUBLIC
from mizban.lib.jalali import iso
from mizban.office.agreements.models import AgreementVersion
from mizban.web.examples.candidates import SAMPLES, candidates
from mizban.web.examples.examples import Example, Form, example_of, is_conditional

from .conditions import required_when
from .properties import PATTERNS, Schema, property_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Of the identifier, by kind of applicant: what it is called in a submission, and its kind of question.
IDENTIFIERS = {
    "natural": "national_id",
    "legal": "legal_id",
    "foreign": "foreign_id",
    "agency": "legal_id",
}
NAMES = {
    "natural": "مریم رضایی",
    "legal": "شرکت نمونهٔ آذر",
    "foreign": "احمد کریمی",
    "agency": "ادارهٔ نمونهٔ استان",
}


def submission(offering: Offering, *, agreement: AgreementVersion | None, today: date) -> Schema:
    """The schema of what `POST cases` takes for this offering from a guest. `today` is Tehran's.

    The object made of `examples[0]` of all required properties passes; what holds files has no examples.
    """
    declaration, agency = offering.declaration, offering.agency
    applicant = _applicant_example(declaration.applicants)
    identifier = applicant[IDENTIFIERS[applicant["kind"]]]
    known = (("applicant_kind", applicant["kind"]), ("applicant_identifier", identifier))
    fields = asked_of(offering, by=PUBLIC).fields
    form = Form(fields, declaration.checks, today, known)
    properties = {
        "agency": _fixed(agency.name, agency.slug),
        "service": _fixed(declaration.title, offering.slug),
        "applicant": _applicant(declaration, applicant),
        "answers": {"title": "درخواست", **answers_of(fields, example_of(form), today=today)},
    }
    required = list(properties)
    if declaration.representation:
        properties["representative"] = _representative(declaration.representation, today=today)
    return {
        "$schema": DIALECT,
        "$id": reverse("api:form", args=[agency.slug, offering.slug]),
        "title": declaration.title,
        "description": declaration.summary,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
        **_extras(offering, agreement),
    }


def _fixed(title: str, value: str) -> Schema:
    return {"title": title, "const": value, "examples": [value]}


def _extras(offering: Offering, agreement: AgreementVersion | None) -> Schema:
    """What JSON Schema has no word for: the version, the pages, the agreement that binds."""
    declaration = offering.declaration
    pages = [
        {"title": page.title or declaration.title, "fields": [field.name for field in page.fields]}
        for page in declaration.pages
    ]
    bound = {"id": agreement.agreement_id, "version": agreement.number} if agreement else None
    return {"x-version": offering.version.number, "x-pages": pages, "x-agreement": bound}


def of_step(step: Step, *, today: date) -> Schema:
    """The schema of the `data` of a step."""
    form = Form(step.form, step.checks, today)
    return {"$schema": DIALECT, "title": step.label, **answers_of(step.form, example_of(form), today=today)}


def answers_of(fields: Sequence[Field], example: Example, *, today: date) -> Schema:
    """The object of the answers to these questions, with the conditions under which they are required.

    A question that only some submissions must answer stands under `allOf`; it is in `required` too if the example
    cannot do without it.
    """
    by_name = {field.name: field for field in fields}
    always = [
        field.name for field in fields if field.required and not (is_conditional(field) or field.computed)
    ]
    brought = [field.name for field in fields if is_conditional(field) and field.name in example.names]
    conditions = [
        {"if": when, "then": {"required": [field.name]}}
        for field in fields
        if not field.computed and (when := required_when(field, by_name)) is not None
    ]
    schema: Schema = {
        "type": "object",
        "properties": {field.name: _property(field, example, today=today) for field in fields},
        "required": [*always, *brought],
        "additionalProperties": False,
    }
    if conditions:
        schema["allOf"] = conditions
    if not any(KINDS[field.kind].is_file for field in fields) and example.passes:
        schema["examples"] = [example.answers]
    return schema


def _property(field: Field, example: Example, *, today: date) -> Schema:
    schema = property_of(field)
    if field.name in example.answers:
        chosen = [example.answers[field.name]]
        return schema | {"examples": chosen}
    others = candidates(field, today=today)[:1]
    return schema | {"examples": others} if others else schema


def _applicant_example(kinds: Sequence[str]) -> dict[str, str]:
    kind = next(kind for kind in kinds if kind != ANONYMOUS)
    name = IDENTIFIERS[kind]
    return {"kind": kind, "name": NAMES[kind], name: SAMPLES[name][0], "mobile": SAMPLES["mobile"][0]}


def _applicant(declaration: Declaration, example: dict[str, str]) -> Schema:
    """Who files: the identifier that goes with the kind is required, any other is refused."""
    kinds = declaration.applicants
    properties = _about_applicant(kinds)
    for part, value in example.items():
        properties[part] |= {"examples": [value]}
    schema: Schema = {
        "title": "متقاضی",
        "type": "object",
        "properties": properties,
        "required": ["kind", "name", "mobile"],
        "additionalProperties": False,
        "examples": [example],
    }
    if ANONYMOUS in kinds:
        schema["required"] = ["kind"]
        schema["x-anonymous"] = "تنها برای برخی درخواست‌ها؛ جز kind چیزی فرستاده نمی‌شود"
    if len({IDENTIFIERS.get(kind) for kind in kinds}) == 1:
        schema["required"] += [IDENTIFIERS[kinds[0]]]
    else:
        schema["allOf"] = [_identified_by(kind) for kind in kinds]
    return schema


def _representative(ways: Sequence[str], *, today: date) -> Schema:
    """Who applies for another; left out by whoever applies for oneself."""
    asked = {field.name: field for field in mandate_questions(ways)}
    day = property_of(asked["applicant_mandate_from"])
    parts = {
        "kind": {
            "title": "به چه عنوان؟",
            "enum": list(ways),
            "x-labels": {way: REPRESENTATIONS[way] for way in ways},
        },
        "name": property_of(asked["applicant_mandate_name"]),
        "national_id": property_of(asked["applicant_mandate_id"]),
        "number": property_of(asked["applicant_mandate_number"]),
        "from": day,
        "until": property_of(asked["applicant_mandate_until"]),
        "file": property_of(asked[FILE]),
    }
    shown = {
        "kind": ways[0],
        "name": "نسرین وکیلی",
        "national_id": SAMPLES["national_id"][0],
        "number": "1405/123",
        "from": iso(today),
        "until": iso(today + timedelta(days=90)),
    }
    for part, value in shown.items():
        parts[part] = {**parts[part], "examples": [value]}
    dated = {"properties": {"kind": {"enum": list(DATED)}}, "required": ["kind"]}
    return {
        "title": "به جای متقاضی",
        "type": "object",
        "properties": parts,
        "required": [part for part in parts if part != "until"],
        "additionalProperties": False,
        "if": dated,
        "then": {"required": ["until"]},
    }


def _about_applicant(kinds: Sequence[str]) -> dict[str, Schema]:
    name = next(field for field in questions(kinds) if field.name == "applicant_name")
    labels = {kind: APPLICANT_KINDS[kind] for kind in kinds}
    return {
        "kind": {"title": "متقاضی کیست؟", "enum": list(kinds), "x-labels": labels},
        "name": {"title": name.label, "type": "string", "minLength": 3, "maxLength": 120},
        **{IDENTIFIERS[kind]: _identifier(kind) for kind in kinds if kind != ANONYMOUS},
        "mobile": {"title": "تلفن همراه", "type": "string", "pattern": PATTERNS["mobile"]},
    }


def _identified_by(kind: str) -> Schema:
    of_kind = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
    if kind == ANONYMOUS:
        named = [{"required": [part]} for part in ("name", "mobile", *IDENTIFIERS.values())]
        return {"if": of_kind, "then": {"not": {"anyOf": named}}}
    return {"if": of_kind, "then": {"required": ["name", "mobile", IDENTIFIERS[kind]]}}


def _identifier(kind: str) -> Schema:
    name = IDENTIFIERS[kind]
    title = {"title": IDENTIFIER_NAMES[kind]}
    return title | {"type": "string", "pattern": PATTERNS[name], "examples": [SAMPLES[name][0]]}
