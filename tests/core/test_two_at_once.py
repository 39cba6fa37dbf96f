"""Two people at the same moment, on the real locks of the engine."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from mizban.core.agencies.models import Agency
from mizban.core.cases import linking
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.inhouse import opinions
from mizban.core.cases.models import Case, Offering
from mizban.core.cases.writing import ActedFirst
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role
from mizban.core.refusals import NotYours
from mizban.office.staffing import people as staff
from mizban.office.staffing.refusals import LastOfficer
from tests.conftest import SATURDAY, make_member
from tests.example import RESIDENCE

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run the works at the same moment; what each returned or raised."""
    barrier, results = Barrier(len(works)), list[Any]([None] * len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[place] = work()
        except Exception as fault:  # whatever it is, the test looks at it
            results[place] = fault
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_clerks_one_wins_and_the_other_is_told(case: Case, as_babak: Staff) -> None:
    nasrin = make_member(case.agency, "nasrin", "نسرین کاظمی", Role.EXPERT, "housing")
    as_nasrin = Staff(nasrin.pk, nasrin.full_name, case.agency_id, as_babak.roles, as_babak.unit_ids)
    pages = [(Case.objects.get(pk=case.pk), clerk) for clerk in (as_babak, as_nasrin)]
    results = at_once(
        *(lambda page=page, clerk=clerk: page.take("start", by=clerk, at=SATURDAY) for page, clerk in pages)
    )
    refused = [result for result in results if isinstance(result, ActedFirst)]
    assert len(refused) == 1, results
    assert refused[0].last is not None
    assert refused[0].last.facts["step"] == "start"
    assert [event.kind for event in case.events] == ["filed", "step"]


def test_a_double_click_is_one_case(open_case: Callable[..., Opened]) -> None:
    open_case()
    results = at_once(*(lambda: open_case(token="the same form") for _ in range(4)))
    assert {result.case.pk for result in results} == {results[0].case.pk}, results
    assert {result.password for result in results} == {results[0].password}
    assert sorted(result.is_new for result in results) == [False, False, False, True]
    assert Case.objects.count() == 2


def test_two_officers_publish_at_once_and_both_are_versions(case: Case) -> None:
    texts = [RESIDENCE.replace("within: 3", f"within: {days}") for days in (4, 5, 6)]
    results = at_once(*(lambda text=text: Offering.publish(case.agency, text, at=SATURDAY) for text in texts))
    assert all(isinstance(result, Offering) for result in results), results
    offering = Offering.objects.get(slug="residence-certificate")
    assert sorted(event.facts["version"] for event in offering.events) == [1, 2, 3]
    assert [event.number for event in offering.events] == [1, 2, 3]


@pytest.mark.parametrize(("act", "still_open"), [(linking.link, 2), (linking.merge, 1)])
def test_two_cases_joined_from_both_sides_at_once(
    open_case: Callable[..., Opened], as_babak: Staff, act: Callable[..., Any], still_open: int
) -> None:
    one, other = open_case().case.pk, open_case().case.pk
    pairs = [[Case.objects.get(pk=pk) for pk in each] for each in ((one, other), (other, one))]
    results = at_once(*(lambda pair=pair: act(*pair, by=as_babak, at=SATURDAY) for pair in pairs))
    assert [type(each) for each in results if isinstance(each, Exception)] == [ActedFirst], results
    assert Case.objects.filter(is_open=True).count() == still_open


def test_of_two_site_officers_who_end_each_other_one_stays(agency: Agency) -> None:
    people = [make_member(agency, name, "مسئول سایت", Role.SITE_OFFICER) for name in ("omid", "sara")]
    actors = [Staff(each.pk, each.full_name, agency.pk, frozenset([Role.SITE_OFFICER])) for each in people]
    held = [each.memberships.get() for each in people]
    results = at_once(
        lambda: staff.end(held[1], by=actors[0], at=SATURDAY),
        lambda: staff.end(held[0], by=actors[1], at=SATURDAY),
    )
    assert [type(each) for each in results if each is not None] == [LastOfficer], results


def test_a_role_two_officers_give_at_once_is_held_once(agency: Agency) -> None:
    officers = [make_member(agency, name, name, Role.SITE_OFFICER) for name in ("sara", "omid")]
    nasrin = make_member(agency, "nasrin", "نسرین کاظمی", Role.EXPERT, "roads")
    post = staff.Post(Role.EXPERT, agency.units.get(slug="housing"), SATURDAY, None)
    actors = [Staff(each.pk, each.full_name, agency.pk, frozenset([Role.SITE_OFFICER])) for each in officers]
    results = at_once(*(partial(staff.give, agency, nasrin, post, by=each, at=SATURDAY) for each in actors))
    assert sorted(type(each).__name__ for each in results) == ["Membership", "RoleHeld"], results


def test_one_opinion_is_written_once(case: Case, as_babak: Staff) -> None:
    opinions.ask(case, by=as_babak, at=SATURDAY, answers={"unit": "roads", "question": "حریم راه؟"})
    road = frozenset(case.agency.units.filter(slug="roads").values_list("pk", flat=True))
    people = [make_member(case.agency, name, "رضا راد", Role.EXPERT, "roads") for name in ("reza", "mina")]
    works = [
        (Case.objects.get(pk=case.pk), replace(as_babak, user_id=each.pk, unit_ids=road)) for each in people
    ]
    said = {"opinion": "بله، رعایت شده است."}
    results = at_once(
        *(
            lambda page=page, by=by: opinions.give(page, by=by, at=SATURDAY, answers=said)
            for page, by in works
        )
    )
    # Who comes a moment later finds the question answered, or learns of it while writing.
    refused = [each for each in results if isinstance(each, Exception)]
    assert [isinstance(each, ActedFirst | NotYours) for each in refused] == [True], results
    assert case.events.filter(kind="opinion-given").count() == 1
