"""Taking a step for a program: the same door as every page, with files by their ids."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mizban.core.cases.models import Case
from mizban.core.cases.steps.mending import as_asked
from mizban.core.cases.steps.permitting import may_take
from mizban.core.cases.writing import ActedFirst
from mizban.core.declarations.forms import fill
from mizban.core.people.actors import Actor, Staff
from mizban.core.refusals import FormRefused, NotYours
from mizban.lib.jalali import local

from .problems import NothingHere, wrongs
from .sending import NoSuchUpload, Refused, claimed, parted

UNDER = "data."
NO_STEP = "این خدمت چنین گامی ندارد."


def take(
    case: Case, name: str, *, by: Actor, at: datetime, data: Mapping[str, Any], seen: int | None
) -> None:
    """Take the step `name` with these answers; uploads are claimed with it or not at all.

    Raises NothingHere for no such step, NotYours, ActedFirst, Refused with everything that is wrong, NoSuchUpload.
    """
    step = case.declaration.steps.get(name)
    if step is None:
        raise NothingHere(NO_STEP)
    if not may_take(case, step, by):
        raise NotYours
    if case.state not in step.from_:
        raise ActedFirst(case.events.last())
    step = as_asked(case, step)
    sent = parted(step.form, data, under=UNDER)
    if sent.wrongs:
        also = fill(step.form, sent.raw, sent.placeholders, today=local(at).date()).errors
        raise Refused([*sent.wrongs, *sent.besides(wrongs(also, under=UNDER))])
    sent_by = by.user_id if isinstance(by, Staff) else None
    with transaction.atomic():
        files, missing = claimed(sent, agency_id=case.agency_id, sent_by=sent_by, at=at)
        if missing:
            raise NoSuchUpload(UNDER + each for each in missing)
        try:
            case.take(name, by=by, at=at, answers=sent.raw, files=files, seen=seen)
        except FormRefused as refusal:
            raise Refused(wrongs(refusal.errors, under=UNDER)) from refusal
