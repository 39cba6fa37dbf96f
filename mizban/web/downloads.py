"""A file of a case on its way out: always saved, never shown inside the site."""

from urllib.parse import quote

from django.http import HttpResponse

from mizban.core.cases.models import CaseFile
from mizban.core.cases.papers import files, sealed_tables
from mizban.core.cases.papers.sealed_tables import TABLE
from mizban.core.declarations.fields import FORMATS, Field
from mizban.core.refusals import NotFound
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.table_sheets import XLSX, filled_sheet

EXTENSIONS = {media_type: name for name, media_type in FORMATS.items()}
GONE = "این فایل پاک شده است."


def download(file: CaseFile) -> HttpResponse:
    """The file as it was sent, under its own name. Raises NotFound for one that was erased.

    The caller has found it through `visible_to`.
    """
    try:
        name = files.name_of(file)
        content = table_of(file) if file.media_type == TABLE else files.content_of(file)
    except (BrokenSeal, FileNotFoundError) as fault:
        raise NotFound(GONE) from fault
    media_type = XLSX if file.media_type == TABLE else file.media_type
    headers = {
        "Content-Disposition": disposition(name, media_type),
        "Cache-Control": "private, no-store",
        # What strangers sent is not trusted with this site's origin, whatever it says it is.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


def table_of(file: CaseFile) -> bytes:
    """The rows of a table as a sheet. Raises BrokenSeal, FileNotFoundError."""
    case, event = file.case, file.event
    assert case is not None  # noqa: S101  # what waits for its form is handed out by the form itself
    step = case.declaration.steps.get(event.facts.get("step", "")) if event else None
    declared = next((each for each in (step or case.declaration).form if each.name == file.field), None)
    rows = sealed_tables.rows_of(file)
    if declared is None:
        # Its case was moved to another version, which asks for no such table.
        names = list(rows[0]) if rows else []
        declared = Field(
            file.field, "rows", file.field, columns=tuple(Field(each, "text", each) for each in names)
        )
    return filled_sheet(declared, rows)


def disposition(name: str, media_type: str) -> str:
    """`attachment` with the Persian name (RFC 5987) and a plain one for clients that cannot read it."""
    plain = f"file.{EXTENSIONS.get(media_type, 'bin')}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
