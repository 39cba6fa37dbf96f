"""Reads service-level agreements: text in, a `Reading` out. Plain Python: no Django, network, model or clock."""

from datetime import date
from pathlib import Path

from .errors import UnreadableFile
from .model import Reading
from .reader import read_text
from .sources import text_of

__all__ = ["Reading", "UnreadableFile", "read_file", "read_text"]


def read_file(path: Path, *, today: date) -> Reading:
    """Read a .txt, .docx, .pdf or .html file of at most 5 MB; raises UnreadableFile with a Persian message.

    Lines are those of the file for .txt, of the extracted text for the others. `today` is a Gregorian date.
    """
    return read_text(text_of(path), today=today)
