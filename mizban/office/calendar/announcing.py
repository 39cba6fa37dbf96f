"""Closures of one office or a whole province: announced beforehand by one officer, after the fact by two."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.lib.jalali import TEHRAN, local

from .changes import announce_closure
from .closures import Closure as ClosedSpan
from .current import working
from .models import Calendar, Closure, ClosureProposal
from .refusals import (
    AfterTheFact,
    AlreadyDecided,
    CalendarMissing,
    ComesTooLate,
    NeedsAnotherOfficer,
    NotIndependent,
)
from .timetable import NOTHING

# By these whoever keeps the accounts could sign in as somebody else, or make somebody up (`office.staffing`).
HANDED = ("person-added", "role-given", "password-handed-over")
LATELY = timedelta(days=7)


def calendars_of(agency: Agency, province: str = "") -> list[Calendar]:
    """The calendar of one office, or those of every agency of a province that has one. Raises CalendarMissing."""
    whose = Calendar.objects.filter(is_main=True)
    found = whose.filter(agency__province=province) if province else whose.main_of(agency.pk)
    calendars = list(found.order_by("agency_id"))
    if not calendars:
        raise CalendarMissing(str(agency.pk))
    return calendars


@transaction.atomic
def announce(
    calendars: Sequence[Calendar], spans: Sequence[ClosedSpan], *, by: Staff, at: datetime
) -> list[Closure]:
    """Write the closures to all the calendars in one act. Raises AfterTheFact where working time has passed."""
    if any(is_late(calendar, span, at=at) for calendar in calendars for span in spans):
        raise AfterTheFact
    return [announce_closure(each, span, by=by, at=at) for each in calendars for span in spans]


def is_late(calendar: Calendar, span: ClosedSpan, *, at: datetime) -> bool:
    """Whether the office has worked already in the time that is to be closed."""
    begins, ends = (datetime.combine(span.on, each, TEHRAN) for each in span.span)
    return begins < at and working(calendar).working_time_between(begins, min(ends, at)) > NOTHING


def overlapping(calendars: Sequence[Calendar], spans: Sequence[ClosedSpan]) -> list[Closure]:
    """The closures announced before that share time with these: the hours they share count once."""
    known = Closure.objects.filter(calendar__in=calendars, on__in=[span.on for span in spans])
    return [each for each in known if any(_share(each.plain(), span) for span in spans)]


@transaction.atomic
def propose(
    agency: Agency, spans: Sequence[ClosedSpan], *, province: str = "", by: Staff, at: datetime
) -> list[ClosureProposal]:
    """Ask a second officer for closures after the fact; until then nothing changes."""
    return [
        ClosureProposal.objects.create(
            agency=agency,
            province=province,
            on=span.on,
            from_time=span.from_time,
            until_time=span.until_time,
            reason=span.reason,
            letter_number=span.letter_number,
            proposed_by_id=by.user_id,
            proposed_at=at,
        )
        for span in spans
    ]


@transaction.atomic
def decide(proposal: ClosureProposal, *, is_confirmed: bool, by: Staff, at: datetime) -> None:
    """Confirm a proposal, and close, or reject it.

    Raises NeedsAnotherOfficer and NotIndependent (to confirm; one may take back one's own), AlreadyDecided.
    """
    if is_confirmed and proposal.proposed_by_id in by.desks:
        raise NeedsAnotherOfficer
    if is_confirmed and _is_made_by(proposal, by):
        raise NotIndependent
    waiting = ClosureProposal.objects.waiting().filter(pk=proposal.pk)
    if not waiting.update(decided_by=by.user_id, decided_at=at, is_confirmed=is_confirmed):
        raise AlreadyDecided
    for calendar in calendars_of(proposal.agency, proposal.province) if is_confirmed else ():
        announce_closure(calendar, proposal.plain(), by=by, at=at, second_officer=by.spoken_name)


def _is_made_by(proposal: ClosureProposal, second: Staff) -> bool:
    """Whether whoever proposed had the second officer's account in hand shortly before, or since."""
    handed = Event.objects.about("person", second.user_id).filter(kind__in=HANDED)
    return handed.filter(actor_id=proposal.proposed_by_id, at__gte=proposal.proposed_at - LATELY).exists()


def from_tomorrow(day: date, *, at: datetime) -> None:
    """Raises ComesTooLate for today and the past: what was counted there stays counted."""
    if day <= local(at).date():
        raise ComesTooLate(day.isoformat())


def refuse_late_holiday(calendar: Calendar, on: date, *, at: datetime) -> None:
    """Raises AfterTheFact where the office has worked on this day already."""
    if is_late(calendar, ClosedSpan(on, ""), at=at):
        raise AfterTheFact(on.isoformat())


def _share(one: ClosedSpan, other: ClosedSpan) -> bool:
    (begins, ends), (from_time, until_time) = one.span, other.span
    return one.on == other.on and begins < until_time and from_time < ends
