"""From a file to its text: what sort of file it is, told by its content, and one clear error where it cannot be."""

import re
from pathlib import Path

from .encoding import decoded
from .errors import UnreadableFile
from .markup import is_markup, text_of_markup

LARGEST = 5 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OTHER_FORMATS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\x7fELF",
    b"BM\x00",
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_MOST_CONTROL = 0.005


def text_of(path: Path) -> str:
    """The text of a .txt, .docx, .pdf or .html file of at most 5 MB; UnreadableFile for anything else."""
    data = _bytes(path)
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        from .pdf import text_of_pdf  # noqa: PLC0415  # pypdf takes longer to import than agreements to read

        text = text_of_pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        from .docx import text_of_docx  # noqa: PLC0415  # only where such a file comes

        text = text_of_docx(data)
    else:
        text = _plain(data, path)
    if not text.strip("\ufeff\u200b\u200c \t\r\n\f\v\xa0"):
        raise UnreadableFile("no-text")
    return text


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableFile("not-a-file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise UnreadableFile("not-found") from error
    except PermissionError as error:
        raise UnreadableFile("no-permission") from error
    except (OSError, ValueError) as error:
        raise UnreadableFile("not-a-file") from error
    if len(data) > LARGEST:
        raise UnreadableFile("too-large")
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x0b\x0c\x00"):
        raise UnreadableFile("empty" if b"\x00\x00\x00\x00" not in data else "binary")
    return data


def _plain(data: bytes, path: Path) -> str:
    if data.startswith(_OLE):
        raise UnreadableFile("encrypted" if _ENCRYPTED_PACKAGE in data else "unsupported")
    if data.startswith(_OTHER_FORMATS):
        raise UnreadableFile("binary")
    text = decoded(data)
    if text is None or len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text) + 1:
        raise UnreadableFile("binary")
    if path.suffix.lower() in (".html", ".htm", ".xhtml") or is_markup(text):
        return text_of_markup(text)
    return text
