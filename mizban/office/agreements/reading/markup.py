"""The visible text of an HTML page, a line for each block; linear, whatever the page holds."""

import html
import re

from .tables import lines_of_table

_START = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN = frozenset(
    ["script", "style", "head", "noscript", "template", "svg", "iframe", "object", "select", "textarea"]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "tbody",
        "tfoot",
        "thead",
        "ul",
    ]
)
# Tables are marked while the page is walked and laid out as rows after it; pages hold none of these signs.
_MARKS = {"table": "\x1c", "/table": "\x1d", "tr": "\x1e", "td": "\x1f", "th": "\x1f"}
_UNMARKED = str.maketrans(dict.fromkeys("\x1c\x1d\x1e\x1f", "\n"))
_TABLE = re.compile("\x1c([^\x1c\x1d]*)\x1d")
_TAG = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:-]{0,30}")
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")
_LONGEST_TAG = 20_000


def is_markup(text: str) -> bool:
    """Whether a text is an HTML page."""
    return bool(_START.match(text[:4000]))


def text_of_markup(page: str) -> str:
    """What a reader sees, one line a block, «- » before list items, «# » before headings; scripts are left out."""
    parts: list[str] = []
    page = page.translate(_UNMARKED)
    lower = page.lower()
    at = 0
    while at < len(page):
        start = page.find("<", at)
        if start < 0:
            parts.append(_BLANKS.sub(" ", page[at:]))
            break
        parts.append(_BLANKS.sub(" ", page[at:start]))
        at = _after_tag(page, lower, start, parts)
    laid_out = _TABLE.sub(_rows, "".join(parts)).translate(_UNMARKED)
    lines = html.unescape(laid_out).split("\n")
    return "\n".join(line for line in (_BLANKS.sub(" ", line).strip() for line in lines) if line)


def _rows(table: re.Match[str]) -> str:
    rows = [row.split("\x1f") for row in table[1].split("\x1e")]
    before = "".join(rows[0])
    return "\n".join(["", before, *lines_of_table([row[1:] for row in rows[1:]]), ""])


def _after_tag(page: str, lower: str, start: int, parts: list[str]) -> int:
    if page.startswith("<!--", start):
        end = page.find("-->", start + 4)
        return end + 3 if end >= 0 else len(page)
    tag = _TAG.match(page, start + 1)
    if not tag and page[start + 1 : start + 2] not in ("!", "?"):
        parts.append("<")
        return start + 1
    end = page.find(">", start, start + _LONGEST_TAG)
    if end < 0:
        return len(page)
    name = tag.group().lower() if tag else ""
    if name in _HIDDEN:
        closing = lower.find(f"</{name}", end)
        return closing if closing >= 0 else len(page)
    parts.append(_instead_of(name))
    return end + 1


def _instead_of(name: str) -> str:
    bare = name.removeprefix("/")
    if name == "li":
        return "\n- "
    if name in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return "\n# "
    if name in _MARKS:
        return _MARKS[name]
    return "\n" if bare in _BLOCKS else ""
