"""The applicant's own time: days on which the portal was out are given back by themselves, and it is said."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client

from mizban.core.cases.clocks import waking
from mizban.core.cases.clocks.clock import AgencyClock
from mizban.core.cases.clocks.own_time import own_time
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.core.declarations.grammar import After
from mizban.core.people.actors import Staff
from mizban.office.availability.models import Outage
from mizban.office.calendar.clock import FixedClock
from mizban.office.calendar.days import WorkingCalendar
from tests.conftest import SATURDAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEN_DAYS = After(10, "working_days")


def clock(*hours: tuple[float, float]) -> AgencyClock:
    """A clock that knows of outages, as hours after Saturday morning."""

    def out(_agency: int, begins: Any, ends: Any) -> list[tuple[Any, Any]]:
        spans = [(SATURDAY + a * HOUR, SATURDAY + b * HOUR) for a, b in hours]
        return [(max(begins, a), min(ends, b)) for a, b in spans if a < ends and b > begins]

    return AgencyClock(FixedClock(WorkingCalendar()), 1, out)


def days_of(found: Any) -> int:
    return WorkingCalendar().working_days_between(SATURDAY.date(), found.until.date())


def test_without_an_outage_it_is_what_was_declared() -> None:
    found = own_time(clock(), TEN_DAYS, since=SATURDAY)
    assert (days_of(found), found.given_back) == (10, 0)


def test_a_day_for_each_day_it_was_out_however_shortly() -> None:
    found = own_time(clock((24, 24.2), (26, 26.1), (47, 50)), TEN_DAYS, since=SATURDAY)
    # Sunday twice; from nine on Monday morning over noon: two days.
    assert (days_of(found), found.given_back, len(found.lost_on)) == (12, 2, 2)


def test_an_outage_in_the_time_given_back_counts_too() -> None:
    last = (own_time(clock(), TEN_DAYS, since=SATURDAY).until - SATURDAY) / HOUR
    found = own_time(clock((24, 25), (last + 1, last + 2)), TEN_DAYS, since=SATURDAY)
    assert found.given_back == 2


def test_what_was_out_before_or_after_is_nothing() -> None:
    assert own_time(clock((-5, -1), (2000, 2001)), TEN_DAYS, since=SATURDAY).given_back == 0


def test_minutes_are_given_back_as_minutes() -> None:
    found = own_time(clock((0.5, 1)), After(120, "working_minutes"), since=SATURDAY)
    assert (found.given_back, found.until) == (30, SATURDAY + 2.5 * HOUR)


def test_a_case_that_waits_for_maryam_waits_longer_and_says_so(
    offering: Offering, open_case: Callable[..., Opened], as_babak: Staff, client: Client
) -> None:
    opened = open_case()
    case: Case = opened.case
    case.take("start", by=as_babak, at=SATURDAY)
    case.take(
        "return", by=as_babak, at=SATURDAY, answers={"item": "کارت ملی", "explanation": "تصویر خوانا نیست."}
    )
    lapsing = next(
        step for step in case.declaration.steps_open_in(case.state) if step.after and step.to
    ).after
    assert lapsing is not None
    plain = AgencyClock(FixedClock(WorkingCalendar()), case.agency_id)
    usual = own_time(plain, lapsing, since=SATURDAY).until
    Outage.objects.create(
        agency=case.agency, from_at=SATURDAY + DAY, until_at=SATURDAY + DAY + HOUR, detected_at=SATURDAY + DAY
    )
    with time_machine.travel(SATURDAY + 2 * DAY, tick=False):
        client.post("/track/", {"code": case.code, "password": opened.password})
        page = client.get("/track/case/").content.decode()
    assert "چون درگاه در یکشنبه ۱ آذر قطع بود، این مهلت ۱ روز کاری بیشتر شده است." in page
    waking.wake(at=usual + HOUR)
    case.refresh_from_db()
    assert case.turn == "applicant"
    waking.wake(at=usual + 4 * DAY)
    case.refresh_from_db()
    assert not case.is_open
