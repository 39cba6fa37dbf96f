"""What hands really type: Persian digits, blanks, dashes and invisible marks around what counts."""

import re

from ..text import ZWNJ, tidy
from .malformed import Malformed

_LONGEST_TYPED = 200
_BETWEEN = re.compile(rf"[\s{ZWNJ}\-‐‑‒–—−_./\\،,()]+")
_DIGITS = frozenset("0123456789")


def bare(text: str, *, asked: str) -> str:
    """Return `text` without blanks and separators, in ASCII digits; Malformed when it is empty or endless.

    `asked` is the Persian sentence that says what belongs here, with an example.
    """
    if len(text) > _LONGEST_TYPED:
        raise Malformed("too-long", f"آنچه نوشته‌اید بسیار بلند است. {asked}")
    stripped = _BETWEEN.sub("", tidy(text))
    if not stripped:
        raise Malformed("empty", f"چیزی ننوشته‌اید. {asked}")
    return stripped


def bare_capitals(text: str, *, asked: str) -> str:
    """Return `text` bare, its Latin letters as capitals. Others stay: str.upper would make an S of ſ."""
    typed = bare(text, asked=asked)
    return typed.upper() if typed.isascii() else typed


def bare_digits(text: str, *, asked: str) -> str:
    """Return the ASCII digits of `text`; Malformed when anything but digits and separators was typed."""
    digits = bare(text, asked=asked)
    if not is_digits(digits):
        raise Malformed("not-digits", f"اینجا فقط رقم بنویسید. {asked}")
    return digits


def is_digits(text: str) -> bool:
    """Say whether `text` is ASCII digits only: str.isdigit also takes ² and ٣."""
    return bool(text) and _DIGITS.issuperset(text)
