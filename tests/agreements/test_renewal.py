"""What a renewal would have meant for last year's cases: every case looked at, by the calendar's own rules."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mizban.core.cases.clocks.clock import Stop
from mizban.core.cases.filing.opening import Opened
from mizban.core.people.actors import Staff
from mizban.lib.jalali import local
from mizban.office.agreements import drafting, renewal
from mizban.office.agreements.elapsed import due_after
from mizban.office.agreements.models import AgreementVersion, Effect
from mizban.office.figures.spans import midnight

from .conftest import NOON

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_late_then_and_late_now_are_counted_case_by_case(
    on_paper: AgreementVersion, as_hamed: Staff, as_babak: Staff, open_case: Callable[..., Opened]
) -> None:
    start = NOON - 200 * DAY
    for answered_after in (1, 6, 20, 60):
        case = open_case(at=start).case
        case.take("reply", by=as_babak, at=start + answered_after * DAY, answers={"reply": "پاسخ داده شد."})
    # One waited forty days for its applicant, in which the clock stood.
    waiting = open_case(at=start).case
    waiting.take("return", by=as_babak, at=start + DAY, answers={"item": "نشانی کامل"})
    # One still out, and one of the year before that.
    open_case(at=start)
    open_case(at=NOON - 500 * DAY)
    draft = drafting.successor_of(on_paper, by=as_hamed, at=NOON)
    effect = renewal.ask(draft, {"value": 2, "unit": "working_days"}, at=NOON)
    assert renewal.count(effect.pk, at=NOON) == 6
    effect.refresh_from_db()
    assert (effect.state, effect.total, effect.done) == (Effect.State.DONE, 6, 6)
    within = on_paper.agreement.agency.offerings.get().declaration.answer_target.within
    assert within > 2
    assert effect.late_then == 4, "six days, twenty, sixty, and the one still out"
    assert 1 <= effect.late_now < effect.late_then
    assert renewal.count(effect.pk, at=NOON) == 0, "a second worker counts nothing twice"


@pytest.mark.parametrize(
    ("value", "unit", "late"),
    [(5, "days", 4), (6, "days", 3), (144, "hours", 3), (143, "hours", 4), (8639, "minutes", 4)],
)
def test_days_and_hours_as_they_come_are_counted_as_such(
    on_paper: AgreementVersion,
    as_hamed: Staff,
    as_babak: Staff,
    open_case: Callable[..., Opened],
    value: int,
    unit: str,
    late: int,
) -> None:
    """Answered after a day, six, twenty, sixty; one still out; one asked back on the day it was filed."""
    start = NOON - 200 * DAY
    for answered_after in (1, 6, 20, 60):
        case = open_case(at=start).case
        case.take("reply", by=as_babak, at=start + answered_after * DAY, answers={"reply": "پاسخ داده شد."})
    open_case(at=start).case.take("return", by=as_babak, at=start, answers={"item": "نشانی کامل"})
    open_case(at=start)
    draft = drafting.successor_of(on_paper, by=as_hamed, at=NOON)
    effect = renewal.ask(draft, {"value": value, "unit": unit}, at=NOON)
    assert renewal.count(effect.pk, at=NOON) == 6
    effect.refresh_from_db()
    assert effect.late_then == late


def test_a_clock_that_stood_goes_on_where_it_was() -> None:
    """Filed on Saturday at noon; asked back after an hour, answered on Monday at noon."""
    stood = [Stop(NOON + HOUR, NOON + 2 * DAY, "returned")]
    assert due_after(48, "hours", filed_at=NOON, stops=stood) == NOON + 4 * DAY - HOUR
    wednesday = local(NOON + 4 * DAY).date()
    assert local(due_after(2, "days", filed_at=NOON, stops=stood) or NOON) == midnight(wednesday) + DAY
    assert due_after(2, "days", filed_at=NOON, stops=[Stop(NOON + HOUR, None, "returned")]) is None
    assert due_after(30, "minutes", filed_at=NOON, stops=stood) == NOON + HOUR / 2, "it had run out before"


def test_what_the_calendar_cannot_count_is_not_promised_an_effect() -> None:
    assert renewal.countable({"value": 5, "unit": "working_days"})
    assert renewal.countable({"value": 16, "unit": "working_hours"})
    assert renewal.countable({"value": 90, "unit": "minutes"})
    for target in (None, {"value": 2, "unit": "months"}, {"value": 1.5, "unit": "working_days"}):
        assert not renewal.countable(target)
