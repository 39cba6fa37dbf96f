"""The text of a .docx: its paragraphs, tables and text boxes in order, read straight from the document part."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from .errors import UnreadableFile
from .tables import lines_of_table

_DOCUMENT = "word/document.xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The part of an honest agreement is far below this; a bomb is far above.
_LARGEST_PART = 20 * 1024 * 1024
_ENCRYPTED_FLAG = 0x1


def text_of_docx(data: bytes) -> str:
    """One line a paragraph, «- » before list items, «# » before headings; UnreadableFile for bombs and damage."""
    part = _document_part(data)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise UnreadableFile("damaged")
    try:
        root = ElementTree.fromstring(part)  # noqa: S314  # no document type is let through, so no entities
    except ElementTree.ParseError as error:
        raise UnreadableFile("damaged") from error
    return "\n".join(_blocks(root))


def _blocks(node: ElementTree.Element) -> Iterator[str]:
    """The lines of everything in a part, in order; a text box after the paragraph that holds it."""
    for child in node:
        if child.tag == _FALLBACK:
            continue  # says again, for older programs, what stands beside it
        if child.tag == f"{_W}p":
            yield from _lines(child)
            yield from (line for box in _boxes(child) for line in _blocks(box))
        elif child.tag == f"{_W}tbl":
            yield from lines_of_table([_row(row) for row in child.iter(f"{_W}tr")])
        else:
            yield from _blocks(child)


def _row(row: ElementTree.Element) -> list[str]:
    return ["\n".join(_blocks(cell)) for cell in row.findall(f"{_W}tc")]


def _boxes(node: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in node:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)


def _document_part(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if _DOCUMENT not in names:
                raise UnreadableFile("encrypted" if "EncryptedPackage" in names else "unsupported")
            info = archive.getinfo(_DOCUMENT)
            if info.flag_bits & _ENCRYPTED_FLAG:
                raise UnreadableFile("encrypted")
            with archive.open(info) as file:
                part = file.read(_LARGEST_PART + 1)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        KeyError,
    ) as error:
        raise UnreadableFile("damaged") from error
    except Exception as error:
        # zlib and lzma raise errors of their own for a damaged stream.
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile("damaged") from error
    if len(part) > _LARGEST_PART:
        raise UnreadableFile("too-large")
    return part


def _lines(paragraph: ElementTree.Element) -> Iterator[str]:
    properties = paragraph.find(f"{_W}pPr")
    mark = ""
    if properties is not None:
        style = properties.find(f"{_W}pStyle")
        name = style.get(f"{_W}val", "") if style is not None else ""
        if name.lower().startswith("heading"):
            mark = "# "
        elif properties.find(f"{_W}numPr") is not None:
            mark = "- "
    text = "".join(_pieces(paragraph))
    for number, line in enumerate(text.split("\n")):
        yield mark + line if line.strip() and number == 0 else line


def _pieces(paragraph: ElementTree.Element) -> Iterator[str]:
    for node in paragraph:
        if node.tag in (_FALLBACK, f"{_W}txbxContent", f"{_W}pPr"):
            continue
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag == f"{_W}tab":
            yield " "
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif node.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(node)
