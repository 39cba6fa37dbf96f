"""What every page is rendered with: its office, the links that lead on, and the time."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from mizban.core.agencies.models import Agency
from mizban.core.kept import kept
from mizban.core.people.models import Membership, Role
from mizban.kit.environment import url
from mizban.kit.page import Links, Office
from mizban.web.announcing import announcements

DEFAULT_HOURS = "شنبه تا چهارشنبه، ۷:۳۰ تا ۱۵"


def page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    agency: Agency | None = None,
    status: int = 200,
    here: str = "",
    **context: Any,
) -> HttpResponse:
    """A rendered page. `here` is the key of the menu entry it belongs to; the rest goes to the template."""
    now = getattr(request, "now", None) or timezone.now()
    context |= {
        "page_title": title,
        "here": here,
        "office": office_of(agency) if agency else None,
        "links": links(),
        "now": now,
    }
    if "banner" not in context and "desk" not in context:
        context["banner"] = announcements(agency, at=now)
    return HttpResponse(render_to_string(template, context, request), status=status)


@cache
def links() -> Links:
    """The pages of no office; their addresses never change while a process lives."""
    return Links(
        home=url("portal:home"),
        track=url("portal:track"),
        help=url("portal:help"),
        privacy=url("portal:privacy"),
        accessibility=url("portal:accessibility"),
        verify=url("portal:verify"),
        status=url("portal:site-status"),
        complaints=url("portal:speak"),
    )


@kept
def office_of(agency: Agency) -> Office:
    """What the frame of an agency's pages says: its name, and the site officer people call (S*-4.2a)."""
    officer = site_officer(agency)
    return Office(
        slug=agency.slug,
        name=agency.name,
        short_name=agency.short_name,
        phone=agency.phone,
        address=agency.address,
        postal_code=agency.postal_code,
        hours=agency.hours or (officer.hours if officer else "") or DEFAULT_HOURS,
        officer_name=officer.user.full_name if officer else "",
        officer_phone=(officer.user.phone if officer else "") or agency.phone,
        complaints_url=url("portal:complaint", agency.slug),
        comments_url=url("portal:comment", agency.slug),
        questions_url=url("portal:question", agency.slug),
        agreements_url=url("portal:agreements", agency.slug),
        home_url=url("portal:office", agency.slug),
        notices_url=url("portal:notices", agency.slug),
        status_url=url("portal:status", agency.slug),
    )


def site_officer(agency: Agency) -> Membership | None:
    """The person who resets passwords; None while nobody holds the role."""
    return agency.memberships.holding(Role.SITE_OFFICER, at=timezone.now()).first()


def director(agency: Agency) -> Membership | None:
    """The director-general, owner of the agency's agreements; None while nobody holds the role."""
    return agency.memberships.holding(Role.DIRECTOR, at=timezone.now()).first()
