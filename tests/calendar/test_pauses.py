"""While the applicant or another office is asked, the clock stands still."""

import pytest

from mizban.office.calendar.deadlines import Pause, Target, deadline, due_if_answered, known_at, met
from mizban.office.calendar.refusals import PauseBackwards

from .year_1405 import CALENDAR, DAYS, MINUTES, at, due

# Saturday 23 Aban to Wednesday 27 is a whole week; 22 Aban is a holiday on a Friday.
FILED = at(1405, 8, 23, 9)
THREE_DAYS = Target("answer", 3, DAYS)


def test_without_a_pause_three_days_after_saturday_are_tuesday() -> None:
    assert due(3, DAYS, FILED) == at(1405, 8, 26, 15)


def test_the_days_after_the_question_are_kept_and_counted_after_the_answer() -> None:
    # Sunday is used; Monday and Tuesday are kept, and follow the Saturday on which the answer came.
    asked = Pause(at(1405, 8, 24, 11), at(1405, 8, 30, 10), "نقص مدارک")
    assert due(3, DAYS, FILED, asked) == at(1405, 9, 2, 15)


def test_an_answer_on_a_day_off_counts_as_given_at_the_next_opening() -> None:
    on_thursday = Pause(at(1405, 8, 24, 11), at(1405, 8, 28, 10))
    on_saturday = Pause(at(1405, 8, 24, 11), at(1405, 8, 30, 10))
    assert due(3, DAYS, FILED, on_thursday) == due(3, DAYS, FILED, on_saturday) == at(1405, 9, 2, 15)


def test_a_question_answered_the_same_day_costs_no_day() -> None:
    assert due(3, DAYS, FILED, Pause(at(1405, 8, 24, 9), at(1405, 8, 24, 11))) == at(1405, 8, 26, 15)


def test_a_question_on_the_last_day_leaves_the_day_of_the_answer() -> None:
    assert due(3, DAYS, FILED, Pause(at(1405, 8, 26, 9), at(1405, 9, 1, 11))) == at(1405, 9, 1, 15)


def test_holidays_inside_a_pause_cost_nothing_and_those_after_it_are_skipped() -> None:
    filed = at(1405, 12, 15, 9)
    # Two of five days are left when asked on Tuesday; the answer comes in Nowruz and counts on the 7th.
    asked = Pause(at(1405, 12, 18, 10), at(1406, 1, 3, 10))
    assert due(5, DAYS, filed) == at(1405, 12, 23, 15)
    assert due(5, DAYS, filed, asked) == at(1406, 1, 9, 15)


def test_minutes_stop_and_go_on_where_they_stopped() -> None:
    asked = Pause(at(1405, 8, 23, 12), at(1405, 8, 25, 13), "استعلام")
    # Three hours before the question, two on the day of the answer, two and a half on the next.
    assert due(450, MINUTES, FILED, asked) == at(1405, 8, 26, 10)


def test_a_pause_outside_working_time_takes_no_minutes() -> None:
    assert due(450, MINUTES, FILED, Pause(at(1405, 8, 23, 16), at(1405, 8, 24, 7))) == due(
        450, MINUTES, FILED
    )


def test_pauses_that_overlap_are_one_pause() -> None:
    one, other = (
        Pause(at(1405, 8, 24, 9), at(1405, 8, 26, 9), "الف"),
        Pause(at(1405, 8, 25, 9), at(1405, 8, 30, 9), "ب"),
    )
    whole = Pause(at(1405, 8, 24, 9), at(1405, 8, 30, 9))
    assert due(3, DAYS, FILED, other, one) == due(3, DAYS, FILED, whole)
    found = deadline(THREE_DAYS, filed_at=FILED, pauses=[other, one], calendar=CALENDAR)
    assert [pause.reason for pause in found.pauses] == ["الف، ب"]


def test_two_pauses_one_after_another_both_count() -> None:
    pauses = Pause(at(1405, 8, 24, 9), at(1405, 8, 25, 9)), Pause(at(1405, 8, 26, 9), at(1405, 8, 27, 9))
    # Sunday and Tuesday are used by the two runs; one day is left and follows Wednesday.
    assert due(3, DAYS, FILED, *pauses) == at(1405, 8, 30, 15)


def test_a_question_asked_again_before_the_answer_counts_uses_nothing() -> None:
    # Answered on Thursday, which counts as Saturday; asked again on that Friday.
    pauses = Pause(at(1405, 8, 24, 9), at(1405, 8, 28, 9)), Pause(at(1405, 8, 29, 9), at(1405, 9, 1, 9))
    assert due(3, DAYS, FILED, *pauses) == at(1405, 9, 3, 15)


def test_what_was_late_before_the_question_stays_late() -> None:
    asked = Pause(at(1405, 8, 27, 9), None)
    for target in (THREE_DAYS, Target("answer", 450, MINUTES)):
        found = deadline(target, filed_at=FILED, pauses=[asked], calendar=CALENDAR)
        assert not found.is_paused
        assert found.due_at == due(target.within, target.unit, FILED)


def test_a_pause_before_filing_or_of_no_length_is_nothing() -> None:
    before = Pause(at(1405, 8, 20, 9), at(1405, 8, 23, 9))
    empty = Pause(at(1405, 8, 23, 16), at(1405, 8, 23, 16))
    assert due(3, DAYS, FILED, before, empty) == due(3, DAYS, FILED)


def test_an_open_pause_has_no_due_date_but_says_what_is_kept_and_what_would_be() -> None:
    found = deadline(THREE_DAYS, filed_at=FILED, pauses=[Pause(at(1405, 8, 24, 9), None)], calendar=CALENDAR)
    assert found.is_paused
    assert found.due_at is None
    assert found.remaining == 2
    assert found.unpaused_due_at == at(1405, 8, 26, 15)
    assert due_if_answered(found, at=at(1405, 8, 30, 9), calendar=CALENDAR) == at(1405, 9, 2, 15)


def test_a_running_clock_does_not_care_when_an_answer_would_come() -> None:
    found = deadline(THREE_DAYS, filed_at=FILED, calendar=CALENDAR)
    assert due_if_answered(found, at=at(1405, 9, 9, 9), calendar=CALENDAR) == found.due_at


def test_a_pause_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(PauseBackwards):
        Pause(at(1405, 8, 24, 9), at(1405, 8, 24, 8))
    found = deadline(THREE_DAYS, filed_at=FILED, pauses=[Pause(at(1405, 8, 24, 9), None)], calendar=CALENDAR)
    with pytest.raises(PauseBackwards):
        due_if_answered(found, at=at(1405, 8, 24, 8), calendar=CALENDAR)


def test_an_answer_at_the_due_instant_keeps_the_promise_and_a_second_later_does_not() -> None:
    found = deadline(THREE_DAYS, filed_at=FILED, calendar=CALENDAR)
    assert met(found, at(1405, 8, 26, 15))
    assert not met(found, at(1405, 8, 26, 15, 1))


def test_whoever_answers_while_the_clock_stands_still_is_in_time() -> None:
    found = deadline(THREE_DAYS, filed_at=FILED, pauses=[Pause(at(1405, 8, 24, 9), None)], calendar=CALENDAR)
    assert met(found, at(1406, 1, 20, 9))


def test_yesterday_nobody_knew_of_todays_pause() -> None:
    found = deadline(
        THREE_DAYS,
        filed_at=FILED,
        pauses=[Pause(at(1405, 8, 24, 9), at(1405, 8, 30, 9))],
        calendar=CALENDAR,
    )
    assert known_at(found, now=at(1405, 8, 23, 12), calendar=CALENDAR).due_at == at(1405, 8, 26, 15)
    assert known_at(found, now=at(1405, 8, 25, 12), calendar=CALENDAR).is_paused
    assert known_at(found, now=at(1405, 8, 30, 12), calendar=CALENDAR) == found
