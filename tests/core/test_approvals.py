"""Several people must agree: all, some, one after the other, across agencies; nobody twice, nobody his own proposal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mizban.core.agencies.models import Agency, Counterpart
from mizban.core.cases.models import Approval, Case, Offering
from mizban.core.cases.sentences import timeline
from mizban.core.cases.sight.waiting import on_my_word
from mizban.core.cases.steps.permitting import GaveAlready, NotAsked, PreparedIt, steps_for
from mizban.core.cases.writing import ActedFirst
from mizban.core.people.actors import PUBLIC, Staff
from mizban.core.people.models import Role
from tests.conftest import MARYAM, SATURDAY, make_agency, make_member

from .test_two_at_once import at_once

SOURCE = (Path(__file__).parent / "approvals.yaml").read_text("utf-8")
REASON = {"reason": "مدارک با درخواست جور نیست."}
Person = Callable[..., Staff]


@pytest.fixture
def person(agency: Agency) -> Person:
    """Somebody of the office, an expert unless said otherwise."""

    def made(name: str, role: Role = Role.EXPERT, unit: str | None = None) -> Staff:
        user = make_member(agency, name, name, role, unit)
        units = frozenset(member.unit_id for member in user.memberships.all() if member.unit_id)
        return Staff(user.pk, name, agency.pk, frozenset([role]), units)

    return made


@pytest.fixture
def ministry(agency: Agency) -> Staff:
    body = make_agency("ministry", "وزارت")
    Counterpart.objects.create(agency=agency, role="ministry", counterpart=body)
    user = make_member(body, "majid", "مجید", Role.EXPERT)
    return Staff(user.pk, "مجید", body.pk, frozenset([Role.EXPERT]))


@pytest.fixture
def filed(agency: Agency, ministry: Staff) -> Callable[[str], Case]:
    offering = Offering.publish(agency, SOURCE, at=SATURDAY)
    return lambda way: (
        Case.open(offering, by=PUBLIC, applicant=MARYAM, answers={"way": way}, at=SATURDAY).case
    )


def names(case: Case, by: Staff) -> list[str]:
    return [step.name for step in steps_for(case, by)]


def test_all_of_three_desks_must_agree(filed: Callable[[str], Case], person: Person, ministry: Staff) -> None:
    nima, parvin = person("nima"), person("parvin", Role.HEAD)
    reza = person("reza", Role.EXPERT, "roads")
    case = filed("all")
    assert not Case.objects.visible_to(reza).filter(pk=case.pk).exists()
    case.take("propose_all", by=nima, at=SATURDAY)
    for asked in (reza, parvin, ministry):
        assert Case.objects.visible_to(asked).on(on_my_word(asked, {})).count() == 1
        assert names(case, asked)[-2:] == ["approve-joint", "refuse-joint"]
        case.take("approve-joint", by=asked, at=SATURDAY)
        assert not Case.objects.visible_to(asked).on(on_my_word(asked, {})).exists()
    assert (case.state, case.answered_at) == ("approved", SATURDAY)
    said = [spoken.sentence for spoken in timeline(case)]
    assert said[2:] == [f"{name} مجوز را تأیید کرد." for name in ("reza", "parvin", "مجید")]
    assert [event.kind for event in case.events][2:] == ["decided", "decided", "step"]


def test_one_refusal_among_all_decides(filed: Callable[[str], Case], person: Person, ministry: Staff) -> None:
    case = filed("all")
    case.take("propose_all", by=person("nima"), at=SATURDAY)
    case.take("refuse-joint", by=ministry, at=SATURDAY, answers=REASON)
    assert case.state == "refused"
    with pytest.raises(ActedFirst):
        case.take("approve-joint", by=person("parvin", Role.HEAD), at=SATURDAY)


def test_who_prepared_it_does_not_approve_it(filed: Callable[[str], Case], person: Person) -> None:
    parvin = person("parvin", Role.HEAD)
    case = filed("all")
    case.take("propose_all", by=parvin, at=SATURDAY)
    assert "approve-joint" not in names(case, parvin)
    with pytest.raises(PreparedIt):
        case.take("approve-joint", by=parvin, at=SATURDAY)


def test_two_of_three_are_enough_and_nobody_counts_twice(
    filed: Callable[[str], Case], person: Person
) -> None:
    nima, parvin, roya = person("nima"), person("parvin", Role.HEAD), person("roya", Role.HEAD)
    case = filed("two")
    case.take("propose_two", by=nima, at=SATURDAY)
    case.take("approve-pair", by=parvin, at=SATURDAY)
    with pytest.raises(GaveAlready):
        case.take("approve-pair", by=parvin, at=SATURDAY)
    assert case.state == "two_asked"
    case.take("approve-pair", by=roya, at=SATURDAY)
    assert case.state == "approved"
    # Whoever decided does not close it; the colleague does, in the words of the office.
    assert "close" not in [*names(case, roya), *names(case, parvin)]
    case.take("close", by=nima, at=SATURDAY)
    assert timeline(case, inside=True)[-1].sentence == "nima پرونده را بایگانی کرد."
    assert timeline(case)[-1].sentence == "nima بست."


def test_in_order_the_next_is_asked_once_the_earlier_gave(
    filed: Callable[[str], Case], person: Person
) -> None:
    parvin, hamed = person("parvin", Role.HEAD), person("hamed", Role.DIRECTOR)
    case = filed("ordered")
    case.take("propose_in_order", by=person("nima"), at=SATURDAY)
    with pytest.raises(NotAsked):
        case.take("approve-chain", by=hamed, at=SATURDAY)
    case.take("approve-chain", by=parvin, at=SATURDAY)
    case.take("approve-chain", by=hamed, at=SATURDAY)
    assert case.state == "approved"


def test_coming_back_opens_a_new_round(filed: Callable[[str], Case], person: Person) -> None:
    nima, parvin = person("nima"), person("parvin", Role.HEAD)
    case = filed("two")
    case.take("propose_two", by=nima, at=SATURDAY)
    case.take("approve-pair", by=parvin, at=SATURDAY)
    case.take("take_back", by=nima, at=SATURDAY)
    assert "approve-pair" not in names(case, parvin)
    case.take("propose_two", by=nima, at=SATURDAY)
    assert "approve-pair" in names(case, parvin)
    assert sorted(Approval.objects.values_list("round", "closed_at")) == [(1, SATURDAY)] * 3 + [(2, None)] * 3


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_both_do(filed: Callable[[str], Case], person: Person) -> None:
    parvin, hamed = person("parvin", Role.HEAD), person("hamed", Role.DIRECTOR)
    case = filed("two")
    case.take("propose_two", by=person("nima"), at=SATURDAY)
    pages = [(Case.objects.get(pk=case.pk), by) for by in (parvin, hamed)]
    results = at_once(
        *(
            lambda page=page, by=by: page.take("approve-pair", by=by, at=SATURDAY, seen=2)
            for page, by in pages
        )
    )
    assert not [result for result in results if isinstance(result, Exception)], results
    assert Case.objects.get(pk=case.pk).state == "approved"
    assert [event.kind for event in case.events] == ["filed", "step", "decided", "step"]


@pytest.mark.django_db(transaction=True)
def test_one_place_is_filled_once_by_two_at_once(filed: Callable[[str], Case], person: Person) -> None:
    parvin, roya = person("parvin", Role.HEAD), person("roya", Role.HEAD)
    case = filed("ordered")
    case.take("propose_in_order", by=person("nima"), at=SATURDAY)
    pages = [(Case.objects.get(pk=case.pk), by) for by in (parvin, roya)]
    results = at_once(
        *(lambda page=page, by=by: page.take("approve-chain", by=by, at=SATURDAY) for page, by in pages)
    )
    assert sum(isinstance(result, NotAsked) for result in results) == 1, results
    assert case.events.count() == 3
