"""Returns that name what is missing: the clerk chooses among the questions, the applicant is asked just these again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mizban.core.declarations.computing import worked_out
from mizban.core.declarations.conditions import Condition
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import Filled, is_blank
from mizban.core.declarations.grammar import Declaration, Step
from mizban.core.declarations.items import Item, read_items
from mizban.core.declarations.kinds import KINDS
from mizban.core.declarations.rules import broken
from mizban.core.events.models import Event
from mizban.core.sealing.cipher import BrokenSeal
from mizban.lib import jalali
from mizban.lib.identifiers.malformed import Malformed

from ..models.party import Party
from ..writing import opened
from .answers import answers_of
from .permitting import open_until

if TYPE_CHECKING:
    from ..models import Case, CaseFile

ITEMS = "items"
# What is chosen, sworn or computed rather than filled in: a return names it in its own words.
NOT_ASKED_AGAIN = frozenset({"unit", "agency", "declaration", "computed", "case"})
LONGEST_SHOWN = 120
FREE = "item_"
MOST_FILES = 5


def form_of(case: "Case", step: Step) -> tuple[Field, ...]:
    """What a step asks in this case: its own form, with the questions a return can name, and those it did name."""
    form = step.form
    if any(field.kind == ITEMS for field in form):
        options = tuple(Option(field.name, field.label) for field in _returnable(case))
        form = tuple(replace(field, options=options) if field.kind == ITEMS else field for field in form)
    return (*_again(case), *form) if step.mends else form


def as_asked(case: "Case", step: Step) -> Step:
    """The step with the form it has in this case, and until when it can be taken."""
    form, until = form_of(case, step), open_until(case, step)
    if until is not None:
        limit = f"تا پایان {jalali.spoken(jalali.local(until).date())} می‌توانید."
        step = replace(step, help=f"{step.help} {limit}".strip())
    return step if form == step.form else replace(step, form=form)


def form_at(case: "Case", event: Event, step: Step) -> tuple[Field, ...]:
    """What was asked when the step of this event was taken."""
    named = (case.declaration_at(event.number).field(name) for name in event.facts.get("mends", ()))
    return (*(field for field in named if field), *step.form)


def named_items(case: "Case") -> list[Item]:
    """What the last return named, while the case waits for it."""
    for event in reversed(case.history()):
        if event.facts.get("to", case.state) != case.state:
            break
        step = case.declaration_at(event.number).steps.get(event.facts.get("step", ""))
        listed = next((field for field in step.form if field.kind == ITEMS), None) if step else None
        if listed:
            return read_items(opened(event, case.key).get("answers", {}).get(listed.name, []))
    return []


def wrong(
    case: "Case",
    step: Step,
    filled: Filled,
    files: "Mapping[str, Sequence[CaseFile]]",
) -> dict[str, Malformed]:
    """What is wrong with a correction beyond its single answers: an item left out, a rule of the whole form broken."""
    if not step.mends:
        return {}
    asked = list(_again(case))
    told = any(field.name in filled.answers or files.get(field.name) for field in step.form)
    errors = {
        field.name: Malformed("required", "فایل را پیوست کنید، یا در توضیح بنویسید.")
        for field in asked
        if field.name.startswith(FREE) and not told and not files.get(field.name)
    }
    if errors or filled.errors or not case.declaration.checks:
        return errors
    names = {field.name for field in asked}
    whole = (
        _known(case)
        | answers_of(case).now
        | {name: value for name, value in filled.answers.items() if name in names}
    )
    found = broken(case.declaration.checks, worked_out(case.declaration.form, whole))
    return {name: malformed for name, malformed in found.items() if name in names}


def changes(case: "Case", step: Step, filled: Filled, facts: dict[str, Any]) -> dict[str, Any]:
    """What a correction does to the row; its `facts` name the questions, and hold the answers lists need."""
    if not step.mends:
        return {}
    asked = [field for field in _again(case) if not field.name.startswith(FREE)]
    facts["mends"] = [field.name for field in asked]
    plain = {
        field.name: filled.answers[field.name]
        for field in asked
        if field.plain and field.name in filled.answers
    }
    if not plain:
        return {}
    facts["plain"] = plain
    return {"plain": case.plain | plain}


def _again(case: "Case") -> Iterator[Field]:
    """The questions that were named, to be answered now; a place for files for what the form has no question for."""
    items = named_items(case)
    former = answers_of(case).now if items else {}
    for number, item in enumerate(items, start=1):
        field = case.declaration.field(item.field) if item.field else None
        if field is None:
            yield Field(
                f"{FREE}{number}",
                "files",
                item.label,
                help=item.remark,
                required=False,
                max_files=MOST_FILES,
                of_one_case=True,
            )
        else:
            yield replace(
                field,
                required=True,
                show_if=None,
                required_if=None,
                signed_in_may_omit=False,
                prefill="",
                help=_hint(field, item, former.get(field.name)),
                of_one_case=True,
            )


def _hint(field: Field, item: Item, former: Any) -> str:
    """What was said of the former answer, the answer itself, and the question's own help."""
    kind = KINDS[field.kind]
    shown = "" if kind.is_file or former is None or is_blank(kind, former) else kind.show(field, former)
    if len(shown) > LONGEST_SHOWN:
        shown = f"{shown[:LONGEST_SHOWN]}…"
    parts = (item.remark, shown and f"پاسخ پیشین: {shown}", field.help)
    return "؛ ".join(part.rstrip(".؛ ") for part in parts if part)


def _returnable(case: "Case") -> list[Field]:
    """The questions of the form that were asked in this case and whose answer steers nothing."""
    try:
        answers = answers_of(case).now
    except BrokenSeal:
        answers = case.plain
    steering = _steering(case.declaration)
    return [
        field
        for field in case.declaration.form
        if field.kind not in NOT_ASKED_AGAIN and field.name not in steering and field.is_asked(answers)
    ]


def _steering(declaration: Declaration) -> set[str]:
    """The questions that cannot be asked again: it depends on their answers what else is asked, promised or done."""
    conditions: list[Condition | None] = [
        *(condition for field in declaration.form for condition in (field.show_if, field.required_if)),
        *(step.when for step in declaration.steps.values()),
        *(target.when for target in declaration.targets.values()),
        *(approval.when for approval in declaration.approvals.values()),
    ]
    named = {name for condition in conditions if condition for name in condition.names()}
    sources = {party.source for party in declaration.parties.values()}
    # What the answering step asks itself cannot be asked beside it once more.
    own = {field.name for step in declaration.steps.values() if step.mends for field in step.form}
    return named | sources | own | {declaration.unit_from, declaration.title_from}


def _known(case: "Case") -> dict[str, Any]:
    """What rules of a whole form may look at besides the answers."""
    who = Party.who_applied(case).reveal(case.key)
    return {"applicant_kind": who.kind, "applicant_identifier": who.identifier}
