"""The rules, without a database: when a minute is down, when an outage begins and ends, what minutes add up to."""

from datetime import datetime, timedelta

import pytest

from mizban.office.availability.instants import Span, clipped, length_of, minutes_in, span_of
from mizban.office.availability.uptime import Counts, counted, gross, net, total, waited
from mizban.office.availability.verdicts import by_target, of_office, turns
from tests.conftest import SATURDAY

MINUTE = timedelta(minutes=1)


def minutes(marks: str) -> dict[datetime, bool]:
    """«+» up, «-» down, «.» not measured; from Saturday morning on."""
    return {SATURDAY + number * MINUTE: mark == "+" for number, mark in enumerate(marks) if mark != "."}


def told(marks: str, *, is_down: bool = False) -> list[tuple[str, int]]:
    return [
        (turn.kind, round((turn.at - SATURDAY) / MINUTE))
        for turn in turns(minutes(marks), is_down=is_down, after=3)
    ]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("++--++", []),
        ("++---", [("down", 2)]),
        ("++---++-+++", [("down", 2), ("up", 8)]),
        ("--.-", []),
        ("---.+.++", [("down", 0)]),
        ("", []),
        ("---+++---", [("down", 0), ("up", 3), ("down", 6)]),
    ],
)
def test_three_failed_minutes_in_a_row_are_an_outage(marks: str, expected: list[tuple[str, int]]) -> None:
    assert told(marks) == expected


def test_it_ends_when_it_answers_as_long() -> None:
    assert told("-++-+++", is_down=True) == [("up", 4)]
    assert told("-------", is_down=True) == []


def test_a_minute_is_down_when_all_who_measured_it_say_so() -> None:
    answers = [("home", SATURDAY, False), ("home", SATURDAY, True)]
    assert by_target(answers, "all")["home"] == {SATURDAY: True}
    assert by_target(answers, "any")["home"] == {SATURDAY: False}
    assert by_target(answers[:1], "all")["home"] == {SATURDAY: False}


def test_an_office_is_up_where_all_of_it_is() -> None:
    assert of_office({"home": minutes("+++."), "form": minutes("+-..")}) == minutes("+-+.")


def test_what_was_not_measured_counts_for_nothing() -> None:
    counts = counted(minutes("+-..-+"), maintenance=[], telecom=[])
    assert (counts.up, counts.down, counts.measured) == (2, 2, 4)
    assert gross(counts) == 0.5


def test_nothing_measured_is_no_figure() -> None:
    assert gross(Counts()) is None
    assert net(Counts()) is None
    assert net(Counts(down=5, telecom=5)) is None
    assert gross(Counts(down=5, telecom=5)) == 0.0


def test_telecom_is_out_of_the_net_figure_only() -> None:
    cut: Span = (SATURDAY + 2 * MINUTE, SATURDAY + 4 * MINUTE)
    counts = counted(minutes("++----"), maintenance=[], telecom=[cut])
    assert counts == Counts(up=2, down=4, telecom=2)
    assert gross(counts) == pytest.approx(2 / 6)
    assert net(counts) == 0.5


def test_maintenance_is_what_was_down_in_its_window_and_no_telecom_lies_in_it() -> None:
    window: Span = (SATURDAY, SATURDAY + 3 * MINUTE)
    counts = counted(minutes("+----"), maintenance=[window], telecom=[window])
    assert counts == Counts(up=1, down=2, maintenance=2)
    assert gross(counts) == 0.2


def test_days_add_up() -> None:
    assert total([Counts(1, 2, 3, 1), Counts(4, 0, 0, 0)]) == Counts(5, 2, 3, 1)
    assert total([]) == Counts()


def test_a_day_is_tehrans() -> None:
    on = SATURDAY.date()
    begins, ends = span_of(on)
    assert begins.isoformat() == "2026-11-21T00:00:00+03:30"
    assert length_of(on) == (ends - begins) / MINUTE == 1440


def test_time_is_counted_once() -> None:
    one, two = (SATURDAY, SATURDAY + 5 * MINUTE), (SATURDAY + 3 * MINUTE, SATURDAY + 9 * MINUTE)
    assert minutes_in([two, one]) == 9
    assert clipped([one, two], SATURDAY + MINUTE, SATURDAY + 4 * MINUTE) == [
        (SATURDAY + MINUTE, SATURDAY + 4 * MINUTE)
    ]
    assert clipped([one], SATURDAY + 5 * MINUTE, SATURDAY + 9 * MINUTE) == []


def test_a_minute_begun_counts_as_waited() -> None:
    assert waited(SATURDAY, SATURDAY) == 0
    assert waited(SATURDAY, SATURDAY + timedelta(seconds=61)) == 2
    assert waited(SATURDAY, SATURDAY - MINUTE) == 0
