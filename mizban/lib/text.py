"""Persian text at the edge: one spelling for what is stored, one key for what is searched (formats.md §12).

Text that is later signed passes through neither function: a signature covers what its author wrote.
"""

import re
import unicodedata

ZWNJ = "\u200c"

_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC = "٠١٢٣٤٥٦٧٨٩"
_ASCII = "0123456789"
_TO_ASCII = str.maketrans(_PERSIAN + _ARABIC, _ASCII * 2)
_TO_PERSIAN = str.maketrans(_ASCII + _ARABIC, _PERSIAN * 2)

_DROPPED = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters; line ends are folded below
    "\u00ad"  # soft hyphen
    "\u0640\u064b-\u0652"  # tatweel and harakat
    "\u061c\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # joiners, bidi marks, BOM
    "\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff"  # half a character: no database and no encoder takes it
    "\U000e0001\U000e0020-\U000e007f"  # invisible tags
    "]+"
)
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ے": "ی",
        "ۓ": "ئ",
        "ك": "ک",
        "ڪ": "ک",
        "ہ": "ه",
        "ھ": "ه",
        "ە": "ه",
        "ۂ": "ۀ",
        "ۃ": "ة",
    }
    | {"\u200b": ZWNJ, "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
    | _TO_ASCII
)
# Arabic and full-width forms only: NFKC on whole texts would also turn ² into 2 and ½ into 1⁄2.
_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD), *range(0xFF01, 0xFF5F))


def _unfolded(form: str) -> str:
    # Isolated harakat unfold to a blank and the mark; the blank was never typed.
    return _DROPPED.sub("", unicodedata.normalize("NFKC", form)).lstrip(" ").translate(_LETTERS)


_SPELLING = _LETTERS | {form: _unfolded(chr(form)) for form in _FORMS}

# A hamza or madda typed as a second character: the same letter as the ready-made one.
_COMPOSED = re.compile("[اوی][\u0653-\u0655]")
_READY_MADE = {"ا\u0653": "آ", "ا\u0654": "أ", "ا\u0655": "إ", "و\u0654": "ؤ", "ی\u0654": "ئ"}
_EZAFE = re.compile("ۀ|ه\u0654")

_OTHER_DIGIT = re.compile("[0-9\u0660-\u0669]")
_LINE_ENDS = re.compile("\r\n?")
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n \t]")
_JOINERS = re.compile(f"{ZWNJ}+")
_LOOSE_JOINER = re.compile(f"(?<=[ \t\n]){ZWNJ}|{ZWNJ}(?=[ \t\n])")
_BLANKS_AT_LINE_END = re.compile("[ \t]*\n[ \t]*")

_KEY_MARKS = re.compile("[\u0610-\u061a\u0653-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]+")
_KEY_LETTERS = str.maketrans("أإآٱةؤئ", "ااااهوی")


def tidy(text: str) -> str:
    """Return `text` in the spelling that is stored: ی and ک, ASCII digits, single blanks (formats.md §12).

    Takes any string. Lines and single tabs stay, one ZWNJ inside a word stays, أ ؤ ئ ۀ ة stay; tatweel,
    harakat, marks of direction and control characters go. Tidying twice changes nothing more.
    """
    text = _DROPPED.sub("", text).translate(_SPELLING)
    text = _COMPOSED.sub(lambda pair: _READY_MADE.get(pair[0], pair[0]), text)
    return _single_blanks(text)


def search_key(text: str) -> str:
    """Return the key under which `text` is found: tidied, ZWNJ a blank, أ ؤ ئ ة ۀ folded (formats.md §12)."""
    text = tidy(text).replace(ZWNJ, " ").casefold()
    text = _EZAFE.sub("ه ی", text)
    text = _KEY_MARKS.sub("", text.translate(_KEY_LETTERS))
    return " ".join(text.split())


def compact_key(text: str) -> str:
    """Return the search key without blanks: «خدمت ها», «خدمتها» and «خدمت‌ها» are one (formats.md §12)."""
    return search_key(text).replace(" ", "")


def ascii_digits(text: str) -> str:
    """Return `text` with Persian and Arabic-Indic digits as ASCII ones, and nothing else changed."""
    return text.translate(_TO_ASCII)


def persian_digits(text: str | int) -> str:
    """Return `text` as screens show it: every ASCII or Arabic-Indic digit as a Persian one."""
    text = str(text)
    # Looking is ten times quicker than translating, and most of what people write has no digit.
    return text.translate(_TO_PERSIAN) if _OTHER_DIGIT.search(text) else text


def _single_blanks(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text)
    text = _BLANKS.sub(lambda run: "\t" if "\t" in run[0] else " ", text)
    text = _JOINERS.sub(ZWNJ, text)
    text = _LOOSE_JOINER.sub("", text)
    text = _BLANKS.sub(lambda run: "\t" if "\t" in run[0] else " ", text)
    return _BLANKS_AT_LINE_END.sub("\n", text).strip(f" \t\n{ZWNJ}")
