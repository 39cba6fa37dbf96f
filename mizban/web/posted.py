"""A posted form: what was typed, the files it brings and keeps, and how all of it is shown again."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mizban.core.cases.models import CaseFile
from mizban.core.cases.papers import files as case_files
from mizban.core.declarations.conditions import Condition
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.kinds import KINDS
from mizban.core.declarations.lookups import LOOK_UPS
from mizban.core.declarations.rules import Asking
from mizban.core.declarations.tables import MalformedRows
from mizban.kit.answers import as_spoken
from mizban.kit.forms import PARTS, Attached, Bound, Value, kept_ids, raw_value
from mizban.kit.requests import Request
from mizban.kit.widgets import WIDGETS
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import persian_digits

from .posted_files import take_uploads
from .posted_tables import is_at_work, read_table, sheet_of

__all__ = ["is_at_work", "sheet_of"]

OTHERWISE = "اگر به درخواست شما مربوط است"
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")

Files = dict[str, list[CaseFile]]


@dataclass(frozen=True, slots=True)
class Posted:
    """`raw` answers and waiting `files` by field name; `errors` are those of uploads that were not taken.

    A table too long for a page waits among the files; its rows are in `raw`, too.
    """

    raw: dict[str, Value]
    files: Files
    errors: dict[str, Malformed]


def new_token() -> str:
    """What binds the uploads of a form to it, and makes a form that is sent twice one case."""
    return secrets.token_urlsafe(16)


def token_of(request: Request) -> str:
    """The token the form was made with; a fresh one where it is missing or garbled."""
    sent = request.POST.get("token", "")
    return sent if TOKEN.fullmatch(sent) else new_token()


def read(
    request: Request, fields: Iterable[Field], *, agency_id: int, token: str, prefix: str = ""
) -> Posted:
    """What was sent for these fields. New uploads are stored, the one named by `remove` is deleted.

    Files are looked up by the form's token alone, so an id of somebody else's file finds nothing.
    """
    fields = tuple(fields)
    lists = {name: request.POST.getlist(name) for name in request.POST}
    posted = Posted({}, _kept(fields, lists, agency_id=agency_id, token=token, prefix=prefix), {})
    for field in fields:
        if field.columns:
            _table(request, field, posted, agency_id=agency_id, token=token, prefix=prefix)
        elif not KINDS[field.kind].is_file:
            posted.raw[field.name] = raw_value(field, request.POST, lists, prefix)
        else:
            _upload(request, field, posted, agency_id=agency_id, token=token, prefix=prefix)
    _work_out(fields, posted)
    return posted


def _table(
    request: Request, field: Field, posted: Posted, *, agency_id: int, token: str, prefix: str
) -> None:
    kept = posted.files.pop(field.name, [])
    sent = read_table(request, field, kept, agency_id=agency_id, token=token, prefix=prefix)
    posted.raw[field.name] = sent.rows
    if sent.file:
        posted.files[field.name] = [sent.file]
    if sent.error:
        posted.errors[field.name] = sent.error


def _work_out(fields: Sequence[Field], posted: Posted) -> None:
    """What nobody types stands on the page as far as it can be worked out; whatever was sent for it does not."""
    computed = [field for field in fields if field.computed is not None]
    if not computed:
        return
    answers = fill(fields, posted.raw, posted.files).answers
    for field in computed:
        known = field.name in answers
        posted.raw[field.name] = as_spoken(field, answers[field.name]) if known else ""


def prefilled(fields: Iterable[Field], asking: Asking) -> dict[str, Value]:
    """What the one who opens a form need not type."""
    return {field.name: LOOK_UPS[field.prefill](asking) for field in fields if field.prefill in LOOK_UPS}


def _kept(
    fields: Sequence[Field], lists: Mapping[str, Sequence[str]], *, agency_id: int, token: str, prefix: str
) -> Files:
    """The files that were sent before, by field, without those taken off now."""
    ids = [(field.name, kept_ids(prefix + field.name, lists)) for field in fields]
    if "remove" not in lists and not any(named for _, named in ids):
        return {}
    waiting = _waiting(agency_id, token)
    for file_id in lists.get("remove", ()):
        if file_id in waiting:
            case_files.drop(waiting.pop(file_id))
    kept: Files = {}
    for field, named in ids:
        once = dict.fromkeys(named)
        found = [waiting[each] for each in once if each in waiting and waiting[each].field == field]
        if found:
            kept[field] = found
    return kept


def _waiting(agency_id: int, token: str) -> dict[str, CaseFile]:
    rows = CaseFile.objects.waiting(case_files.waiting_hash(token)).filter(agency_id=agency_id)
    return {str(file.pk): file for file in rows}


def _upload(
    request: Request, field: Field, posted: Posted, *, agency_id: int, token: str, prefix: str
) -> None:
    kept = posted.files.get(field.name, [])
    taken, refusal = take_uploads(request, field, len(kept), agency_id=agency_id, token=token, prefix=prefix)
    if taken:
        posted.files[field.name] = [*kept, *taken]
    if refusal:
        posted.errors[field.name] = refusal


def bounds(
    fields: Iterable[Field],
    raw: Mapping[str, Value],
    errors: Mapping[str, Malformed] | None = None,
    files: Mapping[str, Sequence[CaseFile]] | None = None,
    *,
    prefix: str = "",
) -> list[Bound]:
    """The questions as a page shows them: as typed, each with its error and its files.

    Every question is on the page, for want of a script: one that is asked only sometimes says when.
    """
    errors, files = errors or {}, files or {}
    return [
        Bound(
            field=field,
            value=raw.get(field.name),
            error=_told(errors[field.name]) if field.name in errors else None,
            attached=tuple(
                Attached(str(file.pk), case_files.name_of(file), file.size)
                for file in (() if field.columns else files.get(field.name, ()))
            ),
            prefix=prefix,
            cells=_cells(errors.get(field.name)),
            stored=str(files[field.name][0].pk) if field.columns and files.get(field.name) else "",
        )
        for field in _hinted(tuple(fields))
    ]


def _told(error: Malformed) -> str:
    """What is wrong; of a table whose cells say it themselves, how many there are and the first of them."""
    if isinstance(error, MalformedRows) and len(error.cells) > 1:
        return f"{persian_digits(str(len(error.cells)))} خانه نیاز به اصلاح دارد. نخست {error.first}"
    return error.message


def _cells(error: Malformed | None) -> dict[tuple[int, str], str]:
    """What is wrong in single cells of a table."""
    found = error.cells if isinstance(error, MalformedRows) else {}
    return {place: fault.message for place, fault in found.items()}


def _hinted(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The questions, each that is asked only sometimes with a word on when; kept, but for those of one case."""
    if any(field.of_one_case for field in fields):
        return _with_hints.__wrapped__(fields)
    return _with_hints(fields)


@lru_cache(maxsize=1024)
def _with_hints(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(
        replace(field, help=with_hint(field, only_when(field.show_if, fields))) if field.show_if else field
        for field in fields
    )


def with_hint(field: Field, hint: str) -> str:
    """The help of a question with a word before it on when it is asked; the kind's own help is not lost."""
    said = field.help or WIDGETS[field.kind].help
    return f"{hint}. {said}" if said else hint


def only_when(condition: Condition, fields: Sequence[Field]) -> str:
    """When a question is asked, in words: «تنها برای شکایت»."""
    if condition.op == "all":
        said = [only_when(part, fields) for part in condition.parts]
        return " و ".join(dict.fromkeys(each for each in said if each != OTHERWISE)) or OTHERWISE
    inner = condition.parts[0] if condition.op == "not" else condition
    asked = next((field for field in fields if field.name == inner.name), None)
    if asked is None or inner.op not in ("is", "in"):
        return OTHERWISE
    wanted = inner.wanted if inner.op == "in" else (inner.wanted,)
    is_not = inner is not condition
    if asked.options:
        if is_not:
            # «برای همه جز تضمین ندارم» cannot be read without its marks.
            return f"برای همه جز {' و '.join(f'«{asked.label_of(str(value))}»' for value in wanted)}"
        return f"تنها برای {' یا '.join(asked.label_of(str(value)) for value in wanted)}"
    if asked.kind not in ("yes_no", "declaration"):
        return OTHERWISE
    answer = "بله" if (True in wanted) is not is_not else "خیر"
    return f"تنها اگر پاسخ «{asked.label}» {answer} است"


def carried(fields: Iterable[Field], posted: Posted) -> list[tuple[str, str]]:
    """Names and values of hidden inputs that bring the same answers and files once more."""
    pairs: list[tuple[str, str]] = []
    for field in fields:
        value = posted.raw.get(field.name)
        if field.columns:
            pairs += [] if posted.files.get(field.name) else _rows_carried(field, value)
        elif field.kind in PARTS and isinstance(value, Mapping):
            # The password of another case is never written into a page.
            parts = [part for part in PARTS[field.kind] if part != "password"]
            pairs += [(f"{field.name}__{part}", value.get(part, "")) for part in parts]
        elif isinstance(value, str):
            pairs.append((field.name, value))
        elif isinstance(value, Sequence):
            pairs += [(field.name, str(each)) for each in value]
        pairs += [(f"{field.name}__kept", str(file.pk)) for file in posted.files.get(field.name, ())]
    return pairs


def _rows_carried(field: Field, value: Value | None) -> list[tuple[str, str]]:
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, Sequence) else []
    cells = [
        (f"{field.name}__{number}__{column}", str(typed))
        for number, row in enumerate(rows)
        for column, typed in row.items()
    ]
    return [(f"{field.name}__rows", str(len(rows))), *cells] if rows else []
