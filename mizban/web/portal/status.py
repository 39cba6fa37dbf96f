"""How the portal stands and stood: of an office, and of all; ninety days, minute by minute, whatever they say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.views.decorators.gzip import gzip_page

from mizban.core.agencies.models import Agency
from mizban.kit.filters import fa, grouped, month, spoken
from mizban.kit.requests import AgencyRequest, Request
from mizban.kit.strips import Strip
from mizban.lib.jalali import local, to_jalali
from mizban.office.availability import history
from mizban.office.availability.history import DAYS, Day, History
from mizban.office.availability.models import ALL, Maintenance, Outage, Target
from mizban.office.availability.uptime import gross, total
from mizban.web.announcing import stretch
from mizban.web.outages import heading_of
from mizban.web.pages import page
from mizban.web.uptimes import LEGEND, TARGETS, WORDS, drawn, duration, net_by_agency, share

from .by_mail import by_mail
from .finding import methods, of_agency

MOST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One strip with its name and its figure."""

    name: str
    strip: Strip
    share: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office on the page of all."""

    agency: Agency
    chip: tuple[str, str]
    line: Line
    down: str
    unmeasured: str


@gzip_page  # ninety days of bars, four times; the only secret on the page, the form's token, is masked anew each time
@methods("GET")
@of_agency
def of_office(request: AgencyRequest) -> HttpResponse:
    """How the portal of an office stands, its ninety days, its outages and its maintenance. Eight queries."""
    agency, now = request.agency, request.now
    stood = history.histories(agency, at=now)
    stands = history.present([agency], at=now)[agency.pk]
    whole = stood[ALL]
    return page(
        request,
        "portal/status.html",
        title="وضعیت درگاه",
        agency=agency,
        here="status",
        stands=stands,
        chip=WORDS[stands.state],
        heading=heading_of(stands.outage.targets) if stands.outage else "",
        lines=[_line(stood[target]) for target in (ALL, *Target.values) if target in stood],
        whole=whole,
        may_net=net_by_agency([agency]).get(agency.pk),
        months=_months(whole),
        differed=[_day(each) for each in reversed(whole.days) if each.state != "up" or each.unmeasured],
        by_mail=by_mail(agency),
        **_past(request),
        **_frame(whole),
    )


@gzip_page
@methods("GET")
def of_site(request: Request) -> HttpResponse:
    """Every office with a portal: how it stands, and its ninety days. Six queries, however many there are."""
    offices = list(Agency.objects.filter(has_portal=True))
    stand = history.present(offices, at=request.now)
    stood = history.of_offices(offices, at=request.now)
    return page(
        request,
        "portal/status_of_all.html",
        title="وضعیت درگاه‌ها",
        here="status",
        offices=[
            Office(
                agency=office,
                chip=WORDS[stand[office.pk].state],
                line=_line(stood[office.pk]),
                down=duration(stood[office.pk].counts.down),
                unmeasured=duration(stood[office.pk].unmeasured),
            )
            for office in offices
        ],
        by_mail=by_mail(None),
        **_frame(next(iter(stood.values()), None)),
    )


def _frame(stood: History | None) -> dict[str, Any]:
    """What both pages say around their strips."""
    return {
        "legend": LEGEND,
        "days": DAYS,
        "first_day": spoken(stood.days[0].on, stood.days[-1].on) if stood else "",
        "duration": duration,
        "share": share,
    }


def _past(request: AgencyRequest) -> dict[str, Any]:
    """Outages and windows of these days, newest first, and those to come."""
    agency, now = request.agency, request.now
    begins = now - timedelta(days=DAYS)
    outages = (
        Outage.objects.filter(agency=agency)
        .touching(begins, now)
        .newest_first()
        .prefetch_related("letters")[:MOST]
    )
    windows = list(Maintenance.objects.filter(agency=agency, until_at__gt=begins).held().order_by("from_at"))
    return {
        "outages": [(each, heading_of(each.targets), duration(each.minutes(at=now))) for each in outages],
        "coming": [(each, _when(each, now)) for each in windows if each.span[1] > now],
        "past_windows": [(each, _when(each, now)) for each in windows[::-1] if each.span[1] <= now][:MOST],
    }


def _when(window: Maintenance, now: datetime) -> str:
    return stretch(*window.span, today=local(now).date())


def _line(stood: History) -> Line:
    return Line(TARGETS[stood.target], drawn(stood), share(stood.gross))


def _months(stood: History) -> list[tuple[str, str, str, str, str]]:
    """The table beside the strip: a row a Jalali month, newest first."""
    found = []
    for _, grouped_days in groupby(stood.days, lambda day: to_jalali(day.on)[:2]):
        days = list(grouped_days)
        counts = total(day.counts for day in days)
        found.append(
            (
                month(days[0].on),
                share(gross(counts)),
                grouped(counts.down),
                grouped(counts.maintenance),
                grouped(sum(day.unmeasured for day in days)),
            )
        )
    return found[::-1]


def _day(day: Day) -> tuple[Day, tuple[str, str], str]:
    """A day that was not all well: it, its chip, and its minutes in words."""
    counts = day.counts
    said = [
        ("قطع", counts.down),
        ("نگهداری", counts.maintenance),
        ("اندازه‌گیری‌نشده", day.unmeasured),
    ]
    return day, WORDS[day.state], fa("، ".join(f"{word} {duration(count)}" for word, count in said if count))
