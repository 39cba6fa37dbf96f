"""A notice on its way to who asked for mail: what happened, in words, written in the transaction of the notice.

Mail is read later, so its dates have their year.
"""

from datetime import datetime

from django.db import transaction

from mizban.core.people.actors import Actor
from mizban.kit.environment import url
from mizban.kit.filters import fa, moment
from mizban.office.availability.models import Maintenance, Outage
from mizban.office.mailing import outbox
from mizban.office.mailing.models import Occasion
from mizban.office.notices import publishing
from mizban.office.notices.models import Notice
from mizban.web.announcing import stretch, when
from mizban.web.uptimes import duration

WILL_SAY = "وقتی درست شد، باز خبر می‌دهیم."


def outage(happened: Outage, notice: Notice, *, at: datetime) -> None:
    """It began."""
    _post(notice, Occasion.OUTAGE, f"از {moment(happened.from_at)}\n\n{notice.text}\n\n{WILL_SAY}", at=at)


def mended(happened: Outage, notice: Notice, heading: str, *, at: datetime) -> None:
    """It is over; `happened` has its end."""
    span = stretch(*happened.span(at=at), today=None)
    lasted = duration(max(1, happened.minutes(at=at)))
    text = f"قطعی {lasted} بود: {span}.\n\nآنچه ثبت کرده‌اید سر جای خود است."
    _post(notice, Occasion.MENDED, text, at=at, heading=heading)


def maintenance(window: Maintenance, notice: Notice, *, at: datetime) -> None:
    """It is to come."""
    span = stretch(window.from_at, window.until_at, today=None)
    _post(notice, Occasion.MAINTENANCE, f"{span}\n\n{notice.text}", at=at)


def maintenance_over(window: Maintenance, notice: Notice, *, at: datetime) -> None:
    """It does not take place, or ended before its time."""
    span = stretch(window.from_at, window.until_at, today=None)
    if window.was_called_off:
        heading, text = "نگهداری درگاه لغو شد", f"درگاه در این زمان باز می‌ماند: {span}."
    else:
        heading, text = "نگهداری درگاه زودتر پایان یافت", "درگاه دوباره در دسترس است."
    _post(notice, Occasion.MAINTENANCE_OVER, text, at=at, heading=heading)


@transaction.atomic
def publish(notice: Notice, *, by: Actor, at: datetime) -> None:
    """A notice a person wrote, for everybody and for who asked for mail. Raises what `publishing.publish` does."""
    publishing.publish(notice, by=by, at=at)
    held = when(notice, at=at)
    _post(notice, Occasion.NOTICE, "\n\n".join(part for part in (held, notice.text) if part), at=at)


def _post(notice: Notice, occasion: Occasion, text: str, *, at: datetime, heading: str = "") -> None:
    """Of an office: those of the whole site are written by no door yet."""
    if notice.agency is None:
        return
    outbox.post(
        notice.agency,
        occasion,
        notice_id=notice.pk,
        heading=fa(heading or notice.heading),
        text=fa(text),
        path=f"{url('portal:notices', notice.agency.slug)}#notice-{notice.pk}",
        at=at,
    )
