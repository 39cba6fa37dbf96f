"""What follows a breach by itself: an apology with its reason and a new date, a word to the superior, once each."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases import sentences
from mizban.core.cases.clocks import waking
from mizban.core.cases.clocks.deadlines import AGAIN
from mizban.core.cases.models import Case
from mizban.core.people.actors import Guest, Staff
from mizban.core.people.models import Role, User
from mizban.core.refusals import FormRefused, NotYours
from mizban.office.breaches import hearing
from mizban.office.breaches.acting import acknowledge, promise_again
from mizban.office.breaches.alerts import settle
from mizban.office.breaches.models import Alert, Escalation, Policy, Superior
from mizban.office.breaches.refusals import Acknowledged, DateGiven, NotBroken
from tests.conftest import SATURDAY, make_agency, make_member

from .conftest import Live

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONTH = SATURDAY + 30 * DAY
# Seven working days after Saturday 30 Aban: the close of Monday 9 Azar. What comes after closing counts as Tuesday's:
# three working days after that is Sunday 15 Azar.
BROKEN = SATURDAY + 10 * DAY
BECAUSE = {"reason": "پروندهٔ ثبتی ملک دیر به دست ما رسید."}


def kinds(case: Case) -> list[str]:
    return [event.kind for event in case.events if event.kind not in ("filed", "warned")]


def said(case: Case) -> list[str]:
    return [line.sentence for line in sentences.timeline(case)]


def test_a_broken_promise_is_apologised_for_with_a_new_date(case: Case, live: Live, parvin: User) -> None:
    live(case, until=BROKEN)
    told = [
        event for event in case.events if event.facts.get("target") == "answer" and event.kind == "breached"
    ]
    followed = [event.kind for event in case.events if event.number > told[0].number]
    assert followed == ["apologised", "escalated"]
    sorry = case.events.get(kind="apologised")
    assert sorry.at == told[0].at
    assert said(case)[-2:] == [
        "از دیرکرد پاسخ پوزش می‌خواهیم. پرونده 7 و نیم روز کاری نزد «ادارهٔ مسکن» بود. موعد تازه: یکشنبه ۱۵ آذر ۱۴۰۵.",
        "دیرکرد این درخواست به مقام بالاتر، پروین صفایی، رئیس واحد ادارهٔ مسکن، گزارش شد.",
    ]


def test_the_old_promise_stays_broken_and_the_row_says_so(case: Case, live: Live) -> None:
    due_at = case.due_at
    live(case, until=BROKEN)
    assert case.due_at == due_at
    assert case.is_late(at=BROKEN)


def test_when_the_new_date_passes_too_it_goes_one_higher(
    case: Case, live: Live, parvin: User, karim: User
) -> None:
    live(case, until=MONTH)
    assert [(each.level, each.person) for each in Escalation.objects.order_by("level")] == [
        (1, parvin),
        (2, karim),
    ]
    assert Counter(kinds(case))["apologised"] == 1
    assert "موعد تازه گذشت." in said(case)
    assert case.wake_at is None


def test_an_answer_in_time_for_the_new_date_ends_it(
    case: Case, live: Live, as_babak: Staff, parvin: User
) -> None:
    live(case, until=BROKEN)
    case.take("reply", by=as_babak, at=BROKEN + DAY, answers={"reply": "پروانه آماده است."})
    live(case, until=MONTH)
    assert Escalation.objects.count() == 1
    assert not case.events.filter(facts__target=AGAIN).exists()


def test_the_new_date_waits_while_the_applicant_is_asked(case: Case, live: Live, as_babak: Staff) -> None:
    live(case, until=BROKEN)
    case.take("return", by=as_babak, at=BROKEN, answers={"item": "تصویر سند"})
    live(case, until=BROKEN + 12 * DAY)
    assert Escalation.objects.count() == 1
    case.take("supply", by=Guest(case.pk), at=BROKEN + 12 * DAY, answers={"note": "فرستادم."})
    live(case, until=MONTH + 30 * DAY)
    assert Escalation.objects.count() == 2


def test_what_was_answered_before_anybody_looked_gets_a_word_and_no_new_date(
    case: Case, as_babak: Staff
) -> None:
    case.take("reply", by=as_babak, at=BROKEN + DAY, answers={"reply": "پروانه آماده است."})
    waking.wake(at=BROKEN + 2 * DAY)
    sorry = case.events.get(kind="apologised")
    assert "again_at" not in sorry.facts
    assert not Escalation.objects.exists()


def test_the_office_sets_how_long_its_new_date_is(case: Case, live: Live, agency: Agency) -> None:
    Policy.objects.create(agency=agency, again_within=1)
    live(case, until=BROKEN)
    assert "موعد تازه: چهارشنبه ۱۱ آذر ۱۴۰۵." in said(case)[-2]


def test_a_fault_in_what_follows_undoes_the_breach_and_the_next_look_writes_all_of_it(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_named: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(hearing, "escalate", broken)
        waking.wake(at=MONTH)
    assert not case.events.filter(kind="apologised").exists()
    assert not case.events.filter(kind="breached", facts__target="answer").exists()
    waking.wake(at=MONTH + DAY)
    assert Counter(kinds(case))["apologised"] == 1
    assert Counter(kinds(case))["escalated"] == 1


def test_a_head_writes_the_reason_and_changes_the_date_once(case: Case, live: Live, as_parvin: Staff) -> None:
    live(case, until=BROKEN)
    promise_again(case, by=as_parvin, at=BROKEN, answers={**BECAUSE, "within": "۵"})
    lines = sentences.timeline(case)
    assert lines[-1].sentence == "پروین صفایی موعد تازه‌ای داد. موعد تازه: سه‌شنبه ۱۷ آذر ۱۴۰۵."
    assert [text for _, text in lines[-1].said] == [BECAUSE["reason"]]
    with pytest.raises(DateGiven):
        promise_again(case, by=as_parvin, at=BROKEN, answers={**BECAUSE, "within": "9"})
    promise_again(case, by=as_parvin, at=BROKEN, answers=BECAUSE)
    live(case, until=BROKEN + 5 * DAY)
    assert Escalation.objects.count() == 1
    live(case, until=MONTH)
    assert Escalation.objects.count() == 2


def test_a_clerk_gives_no_new_date_and_nobody_before_a_breach(
    case: Case, live: Live, as_babak: Staff, as_parvin: Staff, as_dara: Staff
) -> None:
    with pytest.raises(NotBroken):
        promise_again(case, by=as_parvin, at=SATURDAY, answers=BECAUSE)
    live(case, until=BROKEN)
    for stranger in (as_babak, as_dara):
        with pytest.raises(NotYours):
            promise_again(case, by=stranger, at=BROKEN, answers=BECAUSE)
    with pytest.raises(FormRefused):
        promise_again(case, by=as_parvin, at=BROKEN, answers={"reason": "", "within": "999"})


def test_the_superior_says_what_he_does_and_only_the_office_reads_it(
    case: Case, live: Live, as_parvin: Staff, as_karim: Staff, as_babak: Staff
) -> None:
    live(case, until=BROKEN)
    assert not Escalation.objects.before(as_babak).exists()
    assert Escalation.objects.visible_to(as_karim).count() == 1
    mine = Escalation.objects.before(as_parvin).waiting().get()
    note = {"text": "پرونده را فردا خودم می‌بینم."}
    acknowledge(mine, by=as_parvin, at=BROKEN, answers=note)
    with pytest.raises(Acknowledged):
        acknowledge(mine, by=as_parvin, at=BROKEN, answers=note)
    assert not Escalation.objects.before(as_parvin).waiting().exists()
    case.refresh_from_db()
    assert sentences.timeline(case)[-1].said == ()
    assert sentences.timeline(case, inside=True)[-1].said[0][1] == note["text"]


def test_where_the_director_is_the_last_the_agency_above_hears_of_it(
    case: Case, live: Live, karim: User, agency: Agency
) -> None:
    above = make_agency("mrud", "وزارت راه و شهرسازی")
    Agency.objects.filter(pk=agency.pk).update(parent=above)
    make_member(above, "manouchehr", "منوچهر یزدانی", Role.DIRECTOR)
    live(case, until=MONTH)
    assert [(each.level, each.agency) for each in Escalation.objects.order_by("level")] == [
        (1, agency),
        (2, above),
    ]


def test_the_office_names_another_superior(
    case: Case, live: Live, parvin: User, karim: User, agency: Agency
) -> None:
    Superior.objects.create(agency=agency, unit=case.unit, level=1, person=karim)
    live(case, until=BROKEN)
    assert Escalation.objects.get().person == karim


def test_warnings_are_listed_until_the_answer(
    case: Case, live: Live, as_babak: Staff, as_dara: Staff
) -> None:
    live(case, until=SATURDAY + 9 * DAY)
    alerts = Alert.objects.visible_to(as_babak).standing()
    assert {(each.target, each.share) for each in alerts} == {("first_response", 100), ("answer", 80)}
    assert not Alert.objects.visible_to(as_dara).exists()
    case.take("start", by=as_babak, at=SATURDAY + 7 * DAY)
    settle()
    assert [each.target for each in Alert.objects.visible_to(as_babak).standing()] == ["answer"]
    case.take("reply", by=as_babak, at=SATURDAY + 7 * DAY, answers={"reply": "پروانه آماده است."})
    settle()
    assert not Alert.objects.visible_to(as_babak).standing().exists()
    assert settle() == 0
