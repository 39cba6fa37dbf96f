"""What people wrote, on its way to a page."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mizban.core.declarations.fields import Field
from mizban.lib.text import persian_digits

_WORD = re.compile(r"\S+")
_LATIN = re.compile(r"[A-Za-z]")


def with_persian_digits(text: str) -> str:
    """A text as screens show it; words with Latin letters (chassis numbers, addresses) keep theirs."""
    if not _LATIN.search(text):
        return persian_digits(text)
    return _WORD.sub(lambda word: word[0] if _LATIN.search(word[0]) else persian_digits(word[0]), text)


def readable(fields: Iterable[Field], answers: Mapping[str, Any]) -> list[tuple[Field, Any]]:
    """The answered questions in order with their stored answers, ready for the `answer` macro of the kit."""
    return [
        (
            field,
            with_persian_digits(answers[field.name])
            if field.kind in ("text", "long_text")
            else answers[field.name],
        )
        for field in fields
        if field.name in answers
    ]
