"""«پیش‌بینی»: what will be late in the next five working days, unit by unit, and what would prevent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.http import urlencode

from mizban.core.cases.models import Case
from mizban.kit.environment import url
from mizban.kit.filters import fa, spoken
from mizban.kit.requests import DeskRequest
from mizban.office.breaches.forecast import Day
from mizban.office.breaches.foreseeing import MOST, Outlook, Unit, outlook
from mizban.office.calendar.current import calendar_of
from mizban.office.calendar.refusals import CalendarMissing
from mizban.web.dues import chip_for

from ..finding import member
from .frame import Row, breach_page, row

MOST_SHOWN = 100
NO_UNIT = "none"


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's day: how many will be late of how many due, and the address of their list."""

    late: int
    due: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One unit: its name, what it answers a day, what is late already, a cell a day."""

    name: str
    rate: str
    overdue: int
    cells: list[Cell]


@member(inspected=True)
def show(request: DeskRequest) -> HttpResponse:
    """The forecast over what this person sees; the list behind a number where the address names one."""
    try:
        calendar = calendar_of(request.agency.pk)
    except CalendarMissing:
        return _page(request, None)
    cases = Case.objects.in_house_for(request.actor)
    return _page(request, outlook(cases, calendar, now=request.now))


def _page(request: DeskRequest, found: Outlook | None) -> HttpResponse:
    today = calendar_of(request.agency.pk).day_of(request.now) if found else None
    unit, day = request.GET.get("unit", ""), request.GET.get("day", "")
    chosen = _chosen(found, unit, day) if found else None
    return breach_page(
        request,
        "forecast.html",
        title="پیش‌بینی دیرکرد",
        part="forecast",
        days=[_called(each, today) for each in found.days] if found else [],
        lines=[_line(request, each, unit, day) for each in found.units] if found else [],
        sentences=[_sentence(*each, today) for each in _worst(found)] if found else [],
        is_cut=found.is_cut if found else False,
        most=MOST,
        rows=_rows(request, chosen.late) if chosen else [],
        chosen=_called(chosen.on, today) if chosen else "",
    )


def _worst(found: Outlook) -> list[tuple[Unit, Day]]:
    """What is said in sentences: the nearest day of each unit on which something will be late."""
    nearest = [(unit, next((day for day in unit.days if day.late), None)) for unit in found.units]
    return [(unit, day) for unit, day in nearest if day is not None]


def _sentence(unit: Unit, day: Day, today: date | None) -> str:
    """«فردا ۱۴ پروندهٔ «واحد ب» دیر می‌شود، مگر ۹ پروندهٔ بی‌صاحب سپرده شود و روزی ۵ پاسخ بیشتر داده شود.»"""
    helps = []
    if day.unassigned:
        helps.append(f"{day.unassigned} پروندهٔ بی‌صاحب سپرده شود")
    if day.elsewhere:
        helps.append(f"دستگاه دیگر به {day.elsewhere} پرونده پاسخ دهد")
    if day.more:
        helps.append(f"روزی {day.more} پاسخ بیشتر داده شود")
    unless = f"، مگر {' و '.join(helps)}" if helps else ""
    return fa(f"{_called(day.on, today)} {len(day.late)} پروندهٔ «{unit.name or 'بی‌واحد'}» دیر می‌شود{unless}.")


def _called(day: date, today: date | None) -> str:
    if day == today:
        return "امروز"
    return "فردا" if today and (day - today).days == 1 else spoken(day, today)


def _line(request: DeskRequest, unit: Unit, chosen: str, on: str) -> Line:
    address, key = url("desk:forecast", request.agency.slug), str(unit.unit_id or NO_UNIT)
    return Line(
        name=unit.name or "بی‌واحد",
        rate="سنجیده نشده" if unit.rate is None else fa(f"{unit.rate:.1f}".replace(".", "٫")),
        overdue=unit.overdue,
        cells=[
            Cell(
                len(day.late),
                day.due,
                f"{address}?{urlencode({'unit': key, 'day': day.on.isoformat()})}#list",
                (key, day.on.isoformat()) == (chosen, on),
            )
            for day in unit.days
        ],
    )


def _chosen(found: Outlook, unit: str, day: str) -> Day | None:
    """The day the address names; an unknown one is none."""
    days = [each for one in found.units if str(one.unit_id or NO_UNIT) == unit for each in one.days]
    return next((each for each in days if each.on.isoformat() == day), None)


def _rows(request: DeskRequest, ids: Sequence[int]) -> list[Row]:
    cases = Case.objects.in_house_for(request.actor).for_lists().in_bulk(ids[:MOST_SHOWN])
    return [row(request, cases[pk], chip=chip_for(cases[pk], now=request.now)) for pk in ids if pk in cases]
