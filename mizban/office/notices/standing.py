"""The notices that stand on every page, kept in the process: one cheap query every few seconds, whatever is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.db import connection

from .models import Notice

# How long another process's new notice may go unseen; what is kept begins and ends by the minute all the same.
FRESH_SECONDS = 5.0
MOST = 200


@dataclass(slots=True)
class _Kept:
    notices: tuple[Notice, ...]
    checked: float


_kept: list[_Kept] = []


def standing(agency_id: int | None, *, at: datetime) -> list[Notice]:
    """What is published and not over at `at`, newest first: of this office and of the whole site.

    `agency_id` None is a page of no office. At most one query. Inside a transaction it always looks.
    """
    wanted = (None, agency_id)
    return [
        notice
        for notice in _all(at=at)
        if notice.agency_id in wanted
        and notice.published_at is not None
        and notice.published_at <= at
        and not notice.is_over(at=at)
    ]


def forget() -> None:
    """Look again at the next question; whoever publishes calls it, and tests."""
    _kept.clear()


def _all(*, at: datetime) -> Sequence[Notice]:
    """What stands on any page of the site."""
    if _kept and not connection.in_atomic_block and monotonic() - _kept[0].checked < FRESH_SECONDS:
        return _kept[0].notices
    rows = tuple(Notice.objects.visible(at=at).not_over(at=at).newest_first()[:MOST])
    if not connection.in_atomic_block:
        _kept[:] = [_Kept(rows, monotonic())]
    return rows
