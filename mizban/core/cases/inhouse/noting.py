"""Internal notes: sealed like everything people write, read by the office only."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mizban.core.declarations.forms import fill
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.core.refusals import FormRefused

from ..writing import record, refuse_if_behind
from .inside import FORMS, refuse_outsiders

if TYPE_CHECKING:
    from ..models import Case


def note(
    case: "Case", *, by: Staff, at: datetime, answers: Mapping[str, Any], seen: int | None = None
) -> Event:
    """Write a note (`inside.NOTE`) on the case, open or closed. Raises NotYours, ActedFirst, FormRefused."""
    refuse_outsiders(case, by)
    refuse_if_behind(case, seen, by=by)
    filled = fill(FORMS["noted"], answers)
    if filled.errors:
        raise FormRefused(filled.errors)
    return record(case, "noted", by=by, at=at, sealed={"answers": filled.answers})
