"""A case from filing to the end, without a page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mizban.core import prepared
from mizban.core.cases.admission.access import admit
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.filing.repeating import AlreadyFiled
from mizban.core.cases.models import Case
from mizban.core.cases.sentences import timeline
from mizban.core.cases.writing import ActedFirst
from mizban.core.db import rows_of
from mizban.core.events.chain import chain_start
from mizban.core.people.actors import PUBLIC, Guest, Staff
from mizban.core.refusals import FormRefused, NotFound, NotYours
from mizban.lib.codes import is_tracking_code
from tests.conftest import REQUEST, SATURDAY

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
Open = Callable[..., Opened]


def take(case: Case, step: str, by: Any, at: Any = SATURDAY + HOUR, **answers: str) -> None:
    case.take(step, by=by, at=at, answers=answers)


def test_a_case_gets_a_code_a_password_and_a_due_date(opened: Opened) -> None:
    assert is_tracking_code(opened.case.code)
    assert len(opened.password) == 12
    # Seven working days after Saturday 30 Aban 1405, at the close: Monday 9 Azar, 15:00 in Tehran.
    assert opened.case.due_at is not None
    assert opened.case.due_at.isoformat() == "2026-11-30T11:30:00+00:00"


def test_code_and_password_admit_and_nothing_else_does(opened: Opened, open_case: Open) -> None:
    other = open_case()
    assert admit(opened.case.code, opened.password) == Guest(opened.case.pk)
    assert admit(f" {opened.case.code[:4]}-{opened.case.code[4:]}", opened.password) == Guest(opened.case.pk)
    assert admit(opened.case.code, other.password) is None
    assert admit(other.case.code, opened.password) is None
    assert admit("", "") is None


def test_a_code_without_its_password_is_no_more_work_than_no_code_at_all(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is made of a row takes time, and time tells whether there is such a case.
    found: list[Any] = []

    def watched(*asked: Any) -> Any:
        found.append(rows_of(*asked))
        return found[-1]

    monkeypatch.setattr(prepared, "rows_of", watched)
    for code, password in ((opened.case.code, "000000000000"), ("000000000000", opened.password)):
        assert admit(code, password) is None
    assert found == [[], []]


def test_the_same_form_twice_is_one_case(open_case: Open) -> None:
    first, second = open_case(token="t"), open_case(token="t", at=SATURDAY + timedelta(minutes=1))
    assert (first.is_new, second.is_new) == (True, False)
    assert (first.case.pk, first.password) == (second.case.pk, second.password)
    assert Case.objects.count() == 1


def test_the_same_form_with_other_content_is_refused(open_case: Open) -> None:
    open_case(token="t")
    with pytest.raises(AlreadyFiled):
        open_case(token="t", answers={**REQUEST, "text": "این بار چیز دیگری نوشته شده است."})


def test_the_same_form_much_later_shows_no_password_again(open_case: Open) -> None:
    open_case(token="t")
    with pytest.raises(AlreadyFiled):
        open_case(token="t", at=SATURDAY + 2 * HOUR)


def test_a_form_tells_every_error_at_once(open_case: Open) -> None:
    with pytest.raises(FormRefused) as refusal:
        open_case(answers={"department": "nowhere", "text": "کوتاه"})
    assert {name: fault.code for name, fault in refusal.value.errors.items()} == {
        "department": "not-an-option",
        "kind": "required",
        "text": "too-short",
    }


def test_the_clock_stands_while_the_applicant_is_asked(case: Case, as_babak: Staff) -> None:
    promised = case.due_at
    take(case, "start", as_babak)
    take(case, "return", as_babak, item="تصویر سند")
    assert (case.turn, case.due_at) == ("applicant", None)
    take(case, "supply", Guest(case.pk), SATURDAY + 2 * DAY, note="پیوست شد")
    assert case.turn == "office"
    assert promised is not None
    assert case.due_at == promised + 2 * DAY


def test_an_answer_by_the_due_date_is_in_time_and_later_is_late(open_case: Open, as_babak: Staff) -> None:
    prompt, slow = open_case().case, open_case().case
    take(prompt, "reply", as_babak, SATURDAY + DAY, reply="پروانهٔ شما صادر شد.")
    take(slow, "reply", as_babak, SATURDAY + 30 * DAY, reply="پروانهٔ شما صادر شد.")
    assert (prompt.was_in_time, slow.was_in_time) == (True, False)


def test_a_return_without_a_named_item_is_refused(case: Case, as_babak: Staff) -> None:
    with pytest.raises(FormRefused):
        take(case, "return", as_babak)
    case.refresh_from_db()
    assert (case.state, case.number_of_events) == ("filed", 1)


def test_who_acts_second_is_told(case: Case, as_babak: Staff) -> None:
    stale = Case.objects.get(pk=case.pk)
    take(case, "start", as_babak)
    with pytest.raises(ActedFirst) as refusal:
        take(stale, "start", as_babak)
    assert refusal.value.last is not None
    assert refusal.value.last.facts["step"] == "start"
    assert case.events.count() == 2


def test_a_page_that_is_behind_changes_nothing(case: Case, as_babak: Staff) -> None:
    case.take("start", by=as_babak, at=SATURDAY, seen=1)
    with pytest.raises(ActedFirst):
        case.take("invite", by=as_babak, at=SATURDAY, seen=1, answers={})


def test_steps_are_for_those_they_are_declared_for(case: Case, as_babak: Staff, as_dara: Staff) -> None:
    for actor in (PUBLIC, as_dara, Guest(case.pk), Guest(case.pk + 1)):
        with pytest.raises(NotYours):
            take(case, "start", actor)
    with pytest.raises(NotYours):
        take(case, "withdraw", as_babak)
    with pytest.raises(NotFound):
        take(case, "burn", as_babak)


def test_what_happened_reads_as_sentences(case: Case, as_babak: Staff) -> None:
    take(case, "start", as_babak)
    take(case, "return", as_babak, item="تصویر سند.", explanation="پشت سند خوانا نیست.")
    said = [line.sentence for line in timeline(case)]
    assert said == [
        "درخواست شما ثبت شد.",
        "بابک امینی بررسی را در «ادارهٔ مسکن» آغاز کرد.",
        "بابک امینی برای تکمیل به شما برگرداند: تصویر سند. ساعت مهلت ایستاد.",
    ]
    told = [line.sentence for line in timeline(case, with_texts=False)]
    assert told[-1] == "بابک امینی برای تکمیل به شما برگرداند. ساعت مهلت ایستاد."
    assert "تصویر سند" not in [
        line for each in timeline(case, with_texts=False) for line in map(str, each.said)
    ]


def test_the_chain_of_events_shows_tampering(case: Case, as_babak: Staff) -> None:
    take(case, "start", as_babak)
    head = chain_start(f"case {case.code}")
    for event in case.events:
        head = event.chained_to(head)
        assert head == bytes(event.hash)
    assert head == bytes(Case.objects.get(pk=case.pk).head)
    first = case.events[0]
    first.facts["channel"] = "phone"
    assert first.chained_to(chain_start(f"case {case.code}")) != bytes(first.hash)


def test_a_clerk_sees_the_cases_of_his_unit_only(open_case: Open, as_babak: Staff, as_dara: Staff) -> None:
    mine = open_case().case
    elsewhere = open_case(answers={**REQUEST, "department": "roads"}).case
    assert list(Case.objects.visible_to(as_babak)) == [mine]
    assert list(Case.objects.visible_to(as_dara)) == []
    assert list(Case.objects.visible_to(PUBLIC)) == []
    assert list(Case.objects.visible_to(Guest(elsewhere.pk))) == [elsewhere]
