"""Faults of declarations in Persian: the code says them in English, for whoever runs `mizban service check`."""

import re
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "faults.toml"


def in_persian(message: str) -> str:
    """The sentence for a site officer; the message itself where there is none for it."""
    for pattern, sentence in _patterns():
        if found := pattern.fullmatch(message):
            return sentence.format(*(in_persian(part) for part in found.groups()))
    return message


def sentences() -> dict[str, str]:
    """What is said in Persian, by the English it stands for, with `{}` for what varies."""
    written: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text("utf-8"))
    return {message: sentence for part in written.values() for message, sentence in part.items()}


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Those with most words first: what varies must not swallow them."""
    told = sorted(sentences().items(), key=lambda each: len(each[0].replace("{}", "")), reverse=True)
    return [
        (re.compile(re.escape(message).replace(r"\{\}", "(.*?)"), re.DOTALL), said) for message, said in told
    ]
