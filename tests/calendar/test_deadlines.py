"""The deadlines of a case, from its events alone: which run, when they are due, what happens by itself next."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mizban.core.cases.clocks.clock import AgencyClock, Stop
from mizban.core.cases.clocks.deadlines import Act, Deadline, Happening, acts, deadlines
from mizban.core.declarations.grammar import Declaration
from mizban.core.declarations.reading import read
from mizban.office.calendar.clock import FixedClock
from mizban.office.calendar.days import WorkingCalendar

from .errand import ERRAND
from .year_1405 import CALENDAR, at

DECLARATION = read(ERRAND)
FILED = at(1405, 8, 30, 10)


CLOCK = AgencyClock(FixedClock(CALENDAR), 1)


def history(*taken: tuple[str, datetime], filed_at: datetime = FILED) -> list[Happening]:
    """The events of a case that was filed and on which these steps were taken."""
    told = [Happening(1, filed_at, "filed", {"to": "filed"})]
    state = "filed"
    for number, (name, when) in enumerate(taken, 2):
        state = DECLARATION.steps[name].to or state
        told.append(Happening(number, when, "step", {"step": name, "to": state}))
    return told


def told(events: list[Happening], kind: str, target: str, when: datetime, **facts: Any) -> list[Happening]:
    """The same events, and one of the clock's own."""
    return [*events, Happening(len(events) + 1, when, kind, {"target": target, "since": 1, **facts})]


def found(events: list[Happening], *, big: bool = False) -> dict[str, Deadline]:
    return {each.target.name: each for each in deadlines(DECLARATION, {"big": big}, events, CLOCK)}


def coming(events: list[Happening]) -> list[tuple[str, str, int]]:
    return [(act.kind, act.name, act.share) for act in _acts(events)]


def _acts(events: list[Happening]) -> list[Act]:
    return acts(DECLARATION, {"big": False}, events, CLOCK)


def test_the_promise_comes_first_and_others_count_beside_it() -> None:
    assert list(found(history())) == ["answer", "first"]
    assert list(found(history(), big=True)) == ["answer_big", "first"]
    at_work = found(history(("start", FILED + timedelta(hours=1))))
    assert list(at_work) == ["answer", "first", "review"]
    assert (at_work["first"].is_answered, at_work["first"].kept) == (True, True)


def test_due_norm_and_shares_of_a_running_promise() -> None:
    answer = found(history())["answer"]
    # Ten working days after Saturday 30 Aban, and eight; Thursdays and Fridays off.
    assert answer.due_at == at(1405, 9, 14, 15)
    assert answer.norm_at == at(1405, 9, 10, 15)
    # 5 h of the first day and ten days of 7.5 h: 80 h, half of them on the fifth day after it.
    assert answer.shares_at[0] == at(1405, 9, 7, 12, 30)
    assert answer.kept is None


def test_an_answer_at_the_due_instant_is_in_time_and_at_the_next_one_late() -> None:
    due, tick = at(1405, 9, 14, 15), timedelta(microseconds=1)
    assert found(history(("reply", due)))["answer"].kept is True
    assert found(history(("reply", due + tick)))["answer"].kept is False
    # Nor is a breach told at an instant at which an answer would still keep the promise.
    assert (
        next(act.at for act in _acts(history()) if (act.kind, act.name) == ("breached", "answer"))
        == due + tick
    )


def test_only_a_return_and_a_named_outside_wait_stop_the_office_s_clock() -> None:
    start, ask, back = FILED + timedelta(hours=1), at(1405, 9, 1, 9), at(1405, 9, 3, 9)
    asked = found(history(("start", start), ("ask", ask)))
    assert asked["answer"].due_at is None
    assert asked["answer"].stops == (Stop(ask, None, "outside"),)
    # The treasury's own clock runs while it is the treasury's turn.
    assert asked["treasury"].due_at == at(1405, 9, 8, 15)
    came = found(history(("start", start), ("ask", ask), ("told", back)))
    assert came["answer"].due_at == at(1405, 9, 16, 15)
    assert came["treasury"].due_at is None


def test_a_stage_counts_only_while_the_case_stands_there() -> None:
    events = history(
        ("start", at(1405, 9, 1, 7, 30)),
        ("return", at(1405, 9, 1, 12, 30)),
        ("supply", at(1405, 9, 7, 7, 30)),
    )
    review = found(events)["review"]
    # 900 minutes: five hours of Sunday, ten from Saturday on.
    assert review.started_at == at(1405, 9, 1, 7, 30)
    assert review.due_at == at(1405, 9, 8, 10)
    ended = found([*events, Happening(5, at(1405, 9, 8, 9), "step", {"step": "reply", "to": "answered"})])
    assert ended["review"].kept is True


def test_an_objection_starts_its_own_clock_each_time() -> None:
    first, second = at(1405, 9, 2, 9), at(1405, 9, 8, 9)
    events = history(
        ("reply", at(1405, 9, 1, 9)), ("object", first), ("decide", at(1405, 9, 4, 9)), ("object", second)
    )
    rounds = [
        each
        for each in deadlines(DECLARATION, {"big": False}, events, CLOCK)
        if each.target.name == "objection"
    ]
    assert [(each.started_at, each.is_answered) for each in rounds] == [(first, True), (second, False)]
    assert found(events)["answer"].kept is True


def test_a_withdrawn_case_was_neither_kept_nor_broken_unless_it_was_late() -> None:
    in_time = found(history(("withdraw", at(1405, 9, 2, 9))))["answer"]
    assert (in_time.kept, in_time.ended_at) == (None, at(1405, 9, 2, 9))
    assert coming(history(("withdraw", at(1405, 9, 2, 9)))) == []
    late = history(("withdraw", at(1405, 10, 2, 9)))
    assert found(late)["answer"].kept is False
    assert ("breached", "answer", 100) in coming(late)


def test_half_of_the_time_is_warned_of_then_eighty_percent_then_the_breach() -> None:
    events = history(("start", FILED))
    answer = [(kind, share) for kind, name, share in coming(events) if name == "answer"]
    assert answer == [("warned", 50), ("warned", 80), ("breached", 100)]
    moments = [act.at for act in _acts(events) if act.name == "answer"]
    assert moments == sorted(moments)
    warned = told(events, "warned", "answer", moments[1], share=80)
    assert [share for _, name, share in coming(warned) if name == "answer"] == [100]


def test_a_breach_that_was_told_stays_as_it_was_told_whatever_the_calendar() -> None:
    due = at(1405, 9, 14, 15)
    events = told(history(), "breached", "answer", due + timedelta(hours=1), due_at=due.isoformat())
    closed = AgencyClock(FixedClock(WorkingCalendar()), 1)
    for clock in (CLOCK, closed):
        answer = deadlines(DECLARATION, {"big": False}, events, clock)[0]
        assert (answer.due_at, answer.kept, answer.is_breached) == (due, False, True)
    assert all(name != "answer" for _, name, _ in coming(events))


def test_what_was_answered_keeps_the_due_date_it_was_measured_by() -> None:
    due = at(1405, 9, 14, 15)
    facts = {"step": "reply", "to": "answered", "due_at": due.isoformat()}
    events = [*history(), Happening(2, due - timedelta(days=1), "step", facts)]
    moved = deadlines(DECLARATION, {"big": False}, events, AgencyClock(FixedClock(WorkingCalendar()), 1))[0]
    assert (moved.due_at, moved.kept) == (due, True)


def test_an_answer_after_the_due_date_nobody_had_looked_at_is_still_told_as_a_breach() -> None:
    events = history(("reply", at(1405, 10, 2, 9)))
    assert [act for act in coming(events) if act[1] == "answer"] == [("breached", "answer", 100)]


def test_no_answer_is_reminded_of_once_and_then_the_case_is_closed() -> None:
    events = history(("return", at(1405, 9, 1, 9)))
    assert [(act.name, act.at) for act in _acts(events) if act.kind == "step"] == [
        ("remind", at(1405, 9, 15, 15)),
        ("give_up", at(1405, 9, 22, 15)),
    ]
    reminded = history(("return", at(1405, 9, 1, 9)), ("remind", at(1405, 9, 15, 15)))
    assert [(act.name, act.at) for act in _acts(reminded) if act.kind == "step"] == [
        ("give_up", at(1405, 9, 22, 15))
    ]
    again = history(
        ("return", at(1405, 9, 1, 9)),
        ("remind", at(1405, 9, 15, 15)),
        ("supply", at(1405, 9, 16, 9)),
        ("return", at(1405, 9, 17, 9)),
    )
    assert [act.name for act in _acts(again) if act.kind == "step"] == ["remind", "give_up"]


PROMISE = "answer: {within: 10, norm: 8, unit: working_days, until: [reply]}"
REVIEW = "within: 900, unit: working_minutes, in: [in_review], part_of: answer"


@pytest.mark.parametrize(
    ("wrong", "instead", "expected"),
    [
        ("norm: 8", "norm: 12", "the norm of «answer» is longer than its «within»"),
        ("within: 900,", "within: 4501,", "the parts of «answer» take 4,501 working minutes, and it has 4,500"),
        ("part_of: answer", "part_of: nothing", "«part_of: nothing» names no target"),
        ("part_of: answer", "part_of: review", "«part_of: review» names no target, or one that is a part"),
        ("in: [filed], until", "in: [gone], until", "«gone» is not known in «in»"),
        ("in: [filed], until", "in: [closed], until", "counts in «closed», which is closed"),
        ("label: بررسی, ", "", "target «review» is not the promise, so it needs a «label»"),
        ("starts: [object]", "starts: [burn]", "target «objection» starts with «burn», which is no step"),
        ("starts: [object]", "starts: [decide]", "target «objection» starts and ends with the same step"),
        ("until: [decide]", "in: [disputed]", "«until» is missing"),
        ("owed_by: 'party:treasury'", "owed_by: 'party:nobody'", "«owed_by: party:nobody» is not known"),
        ("owed_by: 'party:treasury'", "owed_by: 'unit:No Such'", "«owed_by: unit:No Such» is no unit"),
        (PROMISE, "answer: {within: 10, unit: working_days, until: [reply], in: [filed], label: x}", "no target is"),
        ("from: [returned], after: {within: 10, unit: working_days}, says", "from: [returned], says", "add «after:"),
        ("by: system, from: [returned], after", "by: expert, from: [returned], after", "add «system» to «by»"),
        ("after: {within: 10, unit: working_days}", "after: {within: 10, unit: weeks}", "«unit: weeks» is not known"),
        (
            "after: {within: 10,",
            "form: [{name: why, kind: text, label: چرا}], after: {within: 10,",
            "which cannot answer «why»",
        ),
    ],
)  # fmt: skip
def test_a_broken_clock_is_told_with_its_remedy(wrong: str, instead: str, expected: str) -> None:
    from mizban.core.declarations.nodes import BrokenDeclaration

    assert ERRAND.count(wrong) == 1
    with pytest.raises(BrokenDeclaration) as broken:
        read(ERRAND.replace(wrong, instead))
    assert expected in str(broken.value)


def test_parts_for_other_cases_are_not_added_up() -> None:
    parts = "\n".join(
        f"  part_{name}: {{label: بخش, within: 4000, unit: working_minutes, in: [{name}], part_of: answer,"
        f" when: {{big: {big}}}}}"
        for name, big in (("filed", "true"), ("disputed", "false"))
    )
    source = ERRAND.replace("  treasury: {label: پاسخ خزانه", f"{parts}\n  treasury: {{label: پاسخ خزانه")
    assert read(
        source.replace(REVIEW, "within: 500, unit: working_minutes, in: [in_review], part_of: answer")
    )
    assert isinstance(DECLARATION, Declaration)
