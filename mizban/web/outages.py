"""Outages and maintenance with their notices: opened, ended and announced in one transaction with what tells of them.

The tools of the office do not know each other; whoever opens an outage, the prober or a person, comes through here.
"""

import contextlib
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, System
from mizban.office.availability import maintenance, outages, watching
from mizban.office.availability.instants import MINUTE
from mizban.office.availability.maintenance import Plan
from mizban.office.availability.models import Maintenance, Outage, Target
from mizban.office.availability.refusals import AlreadyRunning, NotRunning
from mizban.office.availability.verdicts import Turn
from mizban.office.notices import publishing
from mizban.office.notices.models import Kind, Notice
from mizban.office.notices.publishing import NotStanding, Text
from mizban.web.mailing import telling

PROBER = System("سنجشگر درگاه")
HEADINGS: dict[tuple[str, ...], str] = {
    (Target.FORM,): "فرم‌های درخواست باز نمی‌شود",
    (Target.TRACKING,): "پیگیری درخواست ممکن نیست",
}
EVERYTHING = "درگاه در دسترس نیست"
MENDED: dict[tuple[str, ...], str] = {
    (Target.FORM,): "فرم‌های درخواست دوباره باز می‌شود",
    (Target.TRACKING,): "پیگیری درخواست دوباره ممکن است",
}
ALL_MENDED = "درگاه دوباره در دسترس است"
FAULT = "در حال رفع آن هستیم. آنچه ثبت کرده‌اید سر جای خود است."
OWN_TIME = "مهلت کاری که از شما خواسته شده به جای هر روز قطعی یک روز کاری بیشتر می‌شود."
MAINTENANCE = "نگهداری درگاه"
KEPT = "آنچه ثبت کرده‌اید سر جای خود است."


def follow(agency_id: int, *, since: datetime, at: datetime) -> None:
    """After probes of minutes from `since` on were taken: open and close what they say, each with its notice."""
    for turn in watching.look(agency_id, since=since, at=at):
        # Two probers at once may see the same turn: the second finds it done.
        with contextlib.suppress(AlreadyRunning, NotRunning, IntegrityError), transaction.atomic():
            if turn.kind == "up":
                running = Outage.objects.running().get(agency_id=agency_id, by_prober=True)
                close(running, until_at=turn.at, by=PROBER, at=at)
            else:
                _open_by_prober(Agency.objects.get(pk=agency_id), turn, at=at)


@transaction.atomic
def _open_by_prober(agency: Agency, turn: Turn, *, at: datetime) -> None:
    outage = outages.open_outage(
        agency,
        from_at=turn.at,
        targets=watching.failing(agency.pk, begins=turn.at, ends=turn.seen_in),
        detected_at=min(at, turn.seen_in + MINUTE),
        by=PROBER,
        at=at,
    )
    tell(outage, by=PROBER, at=at)


@transaction.atomic
def open_by_hand(agency: Agency, *, from_at: datetime, what: str, by: Actor, at: datetime) -> Outage:
    """An outage somebody knows of; its notice stands at once. Raises what `outages.open_outage` does."""
    outage = outages.open_outage(agency, from_at=from_at, what=what, by=by, at=at)
    tell(outage, by=by, at=at)
    return outage


@transaction.atomic
def close(outage: Outage, *, until_at: datetime, by: Actor, at: datetime) -> None:
    """It is over, and so is its notice. Raises what `outages.close_outage` does."""
    outages.close_outage(outage, until_at=until_at, by=by, at=at)
    if notice := _end_notice(outage.notice_id, until_at=until_at, by=by, at=at):
        heading = MENDED.get(_targets(outage.targets), ALL_MENDED)
        telling.mended(outage, notice, heading, at=at)


@transaction.atomic
def announce(agency: Agency, wanted: Plan, *, by: Actor, at: datetime) -> Maintenance:
    """A maintenance window and the notice that announces it. Raises what `maintenance.plan` does."""
    window = maintenance.plan(agency, wanted, by=by, at=at)
    text = f"{window.what}\n\n{KEPT}"
    notice = _written(
        agency, Text(MAINTENANCE, text, Kind.MAINTENANCE, window.from_at, window.until_at), by=by, at=at
    )
    maintenance.told(window, notice_id=notice.pk)
    telling.maintenance(window, notice, at=at)
    return window


@transaction.atomic
def end_maintenance(window: Maintenance, *, by: Actor, at: datetime) -> None:
    """It is over early or called off, and its notice says so. Raises `WindowOver`."""
    maintenance.end(window, by=by, at=at)
    if notice := _end_notice(window.notice_id, until_at=at, by=by, at=at):
        telling.maintenance_over(window, notice, at=at)


@transaction.atomic
def tell(outage: Outage, *, by: Actor, at: datetime) -> None:
    """Its notice, from now on, on every page of the office."""
    text = f"{outage.what or FAULT}\n\n{OWN_TIME}"
    notice = _written(
        outage.agency,
        Text(heading_of(outage.targets), text, Kind.OUTAGE, outage.from_at),
        by=by,
        at=at,
    )
    outages.told(outage, notice_id=notice.pk, by=by, at=at)
    telling.outage(outage, notice, at=at)


def heading_of(targets: Sequence[str]) -> str:
    """What is out, in words: one page of the portal, or all of it."""
    return HEADINGS.get(_targets(targets), EVERYTHING)


def _targets(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(Target(each) for each in names)


def _written(agency: Agency, text: Text, *, by: Actor, at: datetime) -> Notice:
    notice = publishing.write(agency, text, by=by, at=at)
    publishing.release(notice, by=by, at=at)
    return notice


def _end_notice(notice_id: int | None, *, until_at: datetime, by: Actor, at: datetime) -> Notice | None:
    """The notice, which holds no longer."""
    found = Notice.objects.select_related("agency").filter(pk=notice_id).first() if notice_id else None
    if found:
        # Somebody may have ended the notice before: nothing is left to do.
        with contextlib.suppress(NotStanding):
            publishing.end(found, until_at=until_at, by=by, at=at)
    return found
