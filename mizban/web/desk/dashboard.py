"""The dashboard of an office: what came, what was answered and when, what waits and why. Numbers only, no content."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse

from mizban.core.cases.models import CaseQuerySet, Offering
from mizban.kit.filters import fa, spoken
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import add_months
from mizban.lib.text import ascii_digits
from mizban.office.calendar.current import calendar_of
from mizban.office.figures import counting, waiting
from mizban.office.figures.spans import Span, span, weeks_ago

from . import panels
from .finding import member
from .frame import desk_page

USUAL_WEEKS = 8
CHOICES = ((8, "هشت هفتهٔ گذشته"), (13, "سیزده هفتهٔ گذشته"), (26, "بیست‌وشش هفتهٔ گذشته"))
YEAR = "دوازده ماه گذشته"


@member(inspected=True)
def show(request: DeskRequest) -> HttpResponse:
    """The figures of what this person may see, of one service where the address names one."""
    calendar = calendar_of(request.agency.pk)
    today = calendar.day_of(request.now)
    offerings = list(Offering.objects.of(request.agency).with_versions())
    offering = _chosen(offerings, request.GET.get("service", ""))
    stretch = span(_first_on(request.GET.get("from", ""), today), today=today)
    cases = request.agency.cases.visible_to(request.actor)
    cases = cases.filter(offering=offering) if offering else cases
    return desk_page(
        request,
        "desk/dashboard.html",
        title="داشبورد",
        here="dashboard",
        services=[("", "همهٔ خدمت‌ها"), *((each.slug, each.declaration.title) for each in offerings)],
        service=offering.slug if offering else "",
        periods=_periods(stretch, today),
        period=stretch.first_on.isoformat(),
        stretch=stretch,
        is_partial=bool(request.actor.unit_ids),
        **_panels(request, cases, stretch),
    )


def _panels(request: DeskRequest, cases: CaseQuerySet, stretch: Span) -> dict[str, Any]:
    """Everything that is counted: eight queries, whatever there is to count."""
    now, calendar = request.now, calendar_of(request.agency.pk)
    whole = counting.totals(cases, from_at=stretch.from_at, until_at=stretch.until_at, now=now)
    before = counting.totals(cases, from_at=stretch.before_at, until_at=stretch.from_at, now=now)
    days, days_before = (
        counting.median_days(cases, from_at=start, until_at=end, calendar=calendar)
        for start, end in ((stretch.from_at, stretch.until_at), (stretch.before_at, stretch.from_at))
    )
    weeks = counting.by_week(cases, stretch)
    units = counting.by_unit(cases, from_at=stretch.from_at, until_at=stretch.until_at, now=now)
    return {
        "cards": panels.cards(whole, before, days, days_before),
        "in_time": panels.in_time(weeks),
        "flow": panels.flow(weeks),
        "waits": panels.waits(*waiting.reasons(cases, now=now)),
        "units": panels.units(units),
        "is_empty": not (units or whole.arrived or whole.waiting),
    }


def _chosen(offerings: Sequence[Offering], slug: str) -> Offering | None:
    """The offering of the address; an unknown one is all of them."""
    return next((each for each in offerings if each.slug == slug), None)


def _first_on(typed: str, today: date) -> date:
    """The day the address names (Gregorian ISO); anything else is the usual stretch."""
    try:
        return date.fromisoformat(ascii_digits(typed[:10]))
    except ValueError:
        return weeks_ago(USUAL_WEEKS, today=today)


def _periods(stretch: Span, today: date) -> list[tuple[str, str]]:
    """What can be chosen; a day that came with the address stays choosable."""
    found = [(weeks_ago(count, today=today).isoformat(), label) for count, label in CHOICES]
    found.append((span(add_months(today, -11), today=today).first_on.isoformat(), YEAR))
    first = stretch.first_on.isoformat()
    if first not in dict(found):
        found.insert(0, (first, fa(f"از {spoken(stretch.first_on)}")))
    return found
