"""The working week: several shifts a day, Thursday's switch, and other hours for a season such as Ramadan."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from mizban.core.declarations.fields import Field
from mizban.core.refusals import FormRefused, NotFound, Refusal
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.office.calendar import changes
from mizban.office.calendar.announcing import from_tomorrow
from mizban.office.calendar.models import Calendar, Season
from mizban.office.calendar.week import THURSDAY, WEEKDAYS, Shifts, Week, read_week

from ..forms import Form, done, form_of
from .calendars import TITLE, calendar_here, changing
from .hours import shifts_of, spoken_shifts
from .officers import as_officer, day_typed, known_id, officer, sheet_of, step

# As people count the week; Friday is off by law.
DAYS = {"sat": "شنبه", "sun": "یکشنبه", "mon": "دوشنبه", "tue": "سه‌شنبه", "wed": "چهارشنبه", "thu": "پنجشنبه"}
HOURS_HELP = "نمونه: ۷:۳۰ تا ۱۲ و ۱۳ تا ۱۵:۳۰؛ خالی یعنی تعطیل"
SHIFTS = tuple(
    Field(name, "text", label, help=HOURS_HELP if name == "sat" else "", required=False, max_length=120)
    for name, label in DAYS.items()
)
SWITCH = Field(
    "thursday_works",
    "yes_no",
    "پنجشنبه‌ها کار می‌کنید؟",
    help="اگر نه، ساعت آن نگه داشته می‌شود تا روزی که روشنش کنید.",
)
WEEK_FIELDS = (*SHIFTS, SWITCH, Field("from_on", "date", "از چه روزی؟", help="از فردا به بعد"))
SEASON_FIELDS = (
    Field("name", "text", "نام", help="نمونه: ماه رمضان", min_length=2, max_length=100),
    Field("from_on", "date", "از روز", help="از فردا به بعد"),
    Field("until_on", "date", "تا پایان روز"),
    *SHIFTS,
)


@officer
def show(request: DeskRequest) -> HttpResponse:
    """Two forms: the usual week from a day on, and other hours between two days."""
    calendar = calendar_here(request)
    forms = {
        "week": form_of(request, WEEK_FIELDS, _present(calendar), act="week"),
        "season": form_of(request, SEASON_FIELDS, act="season"),
    }
    for name, form in forms.items():
        if form.answers is not None:
            try:
                with changing(request, [calendar]):
                    ACTS[name](request, calendar, form.answers)
                return done(request, "admin-week", said="kept")
            except Refusal as refusal:
                forms[name] = form.refused(refusal)
    return _page(request, calendar, forms)


@officer
def drop_season(request: DeskRequest, season_id: int) -> HttpResponse:
    """Take back a season that has not begun."""
    calendar = calendar_here(request)
    seasons = calendar.seasons.exclude(name="").filter(from_on__gt=local(request.now).date())
    season = seasons.filter(pk=known_id(season_id)).first()
    if season is None:
        raise NotFound
    if request.method == "POST":
        with changing(request, [calendar]):
            changes.drop_season(season, by=as_officer(request), at=request.now)
    return done(request, "admin-week", said="ended" if request.method == "POST" else "")


def _change(request: DeskRequest, calendar: Calendar, answers: dict[str, Any]) -> None:
    from_on = day_typed(answers, "from_on")
    assert from_on is not None  # noqa: S101  # required
    from_tomorrow(from_on, at=request.now)
    shifts = _shifts(answers)
    thursday = shifts["thu"]
    if not answers["thursday_works"]:
        shifts["thu"] = ()
    week = Week(tuple(shifts.get(name, ()) for name in WEEKDAYS))
    changes.change_week(
        calendar, week, from_on=from_on, by=as_officer(request), at=request.now, thursday=thursday
    )


def _keep(request: DeskRequest, calendar: Calendar, answers: dict[str, Any]) -> None:
    from_on, until_on = day_typed(answers, "from_on"), day_typed(answers, "until_on")
    assert from_on and until_on  # noqa: S101, PT018  # both are required
    from_tomorrow(from_on, at=request.now)
    shifts = _shifts(answers)
    week = Week(tuple(shifts.get(name, ()) for name in WEEKDAYS))
    stretch = {"name": answers["name"], "from_on": from_on, "until_on": until_on}
    changes.keep_season(calendar, week, **stretch, by=as_officer(request), at=request.now)


ACTS: dict[str, Callable[[DeskRequest, Calendar, dict[str, Any]], None]] = {"week": _change, "season": _keep}


def _shifts(answers: dict[str, Any]) -> dict[str, Shifts]:
    """The shifts of each day. Raises FormRefused with everything that cannot be read."""
    found: dict[str, Shifts] = {}
    errors: dict[str, Malformed] = {}
    for name in DAYS:
        try:
            found[name] = shifts_of(answers.get(name, ""))
        except Malformed as malformed:
            errors[name] = malformed
    if errors:
        raise FormRefused(errors)
    return found


def _present(calendar: Calendar) -> dict[str, Any]:
    """The week as it is, with Thursday's hours whether they count or not."""
    week = (
        read_week(calendar.week, thursday_works=True) if calendar.week.get("thu") else calendar.working_week()
    )
    texts = {name: spoken_shifts(week.shifts[WEEKDAYS.index(name)]) for name in DAYS}
    return texts | {"thursday_works": calendar.thursday_works}


def _page(request: DeskRequest, calendar: Calendar, forms: dict[str, Form]) -> HttpResponse:
    wrong = next((name for name, form in forms.items() if form.is_refused), "")
    today = local(request.now).date()
    seasons = calendar.seasons.exclude(name="").filter(until_on__gte=today)
    return sheet_of(
        request,
        "week.html",
        forms[wrong or "week"],
        title="هفتهٔ کاری",
        above=(step(request, TITLE, "admin-calendar"),),
        forms={name: form.bounds for name, form in forms.items()},
        opened=wrong,
        seasons=[(each, _hours(each), each.from_on > today) for each in seasons],
    )


def _hours(season: Season) -> str:
    """The hours of a season in a line: those of its first days, and Thursday's where they differ."""
    shifts = season.plain().week.shifts
    usual = spoken_shifts(shifts[WEEKDAYS.index("sat")])
    thursday = shifts[THURSDAY]
    return f"{usual}؛ پنجشنبه {spoken_shifts(thursday)}" if thursday else f"{usual}؛ پنجشنبه تعطیل"
