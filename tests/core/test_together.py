"""Cases that belong together, and units that are asked for their word."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mizban.core.cases import linking
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.inhouse import noting, opinions, referring
from mizban.core.cases.inhouse.assigning import CaseClosed
from mizban.core.cases.models import Case
from mizban.core.cases.sentences import timeline
from mizban.core.cases.sight.waiting import on_my_word
from mizban.core.cases.writing import ActedFirst
from mizban.core.declarations.applicants import Applicant
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role
from mizban.core.refusals import NotYours
from tests.conftest import REQUEST, SATURDAY, make_member

Open = Callable[..., Opened]
ALI = Applicant("natural", "علی رضایی", "0065123492", "+989141234568")


def test_a_duplicate_is_answered_in_the_case_that_goes_on(open_case: Open, as_babak: Staff) -> None:
    twice, once = open_case().case, open_case().case
    linking.merge(twice, once, by=as_babak, at=SATURDAY)
    twice = Case.objects.get(pk=twice.pk)
    assert (twice.is_open, twice.state_now.label, twice.wake_at) == (False, "ادغام شد", None)
    assert once.code in timeline(twice)[-1].sentence
    assert twice.code in timeline(once)[-1].sentence
    once.take("reply", by=as_babak, at=SATURDAY, answers={"reply": "پاسخ هر دو همین است."})
    with pytest.raises(CaseClosed):
        linking.merge(once, twice, by=as_babak, at=SATURDAY)


def test_cases_of_two_people_are_linked_and_neither_hears_of_the_other(
    open_case: Open, as_babak: Staff
) -> None:
    hers, his = open_case().case, open_case(applicant=ALI).case
    with pytest.raises(linking.OtherApplicant):
        linking.merge(his, hers, by=as_babak, at=SATURDAY)
    linking.link(his, hers, by=as_babak, at=SATURDAY)
    for case, other in ((his, hers), (hers, his)):
        assert other.code in timeline(case, inside=True)[-1].sentence
        assert other.code not in " ".join(line.sentence for line in timeline(case))
    with pytest.raises(linking.SameCase):
        linking.link(his, his, by=as_babak, at=SATURDAY)


def test_a_unit_that_was_asked_closes_nobody_s_case(open_case: Open, case: Case, as_babak: Staff) -> None:
    user = make_member(case.agency, "reza", "رضا راد", Role.EXPERT, "roads")
    units = frozenset(member.unit_id for member in user.memberships.all() if member.unit_id)
    reza = replace(as_babak, user_id=user.pk, name=user.full_name, unit_ids=units)
    own = open_case(answers={**REQUEST, "department": "roads"}).case
    opinions.ask(case, by=as_babak, at=SATURDAY, answers={"unit": "roads", "question": "حریم راه؟"})
    for one, other in ((case, own), (own, case)):
        for act in (linking.merge, linking.link):
            with pytest.raises(NotYours):
                act(one, other, by=reza, at=SATURDAY)
    assert Case.objects.filter(is_open=True).count() == 2


def test_whoever_asks_from_a_stale_page_lets_no_unit_in(case: Case, as_babak: Staff) -> None:
    behind = Case.objects.get(pk=case.pk)
    noting.note(case, by=as_babak, at=SATURDAY, answers={"text": "زنگ زدم."})
    with pytest.raises(ActedFirst):
        opinions.ask(behind, by=as_babak, at=SATURDAY, answers={"unit": "roads", "question": "حریم راه؟"})
    assert case.parties.count() == 1


def test_another_unit_is_asked_for_its_opinion_and_does_no_more(case: Case, as_babak: Staff) -> None:
    user = make_member(case.agency, "reza", "رضا راد", Role.EXPERT, "roads")
    units = frozenset(member.unit_id for member in user.memberships.all() if member.unit_id)
    reza = replace(as_babak, user_id=user.pk, name=user.full_name, unit_ids=units)
    asking = {"unit": "roads", "question": "حریم راه رعایت شده است؟"}
    assert not Case.objects.visible_to(reza).exists()
    opinions.ask(case, by=as_babak, at=SATURDAY, answers=asking)
    assert Case.objects.visible_to(reza).on(on_my_word(reza, {})).get() == case
    with pytest.raises(NotYours):
        case.take("reply", by=reza, at=SATURDAY, answers={"reply": "پاسخ من همین است."})
    with pytest.raises(NotYours):
        referring.refer(case, by=reza, at=SATURDAY, answers={"unit": "roads", "reason": "از ماست."})
    with pytest.raises(NotYours):
        opinions.ask(case, by=reza, at=SATURDAY, answers={**asking, "unit": "housing"})
    opinions.give(case, by=reza, at=SATURDAY, answers={"opinion": "بله، رعایت شده است."})
    assert not Case.objects.visible_to(reza).on(on_my_word(reza, {})).exists()
    assert [line.sentence for line in timeline(case)] == ["درخواست شما ثبت شد."]
    assert timeline(case, inside=True)[-1].sentence == "رضا راد نظر «ادارهٔ راه‌سازی» را نوشت."
    with pytest.raises(NotYours):
        opinions.give(case, by=reza, at=SATURDAY, answers={"opinion": "باز هم بله."})
