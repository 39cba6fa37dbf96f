"""Public holidays by Jalali year: seeded from the official calendar, corrected here."""

from datetime import date

from django.http import HttpResponse

from mizban.core.declarations.fields import Field
from mizban.core.refusals import NotFound, Refusal
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import from_jalali, local, to_jalali
from mizban.office.calendar import changes
from mizban.office.calendar.announcing import from_tomorrow, refuse_late_holiday
from mizban.office.calendar.models import Holiday
from mizban.office.calendar.seeding import FIRST_YEAR, YEARS_AHEAD

from ..forms import done, form_of
from .calendar import year_of
from .calendars import TITLE, calendar_here, changing
from .officers import as_officer, day_typed, known_id, officer, sheet_of, step

LABEL = "تعطیلات رسمی"
FIELDS = (
    Field("on", "date", "روز"),
    Field("name", "text", "مناسبت", min_length=2, max_length=200),
)
NEW_DAY = Field("on", "date", "روز تازه", help="برای جابه‌جایی روز قمری")


@officer
def index(request: DeskRequest) -> HttpResponse:
    """A year of holidays, and one more."""
    calendar = calendar_here(request)
    form = form_of(request, FIELDS)
    if form.answers is not None:
        on = day_typed(form.answers, "on")
        assert on is not None  # noqa: S101  # required
        try:
            refuse_late_holiday(calendar, on, at=request.now)
            with changing(request, [calendar]):
                changes.enter_holiday(
                    calendar, on=on, name=form.answers["name"], by=as_officer(request), at=request.now
                )
            return done(request, "admin-holidays", said="added")
        except Refusal as refusal:
            form = form.refused(refusal)
    today = local(request.now).date()
    this_year = to_jalali(today)[0]
    year = year_of(request.GET.get("year", ""), this_year)
    first, last = from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1)
    return sheet_of(
        request,
        "holidays.html",
        form,
        title=LABEL,
        above=(step(request, TITLE, "admin-calendar"),),
        rows=[(each, each.on > today) for each in calendar.holidays.filter(on__gte=first, on__lt=last)],
        year=year,
        years=(year - 1 if year > FIRST_YEAR else 0, year + 1 if year < this_year + YEARS_AHEAD else 0),
        estimated=Holiday.Source.ESTIMATED,
    )


@officer
def edit(request: DeskRequest, holiday_id: int) -> HttpResponse:
    """Confirm an estimated day, move it, or make a working day of it; what has passed stays."""
    calendar = calendar_here(request)
    holiday = (
        calendar.holidays.filter(pk=known_id(holiday_id), active=True).select_related("calendar").first()
    )
    if holiday is None:
        raise NotFound
    form = form_of(request, (NEW_DAY,), act="move")
    try:
        with changing(request, [calendar]):
            decided = _decided(request, holiday, day_typed(form.answers or {}, "on"))
        if decided:
            return done(request, "admin-holidays", said="kept")
    except Refusal as refusal:
        form = form.refused(refusal)
    above = (step(request, TITLE, "admin-calendar"), step(request, LABEL, "admin-holidays"))
    return sheet_of(
        request,
        "holiday.html",
        form,
        title=holiday.name,
        above=above,
        holiday=holiday,
        is_estimated=holiday.source == Holiday.Source.ESTIMATED,
        is_ahead=holiday.on > local(request.now).date(),
    )


def _decided(request: DeskRequest, holiday: Holiday, to: date | None) -> bool:
    """Do what the button says; whether it was one that does something. Raises ComesTooLate, AfterTheFact."""
    by, at, act = as_officer(request), request.now, request.POST.get("act")
    if act == "confirm" and holiday.source == Holiday.Source.ESTIMATED:
        changes.confirm_holiday(holiday, by=by, at=at)
    elif act == "move" and to is not None:
        from_tomorrow(holiday.on, at=at)
        refuse_late_holiday(holiday.calendar, to, at=at)
        changes.move_holiday(holiday, to=to, by=by, at=at)
    elif act == "drop":
        from_tomorrow(holiday.on, at=at)
        changes.drop_holiday(holiday, by=by, at=at)
    else:
        return False
    return True
