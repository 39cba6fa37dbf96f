"""Blanks that nobody filled in: «[مدت زمان]», «.......», «____», «<نام دستگاه>»."""

import re

from .keys import compact
from .offices import agency_in

_PLACEHOLDER = re.compile(
    r"\[\s*[^\W\d_][^\[\]\n]{0,60}\]"
    r"|<\s*[آ-ی][^<>\n]{0,40}>|\{\{?\s*[^\W\d_][^{}\n]{0,40}\}?\}"
    r"|(?:\.{2,}|…{2,})\s*/\s*(?:\.{2,}|…{2,})(?:\s*/\s*(?:\.{2,}|…{2,}|\d{2,4}))?"
    r"|_{3,}|\.{5,}|…{2,}|(?<!\w)[xX×]{2,}(?:/[xX×]{2,})*(?!\w)|\*{4,}|؟{3,}|\?{3,}|\b(?:TBD|TODO|N\.?N\.)\b"
)
# Footnote marks and links in square brackets are not blanks.
_NOT_ONE = re.compile(r"^\[\s*(?:src|http|www|note|sic|email|\d)", re.IGNORECASE)


def placeholders(text: str, titled: str | None = None) -> list[str]:
    """Every blank left open in a line, as written; «[عنوان]» is none where it holds the service's own title."""
    blanks = [found.group() for found in _PLACEHOLDER.finditer(text)]
    return [
        blank
        for blank in blanks
        if not (_NOT_ONE.match(blank) or _is_filled(blank) or (titled and compact(blank) == compact(titled)))
    ]


def _is_filled(blank: str) -> bool:
    """«[اداره کل زندان‌های استان یزد]»: the form's brackets are left, but the office is named."""
    return blank.startswith("[") and not re.search(r"\.\.|…|^\[\s*نام", blank) and agency_in(blank)
