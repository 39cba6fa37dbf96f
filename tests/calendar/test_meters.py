"""How much of the time is used and what is left of it."""

from datetime import datetime

import pytest

from mizban.office.calendar.deadlines import Left, Pause, Target, deadline, left, progress

from .year_1405 import CALENDAR, DAYS, MINUTES, at

FILED = at(1405, 8, 23, 7, 30)
ASKED = Pause(at(1405, 8, 24, 7, 30), at(1405, 8, 30, 7, 30), "نقص مدارک")


def three_days_left(now: datetime, *pauses: Pause) -> Left:
    found = deadline(Target("answer", 3, DAYS), filed_at=FILED, pauses=pauses, calendar=CALENDAR)
    return left(found, now=now, calendar=CALENDAR)


def three_days_used(now: datetime, *pauses: Pause) -> float:
    found = deadline(Target("answer", 3, DAYS), filed_at=FILED, pauses=pauses, calendar=CALENDAR)
    return progress(found, now=now, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("now", "days", "minutes", "is_late"),
    [
        pytest.param(at(1405, 8, 23, 7, 30), 3, 1800, False, id="just filed"),
        pytest.param(at(1405, 8, 24, 9), 2, 1260, False, id="the first day"),
        pytest.param(at(1405, 8, 26, 14), 0, 60, False, id="due today"),
        pytest.param(at(1405, 8, 26, 15), 0, 0, False, id="due now"),
        pytest.param(at(1405, 8, 26, 16), 0, 0, True, id="late since an hour in which nobody works"),
        pytest.param(at(1405, 8, 27, 8), -1, -30, True, id="late since half an hour of work"),
        pytest.param(at(1405, 8, 30, 8), -2, -480, True, id="late over a weekend"),
    ],
)
def test_what_is_left_of_three_days(now: datetime, days: int, minutes: int, *, is_late: bool) -> None:
    assert three_days_left(now) == Left(DAYS, days, minutes, is_late, is_paused=False)


def test_before_the_day_it_counts_from_everything_is_left() -> None:
    found = deadline(Target("answer", 3, DAYS), filed_at=at(1405, 8, 20, 16), calendar=CALENDAR)
    assert left(found, now=at(1405, 8, 21, 9), calendar=CALENDAR).days == 3
    assert progress(found, now=at(1405, 8, 21, 9), calendar=CALENDAR) == 0


def test_while_paused_what_is_left_stands_still() -> None:
    open_pause = Pause(ASKED.from_at, None)
    for now in (at(1405, 8, 24, 8), at(1405, 8, 27, 8), at(1406, 2, 1, 8)):
        assert three_days_left(now, open_pause) == Left(DAYS, 2, 1350, is_late=False, is_paused=True)
        assert three_days_used(now, open_pause) == 0.25


def test_what_is_left_in_the_past_is_what_was_known_then() -> None:
    assert three_days_left(at(1405, 8, 25, 9), ASKED).is_paused
    assert three_days_left(at(1405, 8, 23, 9), ASKED).days == 3
    assert three_days_left(at(1405, 8, 30, 9), ASKED).days == 2


def test_minutes_are_left_to_the_second_and_make_whole_days() -> None:
    found = deadline(Target("answer", 1000, MINUTES), filed_at=FILED, calendar=CALENDAR)
    assert left(found, now=at(1405, 8, 23, 8), calendar=CALENDAR) == Left(
        MINUTES, 2, 970, is_late=False, is_paused=False
    )
    assert left(found, now=at(1405, 8, 30, 15), calendar=CALENDAR) == Left(
        MINUTES, -3, -1700, is_late=True, is_paused=False
    )


def test_the_meter_fills_from_filing_to_the_due_instant_and_stays_full() -> None:
    assert three_days_used(FILED) == 0
    assert three_days_used(at(1405, 8, 24, 7, 30)) == 0.25
    assert three_days_used(at(1405, 8, 26, 15)) == 1
    assert three_days_used(at(1405, 9, 26, 15)) == 1


def test_the_meter_does_not_move_at_night() -> None:
    assert three_days_used(at(1405, 8, 23, 15)) == three_days_used(at(1405, 8, 24, 7)) == 0.25


def test_after_a_pause_the_meter_goes_on() -> None:
    # One day before the question, then the day of the answer and two more: four days in all.
    assert three_days_used(at(1405, 8, 30, 15), ASKED) == pytest.approx(0.5)


def test_a_promise_of_no_minutes_is_used_at_once() -> None:
    found = deadline(Target("answer", 0, MINUTES), filed_at=FILED, calendar=CALENDAR)
    assert found.due_at == FILED
    assert progress(found, now=FILED, calendar=CALENDAR) == 1
