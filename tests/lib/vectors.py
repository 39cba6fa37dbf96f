"""The vectors of formats.md, as they were computed, and a way to ask a parser without catching."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mizban.lib.identifiers.malformed import Malformed

VECTORS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "formats_vectors.json").read_text("utf-8")
)

_KEBAB = re.compile("[a-z]+(-[a-z]+)*")


def answered(parse: Callable[[str], Any], text: str) -> Any:
    """What `parse` answers, or the Malformed with which it refuses."""
    try:
        return parse(text)
    except Malformed as error:
        return error


def refusal(parse: Callable[[str], Any], text: str) -> str | None:
    """The code with which `parse` refuses `text`, or None where it does not."""
    answer = answered(parse, text)
    return answer.code if isinstance(answer, Malformed) else None


def is_taken(parse: Callable[[str], Any], text: str) -> bool:
    """Whether `parse` takes `text`."""
    return refusal(parse, text) is None


def assert_polite(error: Malformed) -> None:
    """A refusal has a kebab-case code, and a short Persian sentence that repeats nothing hostile."""
    assert _KEBAB.fullmatch(error.code)
    assert str(error) == error.message
    assert 15 <= len(error.message) <= 160
    assert not set(error.message) & set("يك\x00\ud800<>")
    said, _, _example = error.message.partition("نمونه: ")
    assert not set(said) & set("0123456789")  # only an IBAN or a VIN is shown in Latin
    assert "می‌باشد" not in error.message
    assert "لطفا" not in error.message
