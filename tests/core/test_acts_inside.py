"""Acts inside the office: who may, what stays unsaid, and two people at the same moment."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.inhouse import assigning, noting, referring
from mizban.core.cases.inhouse.inside import INTERNAL, told
from mizban.core.cases.models import Case
from mizban.core.cases.sentences import UNSAID, spoken, timeline
from mizban.core.cases.steps.permitting import is_one_of
from mizban.core.cases.writing import ActedFirst
from mizban.core.events.chain import chain_start
from mizban.core.people.actors import Guest, Staff
from mizban.core.people.models import Role
from mizban.core.refusals import NotYours
from tests.conftest import SATURDAY, make_member
from tests.core.test_two_at_once import at_once

NOTE = "این را متقاضی نمی‌خواند."


def test_what_is_internal_has_no_words_outside(case: Case, as_babak: Staff) -> None:
    noting.note(case, by=as_babak, at=SATURDAY, answers={"text": NOTE})
    assigning.assign(case, to=as_babak.user_id, by=as_babak, at=SATURDAY)
    assigning.give_back(case, by=as_babak, at=SATURDAY)
    events = list(case.events)
    assert {event.kind for event in events} <= INTERNAL | {"filed"}
    assert [event.kind for event in told(events)] == ["filed"]
    assert [line.sentence for line in timeline(case)] == ["درخواست شما ثبت شد."]
    assert len(timeline(case, inside=True)) == 4
    for event in events[1:]:
        line = spoken(case, event)
        assert (line.sentence, line.said) == (UNSAID, ())
    assert [text for _, text in spoken(case, events[1], inside=True).said] == [NOTE]
    assert spoken(case, events[1], inside=True, with_texts=False).said == ()


def test_the_chain_holds_through_acts_inside(case: Case, as_babak: Staff) -> None:
    noting.note(case, by=as_babak, at=SATURDAY, answers={"text": NOTE})
    referring.refer(case, by=as_babak, at=SATURDAY, answers={"unit": "roads", "reason": "از ما نیست."})
    head = chain_start(f"case {case.code}")
    for event in case.events:
        head = event.chained_to(head)
    assert head == bytes(Case.objects.get(pk=case.pk).head)


def test_acts_are_for_those_who_work_on_the_case(case: Case, as_dara: Staff, as_sara: Staff) -> None:
    for stranger in (as_dara, as_sara):
        with pytest.raises(NotYours):
            noting.note(case, by=stranger, at=SATURDAY, answers={"text": NOTE})
        with pytest.raises(NotYours):
            assigning.assign(case, to=stranger.user_id, by=stranger, at=SATURDAY)
        with pytest.raises(NotYours):
            referring.refer(case, by=stranger, at=SATURDAY, answers={"unit": "roads", "reason": "xxx"})
    assert case.events.count() == 1


def test_the_last_thing_maryam_is_told_is_hers_to_hear(case: Case, as_babak: Staff) -> None:
    case.take("return", by=as_babak, at=SATURDAY, answers={"item": "تصویر سند"})
    case.take("supply", by=Guest(case.pk), at=SATURDAY, answers={"note": "پیوست شد."})
    noting.note(case, by=as_babak, at=SATURDAY, answers={"text": NOTE})
    with pytest.raises(ActedFirst) as refusal:
        case.take("supply", by=Guest(case.pk), at=SATURDAY, answers={"note": "باز هم."}, seen=2)
    assert refusal.value.last is not None
    assert refusal.value.last.facts["step"] == "supply"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_case_one_has_it(case: Case, as_babak: Staff) -> None:
    nasrin = make_member(case.agency, "nasrin", "نسرین کاظمی", Role.EXPERT, "housing")
    as_nasrin = replace(as_babak, user_id=nasrin.pk, name=nasrin.full_name)
    pages = [(Case.objects.get(pk=case.pk), clerk) for clerk in (as_babak, as_nasrin)]
    results = at_once(
        *(
            lambda page=page, clerk=clerk: assigning.assign(page, to=clerk.user_id, by=clerk, at=SATURDAY)
            for page, clerk in pages
        )
    )
    assert sum(isinstance(result, ActedFirst) for result in results) == 1, results
    event = case.events.last()
    assert event is not None
    assert Case.objects.get(pk=case.pk).assignee_id == event.actor_id


@pytest.mark.django_db(transaction=True)
def test_of_a_step_and_a_referral_at_once_one_happens(
    open_case: Callable[..., Opened], as_babak: Staff
) -> None:
    case = open_case().case
    pages = [Case.objects.get(pk=case.pk) for _ in range(2)]
    answers = {"unit": "roads", "reason": "از ما نیست."}
    results = at_once(
        lambda: pages[0].take("start", by=as_babak, at=SATURDAY),
        lambda: referring.refer(pages[1], by=as_babak, at=SATURDAY, answers=answers),
    )
    assert sum(isinstance(result, ActedFirst) for result in results) == 1, results
    assert case.events.count() == 2


def test_what_is_the_assignee_s_is_a_deputy_s_and_no_colleague_s(case: Case, as_babak: Staff) -> None:
    colleague = replace(as_babak, user_id=as_babak.user_id + 1, name="لاله فرهمند")
    deputy = replace(colleague, stands_in_for=((as_babak.user_id, as_babak.name),))
    case.assignee_id = as_babak.user_id
    asked = (as_babak, deputy, colleague)
    assert [is_one_of(case, "assignee", each) for each in asked] == [True, True, False]
    case.assignee_id = None
    assert not any(is_one_of(case, "assignee", each) for each in asked)
