"""The smallest files that are what they claim to be: a page of a letter, a photograph of a paper, a table."""

import struct
import zlib
from functools import cache
from random import Random

from mizban.kit.sheets import sheet
from mizban.lib.text import persian_digits

PARTIES = ("شرکت آب منطقه‌ای", "پیمانکار راه روستایی", "شهرداری", "بانک مسکن")


def made(formats: tuple[str, ...], dice: Random) -> tuple[str, bytes]:
    """A name and the content of a file of one of these formats (`declarations.fields.FORMATS`)."""
    number = dice.randint(100, 9999)
    called = persian_digits(str(number))
    if "xlsx" in formats and "png" not in formats:
        return f"جدول-{called}.xlsx", _table()
    if "png" not in formats or dice.random() < 0.6:
        return f"نامه-{called}.pdf", pdf(f"No. {number}")
    return f"تصویر-{called}.png", png(number % 200)


@cache
def _table() -> bytes:
    rows = [(name, 10_000_000 * (place + 3)) for place, name in enumerate(PARTIES)]
    return sheet("جدول", ("طرف حساب", "مبلغ به ریال"), rows)


@cache
def pdf(line: str) -> bytes:
    """A PDF of one page with one line on it (ASCII)."""
    text = f"BT /F1 18 Tf 60 760 Td ({line}) Tj ET".encode("ascii")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(made))
    return made + head + table + tail


@cache
def png(shade: int) -> bytes:
    """A grey PNG of 48 by 32 points; `shade` from 0 (black) to 255 (white)."""
    rows = b"".join(b"\0" + bytes([shade]) * 48 for _ in range(32))
    header = struct.pack(">IIBBBBB", 48, 32, 8, 0, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
