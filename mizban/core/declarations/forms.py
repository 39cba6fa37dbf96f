"""A form filled in: every answer cleaned, every error at once, hidden answers dropped."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import persian_digits

from .bounds import keep_formats, keep_within
from .fields import Field
from .kinds import KINDS, Kind
from .rules import broken
from .tables import clean_rows, is_written

Raw = Mapping[str, Any]
# From what names another case (`groups.clean_case`) to its code. Raises Malformed where it may not be named.
Resolve = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Filled:
    """`answers` by field name (JSON types; files are not among them) and `errors` by field name."""

    answers: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, Malformed] = field(default_factory=dict)


def fill(
    fields: Iterable[Field],
    raw: Raw,
    files: Mapping[str, Sequence[Any]] | None = None,
    *,
    checks: tuple[str, ...] = (),
    today: date | None = None,
    known: Raw | None = None,
    resolve: Resolve | None = None,
) -> Filled:
    """Clean `raw` (texts, lists or parts by field name), count `files` (by field name), then ask the rules.

    Never raises: what is wrong stands in `errors`. A question that is not asked is dropped, whatever was sent. `today`
    is Tehran's date, for questions about days past or to come; `known` is what rules may look at besides the answers;
    `resolve` says whether a case may be named (without it, only that what was typed can be a code).
    """
    files = files or {}
    filled = Filled()
    for question in fields:
        if not question.is_asked(filled.answers):
            continue
        try:
            _take_answer(question, raw, files, filled, today=today, resolve=resolve)
        except Malformed as refusal:
            filled.errors[question.name] = refusal
    # A rule may rely on what it looks at: it is asked once every single answer is right.
    if not filled.errors:
        filled.errors.update(broken(checks, {**(known or {}), **filled.answers}))
    return filled


def _take_answer(
    question: Field,
    raw: Raw,
    files: Mapping[str, Sequence[Any]],
    filled: Filled,
    *,
    today: date | None,
    resolve: Resolve | None,
) -> None:
    kind = KINDS[question.kind]
    if question.computed is not None:
        # Whatever was sent for it: nobody types this one.
        value = question.computed.of(filled.answers)
        if value is not None:
            filled.answers[question.name] = value
        return
    required = question.is_required(filled.answers)
    if kind.is_file:
        _check_files(question, files.get(question.name, ()), required=required)
        return
    typed = raw.get(question.name)
    if is_blank(kind, typed):
        if required:
            raise Malformed("required", _missing(question))
        return
    filled.answers[question.name] = cleaned(question, typed, today=today, resolve=resolve)


def cleaned(question: Field, typed: Any, *, today: date | None, resolve: Resolve | None = None) -> Any:
    """The stored value of one answer, as `fill` has it. Raises Malformed."""
    if question.columns:
        return clean_rows(question, typed, lambda row: fill(question.columns, row, today=today))
    value = KINDS[question.kind].clean(question, typed)
    keep_within(question, value, today=today)
    if question.kind == "case":
        return resolve(value) if resolve else value["code"]
    return value


def is_blank(kind: Kind, typed: Any) -> bool:
    """Whether nothing was typed: no value, only blanks, or every part empty."""
    if isinstance(typed, str):
        return not typed.strip()
    if kind.parts and isinstance(typed, dict):
        return not any(str(part).strip() for part in typed.values())
    if isinstance(typed, list) and typed and all(isinstance(row, dict) for row in typed):
        return not any(is_written(row) for row in typed)
    return typed is None or typed == []


def _check_files(question: Field, files: Sequence[Any], *, required: bool) -> None:
    if required and not files:
        raise Malformed("required", "فایلی پیوست نشده است. فایل را برگزینید.")
    if len(files) > question.max_files:
        most = persian_digits(str(question.max_files))
        raise Malformed("too-many-files", f"بیش از {most} فایل پیوست شده است؛ چند تا را بردارید.")
    keep_formats(question, files)


def _missing(question: Field) -> str:
    if question.label.endswith("؟"):
        return f"به «{question.label}» پاسخ دهید."
    if question.kind == "rows":
        return f"دست‌کم یک سطر از «{question.label}» را بنویسید."
    if question.options or question.kind == "yes_no":
        return f"«{question.label}» را برگزینید."
    if question.kind == "declaration":
        return f"برای ادامه لازم است این جمله را بپذیرید: «{question.label}»"
    return f"«{question.label}» را بنویسید."


def shown(fields: Iterable[Field], answers: Mapping[str, Any]) -> list[tuple[Field, str]]:
    """The answered questions in order, each with its answer as people read it."""
    return [
        (question, KINDS[question.kind].show(question, answers[question.name]))
        for question in fields
        if question.name in answers
    ]
