"""The key two wordings are compared by: the search key without blanks, but word starts remembered."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mizban.lib.text import search_key

# A day's name and the agreement's own quotes must not glue; letters and digits that touch are two words
# («۳روز»), because offices write both.
_WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?|%|٪")
_SHORT = 60
# An office writes «نسخهٔ پشتیبان» and «نسخه پشتیبان»; the search key tells them apart, a wording must not.
_EZAFE = re.compile("ۀ|ه\u0654")
_APART = re.compile(r"(?<=\wه) ی(?= )")


@dataclass(frozen=True)
class Key:
    """A compact key, and the places where a word begins in it."""

    compact: str
    starts: frozenset[int]


def folded(text: str) -> str:
    """The search key of a text, its «هٔ» and «ه ی» a plain «ه»."""
    return _APART.sub("", search_key(_EZAFE.sub("ه", text)))


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, without punctuation; ZWNJ parts words."""
    return _WORD.findall(folded(text))


def compact(text: str) -> str:
    """Only the letters and digits, folded: «كد پيگيري» and «کدپیگیری» are one."""
    return _compact(text) if len(text) < _SHORT else "".join(words(text))


# The same words and wordings come again thousands of times in one reading.
@lru_cache(maxsize=16_384)
def _compact(text: str) -> str:
    return "".join(words(text))


def key(text: str) -> Key:
    """The compact key of a text with its word starts."""
    return key_of(words(text))


def key_of(parts: list[str]) -> Key:
    """The key of words that are already folded."""
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part)
    return Key("".join(parts), frozenset(starts))
