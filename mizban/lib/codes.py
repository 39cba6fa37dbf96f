"""Tracking codes and passwords: digits only, because people type them on a Persian keyboard."""

import secrets

from .text import ascii_digits

CODE_LENGTH = 12
PASSWORD_LENGTH = 12
_DIGITS = frozenset("0123456789")
_LONGEST_TYPED = 256

# Damm's quasigroup of order ten: finds every wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def damm_digit(digits: str) -> str:
    """Return the check digit that follows `digits`; ValueError for anything but ASCII digits."""
    if not _DIGITS.issuperset(digits):
        raise ValueError("damm_digit takes ASCII digits only")
    row = 0
    for digit in digits:
        row = int(_DAMM[row][int(digit)])
    return str(row)


def new_tracking_code() -> str:
    """Return a fresh code: eleven random digits, the first not zero, and their check digit."""
    digits = str(secrets.choice(range(1, 10))) + _random_digits(CODE_LENGTH - 2)
    return digits + damm_digit(digits)


def is_tracking_code(text: str) -> bool:
    """Say whether `text` is a code as it is stored; what people typed goes through `tidy_code` first."""
    if len(text) != CODE_LENGTH or not _DIGITS.issuperset(text):
        return False
    return text[0] != "0" and damm_digit(text) == "0"


def tidy_code(text: str) -> str:
    """Return the ASCII digits of a typed or pasted code or password, and nothing else.

    Blanks, dashes, marks of direction and a pasted label («کد رهگیری: …») fall away; what is far too
    long to be a code is cut, so the answer is never long.
    """
    return "".join(mark for mark in ascii_digits(text[:_LONGEST_TYPED]) if mark in _DIGITS)


def new_password() -> str:
    """Return twelve random digits, shown once in fours."""
    return _random_digits(PASSWORD_LENGTH)


def in_groups(code: str, size: int = 4) -> list[str]:
    """Return `code` cut into groups of `size` from the left, as screens and receipts show it."""
    return [code[start : start + size] for start in range(0, len(code), size)]


def _random_digits(count: int) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(count))
