"""Whatever happens to a case, its row says what its events and the calendar make of it: over random histories."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mizban.core.cases.clocks import waking
from mizban.core.cases.models import Case, Offering
from mizban.core.people.actors import PUBLIC, SYSTEM, Actor, Guest, Staff
from mizban.core.people.models import Role
from mizban.lib.jalali import local
from mizban.office.calendar import changes, sweeping
from mizban.office.calendar.closures import Closure
from mizban.office.calendar.current import calendar_of
from mizban.office.calendar.models import Calendar
from mizban.office.calendar.week import THURSDAY_HOURS, iranian_week
from tests.chance import examples
from tests.conftest import MARYAM, SATURDAY

from .test_sweeping import is_fresh
from .test_waking import whole

pytestmark = pytest.mark.django_db

# A step (by its place among those open), or what the calendar does; how many minutes later; whether swept at once.
MOVES = st.tuples(
    st.sampled_from(["step"] * 6 + ["wake"] * 2 + ["close", "correct", "week"]),
    st.integers(0, 9),
    st.integers(1, 60 * 24 * 6),
    st.booleans(),
)


class Life:
    """One case and the calendar it lives under."""

    def __init__(self, case: Case, experts: Staff, treasury: Staff) -> None:
        self.case, self.at, self.is_behind = case, case.filed_at, False
        self.takers: dict[str, Actor] = {
            "expert": experts,
            "head": experts,
            "applicant": Guest(case.pk),
            "party:treasury": treasury,
        }
        self.calendar = Calendar.objects.get(agency=case.agency)

    def go(self, move: tuple[str, int, int, bool]) -> None:
        what, which, minutes, is_swept = move
        self.at += timedelta(minutes=minutes)
        if what == "wake":
            waking.wake(at=self.at)
        elif what == "step":
            self._step(which)
        else:
            self._change(what, which, is_swept=is_swept)
        self.case.refresh_from_db()

    def _step(self, which: int) -> None:
        declared = self.case.declaration.steps_open_in(self.case.state)
        steps = [step for step in declared if "system" not in step.by and step.is_for(self.case.plain)]
        if steps:
            step = steps[which % len(steps)]
            answers: dict[str, Any] = {"items": ["سند"]} if step.name == "return" else {}
            self.case.take(step.name, by=self.takers[step.by[0]], at=self.at, answers=answers)

    def _change(self, what: str, which: int, *, is_swept: bool) -> None:
        there = local(self.at).date() + timedelta(days=which - 3)
        if what == "close":
            changes.announce_closure(self.calendar, Closure(there, "برف"), by=SYSTEM, at=self.at)
        elif what == "correct":
            holiday = changes.enter_holiday(self.calendar, on=there, name="عید", by=SYSTEM, at=self.at)
            if which % 2:
                changes.drop_holiday(holiday, by=SYSTEM, at=self.at)
        else:
            week = iranian_week(thursday=THURSDAY_HOURS if which % 2 else ())
            changes.change_week(
                self.calendar, week, from_on=max(there, date(2026, 11, 1)), by=SYSTEM, at=self.at
            )
        self.is_behind = True
        if is_swept:
            self.sweep()

    def sweep(self) -> None:
        started = sweeping.start(self.case.agency_id, by=SYSTEM, at=self.at)
        if started:
            sweeping.run(started.pk, at=self.at)
        self.is_behind = False
        self.case.refresh_from_db()


@pytest.fixture
def lives(errands: Offering, as_babak: Staff, as_dara: Staff, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sweeping, "SETTLED_AFTER", 0.0)
    expert = Staff(as_babak.user_id, "بابک", errands.agency_id, frozenset([Role.EXPERT, Role.HEAD]))

    def _life(at: datetime, *, big: bool) -> Life:
        answers = {"text": "گواهی می‌خواهم", "big": "yes" if big else "no"}
        case = Case.open(errands, by=PUBLIC, applicant=MARYAM, answers=answers, at=at).case
        return Life(case, expert, as_dara)

    return _life


@settings(examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=1, max_size=12), later=st.integers(0, 60 * 24 * 7), big=st.booleans())
def test_the_stored_due_date_is_the_computed_one(
    lives: Any, moves: list[tuple[str, int, int, bool]], later: int, *, big: bool
) -> None:
    life = lives(SATURDAY + timedelta(minutes=later), big=big)
    for move in moves:
        life.go(move)
        assert life.is_behind or _agrees(life.case)
    life.sweep()
    assert _agrees(life.case)
    assert whole(life.case)


def _agrees(case: Case) -> bool:
    if not case.is_open:
        # No sweep looks at what is closed: only what was due then is kept, and it stands in the event that closed it.
        case.due_calendar = calendar_of(case.agency_id).version
    elif case.answered_at is not None:
        case.due_calendar = max(case.due_calendar, calendar_of(case.agency_id).version)
    return is_fresh(case)
