"""Whether a cleaned answer is within what its question allows: least and most, past or future, formats of files."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from mizban.lib import jalali, rials
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import ascii_digits, persian_digits

from .fields import FORMATS, Field

BOUNDED = ("number", "rials")
DAYS = ("date", "period")
# What a text may be made of, by the word declarations use, and what its reader is told. Declarations hold no patterns:
# theirs could be written to take for ever.
LETTERS = {
    "digits": (re.compile(r"[0-9۰-۹]+"), "تنها رقم بنویسید."),
    "latin": (re.compile(r"[A-Za-z0-9۰-۹ ._/-]+"), "تنها حرف لاتین و رقم بنویسید."),
    "persian": (
        re.compile(
            r"[\u0621-\u063A\u0641-\u0652\u067E\u0686\u0698\u06A9\u06AF\u06CC\u06C0\u200C0-9۰-۹ ،؛.()/«»-]+"
        ),
        "تنها به فارسی بنویسید.",
    ),
}


def keep_within(field: Field, value: Any, *, today: date | None) -> None:
    """Raise Malformed for a number, an amount or a day the question does not allow.

    Without `today` (Tehran's), days are not looked at: nobody but the doors knows which day it is.
    """
    if field.kind in BOUNDED:
        _keep_number(field, value)
    elif field.kind in DAYS and field.day and today:
        # Of a period, all of it is past or to come.
        ends = {"past": "until", "future": "from"}
        day = value if field.kind == "date" else value[ends[field.day]]
        _keep_day(field.day, date.fromisoformat(day), today)


def keep_letters(field: Field, value: str) -> str:
    """The text, its digits in ASCII where it is made of them alone. Raises Malformed for other letters than allowed."""
    if not field.letters:
        return value
    pattern, told = LETTERS[field.letters]
    if not pattern.fullmatch(value):
        raise Malformed("wrong-letters", told)
    return value if field.letters == "persian" else ascii_digits(value)


def keep_formats(field: Field, files: Sequence[Any]) -> None:
    """Raise Malformed where one of the uploads is of a format this question does not take."""
    taken = {FORMATS[name] for name in field.formats}
    if any(getattr(file, "media_type", None) not in (None, *taken) for file in files):
        names = "، ".join(name.upper() for name in field.formats)
        raise Malformed("wrong-format", f"اینجا فایل {names} پذیرفته می‌شود. فایل دیگری برگزینید.")


def _keep_number(field: Field, value: int) -> None:
    if field.least and value < field.least:
        raise Malformed("too-small", f"کمتر از {_amount(field, field.least)} نمی‌شود.")
    if field.most and value > field.most:
        raise Malformed("too-great", f"بیش از {_amount(field, field.most)} نمی‌شود.")


def _amount(field: Field, number: int) -> str:
    if field.kind == "rials":
        return f"{rials.grouped(number)} ریال"
    return persian_digits(str(number))


def _keep_day(wanted: str, day: date, today: date) -> None:
    if wanted == "past" and day > today:
        example = persian_digits(jalali.numeric(today))
        raise Malformed("not-yet", f"این روز هنوز نرسیده است؛ تاریخی تا امروز بنویسید. نمونه: {example}.")
    if wanted == "future" and day <= today:
        example = persian_digits(jalali.numeric(today + timedelta(days=30)))
        raise Malformed("gone-by", f"این روز گذشته است؛ تاریخی پس از امروز بنویسید. نمونه: {example}.")
