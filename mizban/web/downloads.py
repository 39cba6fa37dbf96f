"""A file of a case on its way out: always saved, never shown inside the site."""

from urllib.parse import quote

from django.http import HttpResponse

from mizban.core.cases import files
from mizban.core.cases.models import CaseFile
from mizban.core.declarations.fields import FORMATS
from mizban.core.refusals import NotFound
from mizban.core.sealing.cipher import BrokenSeal

EXTENSIONS = {media_type: name for name, media_type in FORMATS.items()}
GONE = "این فایل پاک شده است."


def download(file: CaseFile) -> HttpResponse:
    """The file as it was sent, under its own name. Raises NotFound for one that was erased.

    The caller has found it through `visible_to`.
    """
    try:
        content, name = files.content_of(file), files.name_of(file)
    except (BrokenSeal, FileNotFoundError) as fault:
        raise NotFound(GONE) from fault
    headers = {
        "Content-Disposition": disposition(name, file.media_type),
        "Cache-Control": "private, no-store",
        # What strangers sent is not trusted with this site's origin, whatever it says it is.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=file.media_type, headers=headers)


def disposition(name: str, media_type: str) -> str:
    """`attachment` with the Persian name (RFC 5987) and a plain one for clients that cannot read it."""
    plain = f"file.{EXTENSIONS.get(media_type, 'bin')}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
