"""The office's calendar for its pages, and the one place from which open deadlines are counted anew."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from mizban.core.refusals import NotFound
from mizban.kit.requests import DeskRequest
from mizban.office.calendar import sweeping
from mizban.office.calendar.models import Calendar

TITLE = "تقویم کاری"
NO_CALENDAR = "این دستگاه تقویم کاری ندارد؛ خدمتی با مهلت نمی‌دهد."


def calendar_here(request: DeskRequest) -> Calendar:
    """The main calendar of the office. Raises NotFound for one that only takes part in the cases of others."""
    found = Calendar.objects.main_of(request.agency.pk).select_related("agency").first()
    if found is None:
        raise NotFound(NO_CALENDAR)
    return found


@contextmanager
def changing(request: DeskRequest, calendars: Iterable[Calendar]) -> Iterator[None]:
    """Around every change of these calendars: with it, the open deadlines of their agencies are counted anew."""
    with transaction.atomic():
        yield
        for agency_id in sorted({calendar.agency_id for calendar in calendars}):
            sweeping.start(agency_id, by=request.actor, at=request.now)
