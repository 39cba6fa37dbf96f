"""What the site says of itself: privacy and accessibility. Every sentence there must be true of this software."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from mizban.core.people.models import Membership, Role
from mizban.kit.requests import Request
from mizban.office.mailing.chosen import is_on
from mizban.web.pages import page

from .finding import methods
from .guests import LASTS


@methods("GET")
def privacy(request: Request) -> HttpResponse:
    """What is asked, how it is kept, who reads it, for how long."""
    return page(
        request,
        "portal/privacy.html",
        title="حریم خصوصی",
        guest_minutes=int(LASTS.total_seconds() // 60),
        tries_minutes=settings.GUESSING["window_minutes"],
        unfinished_days=settings.UNFINISHED_DAYS,
        is_mailing=is_on(),
        officers=_officers(),
    )


@methods("GET")
def accessibility(request: Request) -> HttpResponse:
    """The aim, what was tested and how, what falls short, whom to tell."""
    return page(request, "portal/accessibility.html", title="دسترس‌پذیری", officers=_officers())


def _officers() -> list[Membership]:
    """The site officer of each office with a portal."""
    found: dict[int, Membership] = {}
    held = Membership.objects.holding(Role.SITE_OFFICER, at=timezone.now()).filter(agency__has_portal=True)
    for member in held.select_related("user", "agency").order_by("id"):
        found.setdefault(member.agency_id, member)
    return list(found.values())
