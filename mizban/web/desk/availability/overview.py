"""How the office's portal stands, for its site officer: what runs, what comes, what was, and where each is changed."""

from datetime import timedelta

from django.http import HttpResponse

from mizban.core.people.models import Role
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local
from mizban.office.availability import history
from mizban.office.availability.chosen import after_minutes, agree, lead_hours
from mizban.office.availability.history import DAYS
from mizban.office.availability.models import ALL, Maintenance, Outage, ProbeMinute
from mizban.office.mailing import counting
from mizban.office.mailing.chosen import is_on
from mizban.office.mailing.models import Occasion
from mizban.web.announcing import stretch
from mizban.web.outages import heading_of
from mizban.web.uptimes import WORDS, drawn, duration, net_by_agency, share

from ..finding import member
from ..frame import desk_page

MOST = 60
RECENT = timedelta(minutes=15)


@member(Role.SITE_OFFICER)
def show(request: DeskRequest) -> HttpResponse:
    """One page: how it stands, outages, maintenance, and who measures."""
    agency, now = request.agency, request.now
    stood = history.of_offices([agency], at=now)[agency.pk]
    stands = history.present([agency], at=now)[agency.pk]
    outages = list(Outage.objects.visible_to(request.actor).newest_first()[:MOST])
    windows = Maintenance.objects.visible_to(request.actor)
    shown = [*windows.not_over(at=now), *windows.over(at=now).order_by("-from_at")[:MOST]]
    told_by = [each.notice_id for each in (*outages, *shown)]
    return desk_page(
        request,
        "desk/availability.html",
        title="وضعیت درگاه",
        here="availability",
        stands=stands,
        chip=WORDS[stands.state],
        stood=stood,
        strip=drawn(stood),
        share=share,
        duration=duration,
        may_net=net_by_agency([agency]).get(agency.pk),
        outages=[(each, heading_of(each.targets), duration(each.minutes(at=now))) for each in outages],
        windows=[(each, stretch(*each.span, today=local(now).date())) for each in shown],
        told=counting.told(agency.pk, told_by, Occasion.OUTAGE, Occasion.MAINTENANCE),
        subscribers=counting.subscribers(agency.pk) if is_on() else None,
        sources=_sources(request),
        rules=(DAYS, after_minutes(), agree(), lead_hours(), ALL),
    )


def _sources(request: DeskRequest) -> list[tuple[str, int]]:
    """Who measured in the last quarter of an hour, and how often that was not up."""
    found: dict[str, int] = {}
    span = request.now - RECENT, request.now + RECENT
    rows = ProbeMinute.objects.between(request.agency.pk, span).values_list("source", "ok")
    for source, ok in rows:
        found[source] = found.get(source, 0) + (not ok)
    return sorted(found.items())
