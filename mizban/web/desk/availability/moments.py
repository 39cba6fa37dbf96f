"""A moment as somebody types it: a day and an hour, by Tehran's clock."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from mizban.core.declarations.fields import Field
from mizban.kit.filters import fa
from mizban.kit.forms import Value
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import TEHRAN, local, numeric
from mizban.lib.text import ascii_digits

_HOUR = re.compile(r"(\d{1,2})[:٫.,](\d{2})|(\d{1,2})")


def moment_fields(
    name: str, label: str, *, required: bool = True, help_line: str = ""
) -> tuple[Field, Field]:
    """The two questions of a moment: «روز آغاز», «ساعت آغاز»."""
    return (
        Field(f"{name}_on", "date", f"روز {label}", help=help_line, example="1405/09/04", required=required),
        Field(f"{name}_time", "text", f"ساعت {label}", help="نمونه: ۲۲:۳۰", required=required, max_length=5),
    )


def moment_of(name: str, answers: Mapping[str, Any], errors: dict[str, Malformed]) -> datetime | None:
    """The aware moment that was answered, None where nothing was; what is wrong with it stands in `errors`."""
    on, typed = answers.get(f"{name}_on"), answers.get(f"{name}_time")
    if not on and not typed:
        return None
    if not on:
        errors.setdefault(f"{name}_on", Malformed("required", "روز را هم بنویسید."))
        return None
    hour = _time_of(typed or "")
    if hour is None:
        errors.setdefault(f"{name}_time", Malformed("not-an-hour", "ساعت را چنین بنویسید: ۲۲:۳۰."))
        return None
    return datetime.combine(date.fromisoformat(on), hour, TEHRAN)


def typed_moment(name: str, at: datetime | None) -> dict[str, Value]:
    """What stands in the two fields for a moment."""
    if at is None:
        return {}
    here = local(at)
    return {f"{name}_on": fa(numeric(here.date())), f"{name}_time": fa(f"{here:%H:%M}")}


def _time_of(typed: str) -> time | None:
    found = _HOUR.fullmatch(ascii_digits(typed).strip())
    if not found:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
