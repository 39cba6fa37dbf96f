"""The worker looks at a case when its moment has come: it warns, tells of a breach, takes the timed step, once each."""

import threading
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from mizban.core.cases.clocks import listening, waking
from mizban.core.cases.models import Case
from mizban.core.cases.sentences import timeline
from mizban.core.events.models import Event
from mizban.core.people.actors import Guest, Staff
from tests.conftest import SATURDAY

from .conftest import File

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(case: Case) -> list[tuple[str, str, Any]]:
    """What the clock said of a case: kind, target, share."""
    own = case.events.filter(kind__in=("warned", "breached"))
    return [(event.kind, event.facts["target"], event.facts.get("share")) for event in own]


def steps(case: Case) -> list[str]:
    return [event.facts["step"] for event in case.events.filter(kind="step")]


def live(case: Case, *, until: datetime) -> None:
    """The worker looks whenever something is to happen, up to a moment."""
    case.refresh_from_db()
    while case.wake_at is not None and case.wake_at <= until:
        waking.wake(at=case.wake_at)
        case.refresh_from_db()


def whole(case: Case) -> bool:
    """Whether the chain of the case's events holds and the row has its head."""
    events = list(case.events)
    chained = all(bytes(two.hash) == two.chained_to(bytes(one.hash)) for one, two in pairwise(events))
    return chained and bytes(events[-1].hash) == bytes(case.head) and len(events) == case.number_of_events


def test_a_case_says_when_to_look_at_it_first(errand: Case) -> None:
    # Two working days for the first look at it: half of them is over on Sunday.
    assert errand.wake_at is not None
    assert SATURDAY < errand.wake_at < SATURDAY + 2 * DAY
    assert waking.wake(at=errand.wake_at - timedelta(seconds=1)) == 0
    assert waking.wake(at=errand.wake_at) == 1
    errand.refresh_from_db()
    assert told(errand) == [("warned", "first", 50)]


def test_nobody_answers_and_everything_is_told_once(errand: Case) -> None:
    live(errand, until=SATURDAY + 30 * DAY)
    assert told(errand) == [
        ("warned", "first", 50),
        ("warned", "first", 80),
        ("breached", "first", None),
        ("warned", "answer", 50),
        ("warned", "answer", 80),
        ("breached", "answer", None),
        ("breached", "promise-again", None),
    ]
    assert errand.wake_at is None
    assert whole(errand)


def test_who_slept_through_it_all_tells_the_breach_alone(errand: Case) -> None:
    waking.wake(at=SATURDAY + 30 * DAY)
    assert told(errand) == [("breached", "first", None), ("breached", "answer", None)]


def test_the_applicant_hears_of_the_breach_and_not_of_the_warning(errand: Case) -> None:
    live(errand, until=SATURDAY + 30 * DAY)
    outside = [line.sentence for line in timeline(errand)]
    assert outside[1:3] == ["موعد «نخستین رسیدگی» گذشت.", "موعد پاسخ گذشت."]
    assert not any("درصد" in sentence for sentence in outside)
    inside = [line.sentence for line in timeline(errand, inside=True)]
    assert "80 درصد از زمان پاسخ گذشته است." in inside


def test_what_the_clock_says_stands_in_nobody_s_way(errand: Case, as_babak: Staff) -> None:
    seen = errand.number_of_events
    waking.wake(at=SATURDAY + 30 * DAY)
    errand.refresh_from_db()
    errand.take("start", by=as_babak, at=SATURDAY + 30 * DAY, seen=seen)
    assert errand.state == "in_review"


def test_no_answer_is_reminded_of_and_then_the_case_is_closed(errand: Case, as_babak: Staff) -> None:
    errand.take("return", by=as_babak, at=SATURDAY, answers={"items": ["تصویر سند"]})
    live(errand, until=SATURDAY + 13 * DAY)
    assert steps(errand) == ["return"]
    live(errand, until=SATURDAY + 15 * DAY)
    assert steps(errand) == ["return", "remind"]
    live(errand, until=SATURDAY + 40 * DAY)
    assert steps(errand) == ["return", "remind", "give_up"]
    assert (errand.state, errand.is_open, errand.wake_at) == ("closed", False, None)
    assert timeline(errand)[-1].sentence == "تا ۱۵ روز کاری پاسخی نرسید و پرونده بسته شد."
    assert whole(errand)


def test_who_answers_in_time_is_left_alone(errand: Case, as_babak: Staff) -> None:
    errand.take("return", by=as_babak, at=SATURDAY, answers={"items": ["تصویر سند"]})
    errand.take("supply", by=Guest(errand.pk), at=SATURDAY + DAY)
    live(errand, until=SATURDAY + 3 * DAY)
    assert steps(errand) == ["return", "supply"]


def test_an_answer_ends_the_clock(errand: Case, as_babak: Staff) -> None:
    errand.take("reply", by=as_babak, at=SATURDAY + DAY)
    assert errand.wake_at is None
    live(errand, until=SATURDAY + 40 * DAY)
    assert told(errand) == []


def test_a_late_answer_nobody_had_noticed_is_told_as_late(errand: Case, as_babak: Staff) -> None:
    errand.take("reply", by=as_babak, at=SATURDAY + 40 * DAY)
    due = errand.due_at
    live(errand, until=SATURDAY + 40 * DAY)
    assert told(errand) == [("breached", "first", None), ("breached", "answer", None)]
    assert (errand.was_in_time, errand.due_at) == (False, due)


def test_a_listener_hears_in_the_same_transaction(errand: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[int, str, bool]] = []
    monkeypatch.setattr(listening, "_listeners", [])
    listening.listen(lambda case, event: heard.append((case.pk, event.kind, connection.in_atomic_block)))
    waking.wake(at=SATURDAY + 30 * DAY)
    assert heard == [(errand.pk, "breached", True)] * 2


def test_a_listener_that_fails_undoes_the_event_and_keeps_nobody_waiting(
    file_errand: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = file_errand(), file_errand()

    def listener(case: Case, _event: Event) -> None:
        if case.pk == broken.pk:
            raise ValueError

    monkeypatch.setattr(listening, "_listeners", [listener])
    now = SATURDAY + 30 * DAY
    assert waking.wake(at=now) == 2
    broken.refresh_from_db()
    assert (told(broken), broken.wake_at) == ([], now + waking.LATER)
    assert len(told(other)) == 2
    monkeypatch.setattr(listening, "_listeners", [])
    waking.wake(at=now + waking.LATER)
    assert len(told(broken)) == 2


def test_what_is_not_due_is_not_read(file_errand: File, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        file_errand()
    with django_assert_num_queries(1):
        assert waking.wake(at=SATURDAY) == 0


@pytest.mark.django_db(transaction=True)
def test_many_workers_tell_of_each_deadline_once(file_errand: File) -> None:
    cases = [file_errand() for _ in range(12)]

    def work() -> None:
        try:
            for _ in range(6):
                waking.wake(at=SATURDAY + 30 * DAY, most=5)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    waking.wake(at=SATURDAY + 30 * DAY)
    for case in cases:
        case.refresh_from_db()
        assert Counter(told(case)) == Counter([("breached", "first", None), ("breached", "answer", None)])
        assert whole(case)
