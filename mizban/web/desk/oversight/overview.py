"""The view of a director-general, a head, an inspector, and of whoever directs the offices above."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from mizban.core.cases.models import Case, Offering
from mizban.core.people.models import Role
from mizban.kit.requests import DeskRequest
from mizban.office.agreements.models import Agreement
from mizban.office.compliance.figures import figures
from mizban.office.compliance.months import day_of, end_of, month_of
from mizban.office.figures import waiting
from mizban.office.figures.spans import midnight
from mizban.office.oversight import lateness
from mizban.office.oversight.dangers import dangers, standing
from mizban.web.compliance import with_everything

from ..finding import member
from ..frame import desk_page
from ..panels import waits
from ..rows import row_of
from . import words
from .endangered import Measured, Row, endangered

LONGEST = 8
YEAR = 12
# An office has a handful of agreements; offices below are told in full up to so many, the ones most behind first.
MOST_AGREEMENTS, MOST_OFFICES, MOST_TOLD = 20, 200, 8


@member(Role.DIRECTOR, Role.HEAD, Role.INSPECTOR, inspected=True)
def show(request: DeskRequest) -> HttpResponse:
    """What is late and why, among the cases this person may see; which clause of the office is in danger."""
    cases, now = Case.objects.in_house_for(request.actor), request.now
    offered = Offering.objects.of(request.agency).with_versions()
    names = {each.slug: each.declaration.title for each in offered}
    everything, late = waiting.reasons(cases, now=now)
    measured = _measured(request)
    in_danger = endangered(measured)
    return desk_page(
        request,
        "desk/oversight/overview.html",
        title="نمای مدیرکل",
        here="oversight",
        is_partial=bool(request.actor.unit_ids),
        cards=words.cards(
            everything.total,
            late.total,
            broken=_broken(in_danger),
            in_danger=len(in_danger) - _broken(in_danger),
        ),
        units=words.places(lateness.by_unit(cases, at=now), "بی‌واحد"),
        services=words.places(lateness.by_service(cases, names, at=now), ""),
        waits=waits(everything, late),
        longest=[row_of(case, request.actor, now) for case in lateness.longest(cases, at=now, most=LONGEST)],
        agreements=measured,
        in_danger=in_danger,
        trends=[made for one in measured if (made := words.trend(one.agreement.title, one.figures))],
        counted_until=_counted_until(measured),
        is_office=request.agency.has_portal,
        may_open=not request.actor.inspects,
        may_report=Role.DIRECTOR in request.actor.roles,
        month=month_of(day_of(now)),
        **_below(request),
    )


def _measured(request: DeskRequest) -> list[Measured]:
    """The agreements of the office. Where cases lead is said to those who see all of them."""
    agreements = list(with_everything().filter(agency=request.agency)[:MOST_AGREEMENTS])
    due: dict[int, int] = {}
    if not request.actor.unit_ids:
        versions = [each.current.pk for each in agreements]
        cases = Case.objects.in_house_for(request.actor)
        due = lateness.falling_due(cases, versions, until=_end_of_month(request.now))
    return [_one(each, at=request.now, due=due) for each in agreements]


def _one(agreement: Agreement, *, at: datetime, due: dict[int, int]) -> Measured:
    version = agreement.current
    found = figures(version, at=at, months=1, trend=YEAR)
    in_danger = dangers(found, falling_due=due.get(version.pk, 0))
    return Measured(agreement, version, found, in_danger, standing(found))


def _below(request: DeskRequest) -> dict[str, Any]:
    """The offices below this one, in numbers the public could know; of those most behind, the clauses in danger too."""
    if request.actor.unit_ids:
        return {"offices": []}
    rows = lateness.below(request.agency, at=request.now, most=MOST_OFFICES)
    ids = [each.agency.pk for each in rows[:MOST_TOLD]]
    told: dict[int, list[tuple[str, str]]] = {pk: [] for pk in ids}
    agreements = with_everything().filter(agency__in=ids) if ids else ()
    for agreement in list(agreements)[: MOST_TOLD * MOST_AGREEMENTS]:
        found = figures(agreement.current, at=request.now, months=1, trend=YEAR)
        told[agreement.agency_id] += [
            (each.figure.title, words.told(each)[0]) for each in dangers(found, falling_due=0)
        ]
    return {"offices": [(row, told.get(row.agency.pk)) for row in rows]}


def _broken(rows: Sequence[Row]) -> int:
    return sum(row.chip[0] == "late" for row in rows)


def _end_of_month(at: datetime) -> datetime:
    return midnight(end_of(month_of(day_of(at))))


def _counted_until(measured: Sequence[Measured]) -> datetime | None:
    return next((each.counted_until for one in measured for each in one.figures if each.counted_until), None)
