"""Whether a cleaned answer is within what its question allows: least and most, past or future, formats of files."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from mizban.lib import jalali, rials
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import persian_digits

from .fields import FORMATS, Field

BOUNDED = ("number", "rials")


def keep_within(field: Field, value: Any, *, today: date | None) -> None:
    """Raise Malformed for a number, an amount or a day the question does not allow.

    Without `today` (Tehran's), days are not looked at: nobody but the doors knows which day it is.
    """
    if field.kind in BOUNDED:
        _keep_number(field, value)
    elif field.kind == "date" and field.day and today:
        _keep_day(field.day, date.fromisoformat(value), today)


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
