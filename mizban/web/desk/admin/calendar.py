"""The calendar of the office: a year at a glance, and how far the open deadlines have been counted anew."""

from django.http import HttpResponse

from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import from_jalali, local, to_jalali
from mizban.lib.text import ascii_digits
from mizban.office.calendar import sweeping
from mizban.office.calendar.current import working
from mizban.office.calendar.seeding import FIRST_YEAR, YEARS_AHEAD

from ..finding import member
from .calendars import TITLE, calendar_here
from .officers import page_of
from .year import KINDS, months

REFRESH = "3"


@member()
def show(request: DeskRequest) -> HttpResponse:
    """Everybody who works here may look at the year; the site officer changes it."""
    calendar = calendar_here(request)
    today = local(request.now).date()
    this_year = to_jalali(today)[0]
    year = year_of(request.GET.get("year", ""), this_year)
    known = calendar.holidays.active().estimated()
    estimated = known.filter(on__gte=from_jalali(year, 1, 1), on__lt=from_jalali(year + 1, 1, 1))
    sweep = sweeping.progress(request.agency.pk)
    response = page_of(
        request,
        "calendar.html",
        title=TITLE,
        months=months(year, working(calendar), dict(estimated.values_list("on", "name")), today=today),
        kinds=KINDS,
        year=year,
        years=(year - 1 if year > FIRST_YEAR else 0, year + 1 if year < this_year + YEARS_AHEAD else 0),
        is_officer="site_officer" in request.actor.roles,
        calendar=calendar,
        sweep=sweep,
    )
    if sweep is not None and not sweep.is_over:
        response["Refresh"] = REFRESH
    return response


def year_of(typed: str, usual: int) -> int:
    """The year of the address; anything outside what is seeded is this year."""
    digits = ascii_digits(typed[:4])
    year = int(digits) if digits.isascii() and digits.isdigit() else usual
    return year if FIRST_YEAR <= year <= usual + YEARS_AHEAD else usual
