"""A province is closed: every open case gets its new due date, in one job, whatever happens to its workers."""

import sys
import time
from datetime import timedelta

import pytest

from mizban.core.cases.models import Offering
from mizban.core.people.actors import SYSTEM
from mizban.lib.jalali import local
from mizban.office.calendar import changes, sweeping
from mizban.office.calendar.closures import Closure
from mizban.office.calendar.models import Calendar
from tests.conftest import SATURDAY

from .conftest import CASES, Nursery
from .crowd import everybody, gather, is_fresh, is_whole

pytestmark = [pytest.mark.django_db(transaction=True)]
DEATHS = 3


def test_a_closure_of_the_province_moves_every_open_case(
    errands: Offering, nursery: Nursery, capsys: pytest.CaptureFixture[str]
) -> None:
    now = SATURDAY
    gather(errands, CASES, filed_at=now - timedelta(days=1), apart=timedelta(days=1) / CASES)
    calendar = Calendar.objects.get(agency=errands.agency)
    closed = [
        day for day in (local(now).date() + timedelta(days=n) for n in range(1, 7)) if day.weekday() < 3
    ]
    for day in closed[:2]:
        changes.announce_closure(calendar, Closure(day, "آلودگی هوا"), by=SYSTEM, at=now)
    started = sweeping.start(errands.agency_id, by=SYSTEM, at=now - timedelta(hours=1))
    assert started is not None
    for _ in range(DEATHS):
        nursery.kill(f"sweep {started.pk}", after=CASES // (4 * DEATHS))
    began = time.monotonic()
    nursery.finish(f"sweep {started.pk}")
    seconds = time.monotonic() - began
    started.refresh_from_db()
    assert (started.state, started.done, started.total) == ("done", CASES, CASES)
    # A third of them waits for the applicant: no due date, nothing to move.
    assert started.moved == CASES - CASES // 3
    for case, events in everybody():
        assert is_fresh(case, events)
        assert is_whole(case, events)
        moved = [event.kind for event in events].count("due_moved")
        assert moved == (0 if case.state == "returned" else 1)
    with capsys.disabled():
        sys.stderr.write(f"\n{CASES:,} open cases, {DEATHS} deaths, the last worker {seconds:.1f} s\n")
