"""A closure moves every open deadline in one job: an event on each case, progress for the desk, nothing untold."""

from datetime import date, timedelta

import pytest

from mizban.core.cases import many
from mizban.core.cases.clocks import waking
from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.clocks.deadlines import times
from mizban.core.cases.models import Case
from mizban.core.cases.sentences import timeline
from mizban.core.jobs import running as jobs
from mizban.core.people.actors import SYSTEM, Guest, Staff
from mizban.office.calendar import changes, sweeping
from mizban.office.calendar.closures import Closure
from mizban.office.calendar.models import Calendar, Sweep
from mizban.office.calendar.sweeping import Superseded
from tests.conftest import SATURDAY

from .conftest import File
from .test_waking import whole

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUNDAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other process knows an older calendar."""
    monkeypatch.setattr(sweeping, "SETTLED_AFTER", 0.0)


def close(case: Case, on: date = SUNDAY, reason: str = "آلودگی هوا") -> None:
    calendar = Calendar.objects.get(agency=case.agency)
    changes.announce_closure(calendar, Closure(on, reason, letter_number="۱۲/۳۴"), by=SYSTEM, at=SATURDAY)


def sweep(case: Case) -> Sweep:
    started = sweeping.start(case.agency_id, by=SYSTEM, at=SATURDAY)
    assert started is not None
    sweeping.run(started.pk, at=SATURDAY + timedelta(hours=1))
    case.refresh_from_db()
    started.refresh_from_db()
    return started


def is_fresh(case: Case) -> bool:
    """Whether the row says what the events and the calendar of now make of it."""
    found = times(case.declaration, case.plain, case.history(), clock_of(case.agency_id))
    return (found.due_at, found.due_calendar, found.wake_at) == (case.due_at, case.due_calendar, case.wake_at)


def test_a_closure_moves_the_due_date_and_the_applicant_is_told_why(errand: Case) -> None:
    before = errand.due_at
    close(errand)
    done = sweep(errand)
    assert before is not None
    assert errand.due_at == before + DAY
    assert timeline(errand)[-1].sentence == (
        "اداره در یکشنبه ۱ آذر ۱۴۰۵ تعطیل اعلام شد (آلودگی هوا، نامهٔ ۱۲/۳۴)."
        " موعد پاسخ از شنبه ۱۴ آذر ۱۴۰۵ به یکشنبه ۱۵ آذر ۱۴۰۵ رفت."
    )
    assert (done.state, done.done, done.total, done.moved) == ("done", 1, 1, 1)
    assert is_fresh(errand)
    assert whole(errand)


def test_what_does_not_move_hears_nothing(errand: Case, file_errand: File, as_babak: Staff) -> None:
    paused, answered, closed = file_errand(), file_errand(), file_errand()
    paused.take("return", by=as_babak, at=SATURDAY, answers={"items": ["سند"]})
    answered.take("reply", by=as_babak, at=SATURDAY)
    closed.take("withdraw", by=Guest(closed.pk), at=SATURDAY)
    due = answered.due_at
    close(errand)
    assert sweep(errand).moved == 1
    for case in (paused, answered, closed):
        case.refresh_from_db()
        assert case.events.last().kind == "step"  # type: ignore[union-attr]
    assert (paused.due_at, answered.due_at) == (None, due)
    assert is_fresh(paused)


def test_a_late_closure_never_untells_a_breach(errand: Case) -> None:
    due = errand.due_at
    waking.wake(at=SATURDAY + 30 * DAY)
    close(errand)
    assert sweep(errand).moved == 0
    assert errand.due_at == due
    assert is_fresh(errand)


def test_the_wait_of_a_timed_step_moves_too(errand: Case, as_babak: Staff) -> None:
    errand.take("return", by=as_babak, at=SATURDAY, answers={"items": ["سند"]})
    before = errand.wake_at
    close(errand)
    sweep(errand)
    assert before is not None
    assert errand.wake_at == before + DAY


def test_several_changes_are_one_sweep_and_one_sentence_each(errand: Case) -> None:
    close(errand)
    first = sweeping.start(errand.agency_id, by=SYSTEM, at=SATURDAY)
    close(errand, SUNDAY + DAY, "برف")
    assert sweeping.start(errand.agency_id, by=SYSTEM, at=SATURDAY) == first
    assert Sweep.objects.count() == 1
    sweep(errand)
    cause = errand.events.last().facts["cause"]  # type: ignore[union-attr]
    assert "برف" in cause
    assert "آلودگی هوا" in cause


def test_nothing_behind_is_nothing_to_do(errand: Case) -> None:
    assert sweeping.start(errand.agency_id, by=SYSTEM, at=SATURDAY) is None
    assert sweeping.progress(errand.agency_id) is None


def test_a_sweep_that_died_goes_on_where_it_stood(
    errand: Case, file_errand: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        file_errand()
    close(errand)
    started = sweeping.start(errand.agency_id, by=SYSTEM, at=SATURDAY)
    assert started is not None
    monkeypatch.setattr(sweeping, "BATCH", 2)
    real, calls = many.record_many, []

    def dying(*args: object, **named: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "record_many", dying)
    with pytest.raises(KeyboardInterrupt):
        sweeping.run(started.pk, at=SATURDAY)
    half = sweeping.progress(errand.agency_id)
    assert half is not None
    assert (half.state, half.done, half.total) == ("running", 2, 5)
    sweeping.run(started.pk, at=SATURDAY)
    for case in Case.objects.all():
        assert is_fresh(case)
        assert whole(case)
        assert [event.kind for event in case.events] == ["filed", "due_moved"]
    with pytest.raises(Superseded):
        sweeping.run(started.pk, at=SATURDAY)


def test_the_worker_runs_it_and_a_job_that_failed_is_shown_as_failed(errand: Case) -> None:
    close(errand)
    sweeping.start(errand.agency_id, by=SYSTEM, at=SATURDAY)
    job = jobs.take("worker", at=SATURDAY)
    assert job is not None
    jobs.run(job, clock=lambda: SATURDAY)
    latest = sweeping.progress(errand.agency_id)
    assert latest is not None
    assert latest.state == "done"
    close(errand, SUNDAY + DAY)
    sweeping.start(errand.agency_id, by=SYSTEM, at=SATURDAY)
    assert jobs.take("worker", at=SATURDAY)
    type(job).objects.exclude(pk=job.pk).update(status="FAILED")
    latest = sweeping.progress(errand.agency_id)
    assert latest is not None
    assert latest.state == "failed"


def test_a_case_filed_meanwhile_with_the_old_calendar_is_found(errand: Case) -> None:
    close(errand)
    Case.objects.filter(pk=errand.pk).update(due_calendar=0)
    sweep(errand)
    assert not Case.objects.filter(due_calendar=0).exists()
