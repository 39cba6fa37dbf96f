"""The text of a .pdf page by page, its letters put back in reading order where they were stored as drawn.

A page is read twice: as its text is stored, and as it is drawn, line by line from where each letter stands. What is
drawn is what people see: its numbers stand as printed, where the stored order may give «۵۱» for «۱۵».
"""

import io
import logging
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mizban.lib.text import ZWNJ

from .errors import UnreadableFile
from .keys import words
from .lexicon import lexicon

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 200
_LONGEST = 2_000_000
_PERSIAN = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_STRAIGHT = re.compile(r"[0-9۰-۹٠-٩A-Za-z@][0-9۰-۹٠-٩A-Za-z@./:\-_%+]*[0-9۰-۹٠-٩A-Za-z]|[0-9A-Za-z]")
_TURNED = str.maketrans("()[]<>«»", ")(][><»«")
_BACK_TO_FRONT = re.compile(r"^[^«]*»[^«»]*«|^[^(]*\)[^()]*\(")
_CLEARLY = 1.5


def text_of_pdf(data: bytes) -> str:
    """The pages' text, a line for each line; UnreadableFile where it needs a password, is damaged or has no text."""
    import pypdf  # noqa: PLC0415  # takes longer to import than five agreements to read
    from pypdf.errors import FileNotDecryptedError  # noqa: PLC0415  # as above

    # It speaks of every oddity on stderr, where one line a file is promised.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("encrypted")
        text = _pages(reader)
        drawn = _pages(reader, drawn=True) if _PERSIAN.search(text) else ""
    except UnreadableFile:
        raise
    except FileNotDecryptedError as error:
        raise UnreadableFile("encrypted") from error
    except RecursionError as error:
        raise UnreadableFile("damaged") from error
    except Exception as error:
        # A damaged file makes pypdf fail in many ways, none of which says more than this.
        raise UnreadableFile("damaged") from error
    if not text.strip():
        raise UnreadableFile("no-text")
    return _more_fluent(in_reading_order(text), in_reading_order(drawn))


def _pages(reader: "PdfReader", *, drawn: bool = False) -> str:
    pages: list[str] = []
    size = 0
    for page in reader.pages[:_MOST_PAGES]:
        pages.append((_as_drawn(page) if drawn else page.extract_text()) or "")
        size += len(pages[-1])
        if size > _LONGEST:
            break
    return "\n".join(pages)


def _as_drawn(page: "PageObject") -> str:
    try:
        text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return ""  # letters without a width, or a page too deep; the stored text remains
    # A half-space is often stored with some letter and comes again wherever that letter does: it tells nothing.
    return "\n".join(" ".join(line.split()) for line in text.replace(ZWNJ, "").split("\n"))


def _more_fluent(text: str, drawn: str) -> str:
    """The drawn text, unless more of the stored text's words follow each other as words do."""
    return drawn if _pairs(drawn) >= max(_pairs(text), 1) else text


def _pairs(text: str) -> int:
    known = lexicon().pairs
    return sum(pair in known for line in text.split("\n") for pair in pairwise(words(line)))


def in_reading_order(text: str) -> str:
    """The text with its Persian lines turned round, if turned lines hold clearly more known words."""
    lines = text.split("\n")
    sample = [line for line in lines if _PERSIAN.search(line)][:200]
    forward = sum(_known(line) for line in sample)
    backward = sum(_known(_turned(line)) for line in sample)
    if backward <= _CLEARLY * forward + 2:
        return text
    return "\n".join(_turned(line) if _PERSIAN.search(line) else line for line in lines)


def _known(line: str) -> int:
    known = lexicon().words
    return sum(len(word) > 2 and word in known for word in words(line))


def _turned(line: str) -> str:
    """A line read from its other end; numbers and Latin words keep their direction."""
    turned = _STRAIGHT.sub(lambda found: found.group()[::-1], line[::-1].translate(_TURNED))
    # Some programs store marks by what they mean, not by their look; then they stood right before.
    return turned.translate(_TURNED) if _BACK_TO_FRONT.search(turned) else turned
