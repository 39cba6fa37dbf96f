"""Notices on their way to pages: the banner of every page, and when a notice holds, in words."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from mizban.core.agencies.models import Agency
from mizban.kit.environment import url
from mizban.kit.filters import fa, moment, spoken
from mizban.kit.page import Announcement
from mizban.lib.jalali import local, spoken_time
from mizban.office.notices.models import Notice
from mizban.office.notices.standing import standing

# More than these in a banner push the page itself out of sight; the rest stand on the page of notices.
MOST = 3
Span = tuple[datetime | None, datetime | None]


def announcements(agency: Agency | None, *, at: datetime) -> tuple[Announcement, ...]:
    """What the banner says on a page of this office, or of none; the newest first. At most one cached query."""
    found = standing(agency.pk if agency else None, at=at)[:MOST]
    if not found:
        return ()
    address = url("portal:notices", agency.slug) if agency else url("portal:site-notices")
    today = local(at).date()
    return tuple(
        _announced(notice.heading, (notice.from_at, notice.until_at), today, f"{address}#notice-{notice.pk}")
        for notice in found
    )


@lru_cache(maxsize=256)
def _announced(heading: str, span: Span, today: date, address: str) -> Announcement:
    """Kept: what is announced stands on every page of the day."""
    return Announcement(fa(heading), _when(span, today), address)


def when(notice: Notice, *, at: datetime) -> str:
    """«پنجشنبه ۲۸ آبان، ۲۲:۰۰ تا ۲۴:۰۰», «از شنبه ۳۰ آبان، ۹:۱۰»; empty for what has no time."""
    return _when((notice.from_at, notice.until_at), local(at).date())


def _when(span: Span, today: date) -> str:
    from_at, until_at = span
    if from_at and until_at:
        return stretch(from_at, until_at, today=today)
    if from_at:
        return f"از {moment(from_at, today)}"
    return f"تا {spoken(until_at, today)}" if until_at else ""


def stretch(begins: datetime, ends: datetime, *, today: date | None) -> str:
    """From one moment to another: «پنجشنبه ۲۸ آبان، ۲۲:۰۰ تا ۲۴:۰۰»; without a day of today with the year."""
    return f"{moment(begins, today)} تا {_end(begins, ends, today)}"


def _end(begins: datetime, ends: datetime, today: date | None) -> str:
    """The hour alone on the day it began, midnight being its «۲۴:۰۰»; else the day and the hour."""
    first, last = local(begins), local(ends)
    if first.date() == last.date():
        return fa(spoken_time(ends))
    if last.time() == time(0) and last.date() - first.date() == timedelta(days=1):
        return fa("24:00")
    return moment(ends, today)
