"""A table in a posted form: its cells, the sheet it is read from, and the buttons that change it without filing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from mizban.core.cases.models import CaseFile
from mizban.core.cases.papers import files as case_files
from mizban.core.cases.papers import sealed_tables
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import cleaned
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.forms import rows_by_hand
from mizban.kit.requests import Request
from mizban.kit.table_sheets import XLSX, blank_sheet, filled_sheet, read_sheet
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local

from .downloads import disposition

DO = "table-do"
MOST_POSTED = 300

Raw = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sent:
    """The rows of a table as they now stand; `file` where they wait sealed, `error` of a sheet that was not read."""

    rows: Raw
    file: CaseFile | None = None
    error: Malformed | None = None


def read_table(
    request: Request, field: Field, kept: Sequence[CaseFile], *, agency_id: int, token: str, prefix: str
) -> Sent:
    """What was typed, kept or uploaded for this table; a new sheet takes the place of what was there."""
    name = prefix + field.name
    sent = _before(request, field, kept, name)
    upload = request.FILES.get(f"{name}__sheet")
    if upload:
        data = upload.read()
        try:
            # What is too large was counted and thrown away as it arrived.
            case_files.check(upload.size or 0, data)
            return _imported(field, read_sheet(field, data), agency_id=agency_id, token=token, at=request.now)
        except Malformed as refusal:
            # Its cells are not those on the page: they are told in words.
            return Sent(sent.rows, sent.file, Malformed(refusal.code, refusal.message))
    deed, _, table = request.POST.get(DO, "").partition(":")
    return _changed(sent, deed, field) if table == name else sent


def _before(request: Request, field: Field, kept: Sequence[CaseFile], name: str) -> Sent:
    for file in kept:
        try:
            return Sent(sealed_tables.waiting_rows(file, field, at=request.now), file)
        except (BrokenSeal, FileNotFoundError):
            continue
    typed = request.POST.get(f"{name}__rows", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    columns = [column.name for column in field.columns if column.computed is None]
    return Sent(
        [
            {column: request.POST.get(f"{name}__{row}__{column}", "") for column in columns}
            for row in range(min(number, MOST_POSTED))
        ]
    )


def _imported(field: Field, rows: Raw, *, agency_id: int, token: str, at: datetime) -> Sent:
    """Few rows go onto the page, to be mended there; many wait sealed, and only once nothing is wrong with them."""
    if len(rows) <= rows_by_hand(field):
        return Sent(rows)
    found = cleaned(field, rows, today=local(at).date())
    file = sealed_tables.keep(agency_id, field, found, token=token, at=at)
    return Sent(sealed_tables.waiting_rows(file, field, at=at), file)


def _changed(sent: Sent, deed: str, field: Field) -> Sent:
    if deed == "clear":
        if sent.file:
            case_files.drop(sent.file)
        return Sent([])
    if deed == "add" and not sent.file and len(sent.rows) < rows_by_hand(field):
        return Sent([*(sent.rows or [{}]), {}])
    place = deed.removeprefix("drop")
    if deed.startswith("drop") and place.isascii() and place.isdigit() and len(place) < 5:
        return Sent([row for number, row in enumerate(sent.rows) if number != int(place)])
    return sent


def is_at_work(request: Request) -> bool:
    """Whether a button of a file or a table was pressed, not one that goes on."""
    return "remove" in request.POST or DO in request.POST


def sheet_of(
    request: Request,
    fields: Sequence[Field],
    raw: Mapping[str, Any],
    errors: dict[str, Malformed],
    *,
    prefix: str = "",
) -> HttpResponse | None:
    """The sheet that was asked for: an empty one, or what was typed so far; None where none was.

    Rows that are wrong somewhere cannot be written down: what is wrong is then among the `errors`.
    """
    deed, _, table = request.POST.get(DO, "").partition(":")
    field = next((each for each in fields if each.columns and prefix + each.name == table), None)
    if field is None or deed not in ("blank", "sheet"):
        return None
    if deed == "blank":
        return handed_out(field, blank_sheet(field))
    try:
        typed = raw.get(field.name)
        rows = cleaned(field, typed, today=local(request.now).date()) if typed else []
    except Malformed as refusal:
        errors[field.name] = refusal
        return None
    return handed_out(field, filled_sheet(field, rows))


def handed_out(field: Field, content: bytes) -> HttpResponse:
    """An xlsx file under the name of its table; never kept by a browser or a proxy."""
    headers = {
        "Content-Disposition": disposition(f"{field.label}.xlsx", XLSX),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)
