"""What a rehearsal asks, and answers that pass, as they would be typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from mizban.core.cases.filing.questions import form_at
from mizban.core.cases.steps.mending import form_of
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import cleaned
from mizban.core.declarations.grammar import APPLICANT_KINDS, Step
from mizban.core.declarations.kinds import KINDS
from mizban.kit.answers import as_typed
from mizban.kit.forms import Value
from mizban.lib.jalali import local
from mizban.web.examples.examples import Form, example_of

from .rehearsing import Stage


def typed_questions(stage: Stage, name: str) -> list[Field]:
    """The questions of a step, or of the filing, that are typed: files are there by themselves."""
    declared = stage.offering.declaration
    if stage.case is None:
        fields, _ = form_at(stage.offering.agency_id, declared.form)
        kinds = tuple(Option(kind, APPLICANT_KINDS[kind]) for kind in declared.applicants)
        who = (Field("applicant_kind", "choice", "متقاضی کیست؟", options=kinds),) if len(kinds) > 1 else ()
        fields = (*who, *fields)
    else:
        step = declared.steps.get(name)
        fields = form_of(stage.case, step) if step else ()
    return [field for field in fields if not KINDS[field.kind].is_file]


def example_answers(stage: Stage, asked: Sequence[Field], step: Step | None = None) -> dict[str, Any]:
    """Answers that pass, by question; one that finds none is left to the officer."""
    declared, today = stage.offering.declaration, local(stage.at).date()
    kind = declared.applicants[0]
    form = Form(tuple(asked), step.checks if step else declared.checks, today, (("applicant_kind", kind),))
    found = example_of(form).answers
    typed: dict[str, Any] = {"applicant_kind": kind}
    for field in asked:
        if field.name in found:
            typed[field.name] = _as_written(field, found[field.name], today)
    return typed


def _as_written(field: Field, answer: Any, today: date) -> Value:
    stored = cleaned(field, answer, today=today)
    if not field.columns:
        return as_typed(field, stored)
    columns = [column for column in field.columns if not column.computed]
    return [{c.name: as_typed(c, row[c.name]) for c in columns if c.name in row} for row in stored]
