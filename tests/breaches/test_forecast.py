"""What will be late, by arithmetic alone: no database."""

from datetime import date, timedelta

import pytest

from mizban.office.breaches.forecast import Waiting, forecast

TODAY = date(2026, 11, 21)
DAYS = [TODAY + timedelta(days=number) for number in range(5)]


def due(day: int, count: int, *, first: int = 1, assigned: bool = True) -> list[Waiting]:
    return [Waiting(first + number, DAYS[day], assigned) for number in range(count)]


def test_who_answers_enough_is_never_late() -> None:
    assert not any(day.late for day in forecast(due(0, 2) + due(1, 2, first=10), 2.0, DAYS))


def test_tomorrow_fourteen_are_late_and_seven_answers_a_day_more_prevent_it() -> None:
    tomorrow = forecast(due(1, 20, assigned=False), 3.0, DAYS)[1]
    assert (tomorrow.due, len(tomorrow.late), tomorrow.unassigned, tomorrow.more) == (20, 14, 14, 7)
    assert not forecast(due(1, 20), 3.0 + tomorrow.more, DAYS)[1].late


def test_what_is_late_already_takes_its_part_of_the_answers() -> None:
    overdue = [Waiting(100 + number, None, is_assigned=True) for number in range(4)]
    found = forecast(overdue + due(1, 2), 2.0, DAYS)
    assert [len(day.late) for day in found] == [0, 2, 0, 0, 0]


def test_those_without_an_owner_are_the_last_of_their_day() -> None:
    mixed = [*due(0, 1, assigned=False), *due(0, 1, first=2)]
    assert forecast(mixed, 1.0, DAYS)[0].late == (1,)


@pytest.mark.parametrize("rate", [None, 0.0])
def test_a_unit_that_never_answered_is_late_with_everything(rate: float | None) -> None:
    assert len(forecast(due(2, 3), rate, DAYS)[2].late) == 3
