"""Maintenance: planned and announced beforehand (S0–S3, 3.5 and 4.7), ended or called off. Each change is an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.events.journal import append
from mizban.core.people.actors import Actor
from mizban.lib.jalali import local, spoken, spoken_time
from mizban.lib.text import persian_digits
from mizban.office.calendar.current import calendar_of

from .chosen import lead_hours
from .folding import fold_again
from .models import Maintenance
from .refusals import EndsBeforeItBegins, TooLate, WindowBegun, WindowOver, WindowOverlaps, WindowTooLong

SUBJECT = "maintenance"
LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Plan:
    """A window to be: what is done in it, and the slugs of the services it stops (none: all).

    `late_reason` marks one that is announced too late, and says why.
    """

    from_at: datetime
    until_at: datetime
    what: str
    services: Sequence[str] = ()
    late_reason: str = ""


def lead_minutes(agency: Agency, *, announced_at: datetime, from_at: datetime) -> int:
    """The office's working minutes between an announcement and the beginning. Raises CalendarMissing."""
    return max(0, int(calendar_of(agency.pk).working_minutes_between(announced_at, from_at)))


@transaction.atomic
def plan(agency: Agency, wanted: Plan, *, by: Actor, at: datetime) -> Maintenance:
    """Announce a window; the caller publishes its notice in the same transaction.

    Raises EndsBeforeItBegins, WindowTooLong, WindowBegun, WindowOverlaps (which names the other), TooLate (without
    `late_reason`, where less working time is left than `MIZBAN_MAINTENANCE_LEAD` hours), CalendarMissing.
    """
    _check(wanted, at=at)
    Agency.objects.select_for_update().get(pk=agency.pk)
    other = agency.maintenances.touching(wanted.from_at, wanted.until_at).first()
    if other:
        raise WindowOverlaps(
            f"در این زمان نگهداری دیگری اعلام شده است: {_spoken(other)}. پایان یکی را جابه‌جا کنید."
        )
    lead = lead_minutes(agency, announced_at=at, from_at=wanted.from_at)
    target = lead_hours() * 60
    if lead < target and not wanted.late_reason:
        raise TooLate(_too_late(lead))
    calendar = calendar_of(agency.pk)
    window = Maintenance.objects.create(
        agency=agency,
        from_at=wanted.from_at,
        until_at=wanted.until_at,
        what=wanted.what,
        services=list(wanted.services),
        announced_at=at,
        announced_by=by.spoken_name,
        lead_minutes=lead,
        lead_target=target,
        needed_minutes=int(calendar.working_minutes_between(wanted.from_at, wanted.until_at)),
        late_reason=wanted.late_reason if lead < target else "",
    )
    facts = {
        "from_at": window.from_at.isoformat(),
        "until_at": window.until_at.isoformat(),
        "lead_minutes": lead,
        "is_late": window.is_late,
        "services": window.services,
    }
    _record(window, "maintenance_planned", facts, by=by, at=at)
    return window


@transaction.atomic
def told(window: Maintenance, *, notice_id: int) -> None:
    """The notice that announces it."""
    Maintenance.objects.filter(pk=window.pk).update(notice_id=notice_id)
    window.notice_id = notice_id


@transaction.atomic
def end(window: Maintenance, *, by: Actor, at: datetime) -> None:
    """It is over early, or called off where it has not begun. Raises WindowOver."""
    if window.until_at <= at or not Maintenance.objects.filter(pk=window.pk, ended_at=None).update(
        ended_at=at
    ):
        raise WindowOver
    window.refresh_from_db()
    kind = "maintenance_ended" if at > window.from_at else "maintenance_called_off"
    _record(window, kind, {"ended_at": at.isoformat()}, by=by, at=at)
    if at > window.from_at:
        fold_again(window.agency_id, [(window.from_at, window.until_at)], at=at)


def _check(wanted: Plan, *, at: datetime) -> None:
    if wanted.until_at <= wanted.from_at:
        raise EndsBeforeItBegins
    if wanted.until_at - wanted.from_at > LONGEST:
        raise WindowTooLong
    if wanted.from_at <= at:
        raise WindowBegun


def _spoken(window: Maintenance) -> str:
    days = (spoken(local(at).date(), year=False) for at in window.span)
    return " تا ".join(f"{day}، {spoken_time(at)}" for day, at in zip(days, window.span, strict=True))


def _too_late(lead: int) -> str:
    owed = lead_hours()
    return persian_digits(
        f"نگهداری را باید دست‌کم {owed} ساعت کاری پیش از آغاز اعلام کرد؛ تا آغاز آن {lead // 60} ساعت و "
        f"{lead % 60} دقیقهٔ کاری مانده است. آغاز را عقب ببرید، یا آن را «دیرهنگام» بخوانید و دلیلش را بنویسید."
    )


def _record(window: Maintenance, kind: str, facts: dict[str, Any], *, by: Actor, at: datetime) -> None:
    append(window.agency_id, (SUBJECT, window.pk), kind, facts, by=by, at=at)
