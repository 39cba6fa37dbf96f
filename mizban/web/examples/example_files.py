"""Files that pass: small and whole, for whoever tries a form out. Made here, so that nothing binary is kept."""

import zlib
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from struct import pack

from mizban.core.declarations.fields import FORMATS

ADDRESS = "/api/v1/examples/example."


def address_of(format_name: str) -> str:
    """Where the example of this format is served."""
    return ADDRESS + format_name


def example_format(formats: Sequence[str]) -> str:
    """The format to show where any of these is taken."""
    return next((name for name in formats if name in MAKERS), formats[0])


@cache
def example(format_name: str) -> tuple[bytes, str] | None:
    """The bytes and the media type of an example file; None for a format that is not taken."""
    make = MAKERS.get(format_name)
    return (make(), FORMATS[format_name]) if make else None


def _pdf() -> bytes:
    """One blank page of A4."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
    )
    whole, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(whole)
    return whole + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer


def _png() -> bytes:
    """One white point."""
    chunks = (
        (b"IHDR", pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\x00\xff\xff\xff")),
        (b"IEND", b""),
    )
    packed = (
        pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def _xlsx() -> bytes:
    """A workbook of one empty sheet."""
    import xlsxwriter  # noqa: PLC0415  # for sheets only, and every process would load it

    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.add_worksheet()
    return written.getvalue()


# A JPEG of one point takes tables that nobody would check by reading; a PNG serves as well.
MAKERS = {"pdf": _pdf, "png": _png, "xlsx": _xlsx}
