"""What is announced: news, planned maintenance and outages, of an office and of the whole site."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.agencies.models import Agency
from mizban.kit.page import State
from mizban.kit.requests import AgencyRequest, Request
from mizban.office.notices.models import Kind, Notice, NoticeQuerySet
from mizban.web.announcing import when
from mizban.web.pages import page

from .by_mail import by_mail
from .finding import methods, of_agency

# The past is a record, not a library: who needs older ones asks the office.
MOST = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A notice as the page shows it: when it holds, and the chip that says how it stands."""

    notice: Notice
    when: str
    chip: tuple[State, str]


@methods("GET")
@of_agency
def of_office(request: AgencyRequest) -> HttpResponse:
    """The notices of an office, with those of the whole site."""
    notices = Notice.objects.for_office(request.agency)
    return _page(request, notices, title="اطلاعیه‌ها", agency=request.agency)


@methods("GET")
def of_site(request: Request) -> HttpResponse:
    """The notices of the whole site."""
    return _page(request, Notice.objects.for_all(), title="اطلاعیه‌های درگاه")


def _page(request: Request, notices: NoticeQuerySet, **frame: Any) -> HttpResponse:
    found = [_row(each, at=request.now) for each in notices.visible(at=request.now).newest_first()[:MOST]]
    return page(
        request,
        "portal/notices.html",
        banner="",  # all of it stands on this page
        feed_url=_feed_url(frame.get("agency")),
        by_mail=by_mail(frame.get("agency")),
        standing=[row for row in found if not row.notice.is_over(at=request.now)],
        past=[row for row in found if row.notice.is_over(at=request.now)],
        **frame,
    )


def _feed_url(agency: Agency | None) -> str:
    return reverse("portal:feed", args=[agency.slug]) if agency else reverse("portal:site-feed")


def _row(notice: Notice, *, at: datetime) -> Row:
    return Row(notice, when(notice, at=at), _chip(notice, at=at))


def _chip(notice: Notice, *, at: datetime) -> tuple[State, str]:
    """The kind, and how it stands: trouble that runs is late, what comes is soon, what is over is neither."""
    kind = Kind(notice.kind)
    if notice.is_over(at=at):
        return "none", f"{kind.label}، پایان یافت"
    if kind == Kind.NOTICE:
        return "open", str(kind.label)
    if notice.is_running(at=at):
        return "late" if kind == Kind.OUTAGE else "soon", f"{kind.label}، اکنون"
    return "soon", f"{kind.label}، در پیش"
