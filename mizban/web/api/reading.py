"""Reading a body: JSON as the standard has it, of the content type the call takes."""

import json
from math import isfinite
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

from .problems import Unreadable, WrongMediaType

JSON = "application/json"
MULTIPART = "multipart/form-data"
TOO_DEEP = "بدنهٔ درخواست بیش از اندازه تودرتو است."


class StrictParser(Parser):
    """JSON without what Python adds to it: no NaN, no name twice, no half characters."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value in the body. Raises Unreadable."""
        return read_json(request.body)


def read_json(body: bytes) -> Any:
    """The value that this JSON text says. Raises Unreadable."""
    try:
        value = json.loads(
            body.decode("utf-8"), parse_constant=_refuse, parse_float=_number, object_pairs_hook=_once
        )
        # Half of a character («\ud800») passes for text in Python and in no database.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except RecursionError as fault:
        raise Unreadable(TOO_DEEP) from fault
    except ValueError as fault:
        raise Unreadable from fault
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _number(text: str) -> int | float:
    """«12.0» is the integer 12, as JSON Schema has it; more than a float holds is no number."""
    number = float(text)
    if not isfinite(number):
        raise ValueError("a number without end")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Which of two equal names is meant, nobody can tell."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def check_media_type(request: HttpRequest) -> None:
    """Raises WrongMediaType for a body that this call does not take."""
    wanted = MULTIPART if request.path.endswith("/files") else JSON
    if request.content_type != wanted:
        raise WrongMediaType(f"این فراخوان «{wanted}» می‌پذیرد.")
