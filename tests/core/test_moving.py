"""A running case goes to another version of its service only by hand, on the record, and never changes what was."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Offering
from mizban.core.cases.moving import DoesNotFit, move
from mizban.core.cases.sentences import timeline
from mizban.core.people.actors import PUBLIC, Staff
from mizban.core.refusals import FormRefused, NotYours
from tests.conftest import MARYAM, SATURDAY
from tests.example import RESIDENCE

LATER = SATURDAY + timedelta(hours=1)
OWNER = {"owner": "yes", "postal_code": "5166616471"}
TO_TWO = {"version": "2", "reason": "مهلت در متن نخست نادرست بود."}


@pytest.fixture
def filed(agency: Agency) -> Case:
    """Maryam's case under the first version."""
    offering = Offering.publish(agency, RESIDENCE, at=SATURDAY)
    return Case.open(offering, by=PUBLIC, applicant=MARYAM, answers=OWNER, at=SATURDAY).case


@pytest.fixture
def clerk(as_babak: Staff) -> Staff:
    """Babak as a clerk of the whole office: these cases go to no unit."""
    return replace(as_babak, unit_ids=frozenset())


def publish(agency: Agency, *changes: tuple[str, str]) -> None:
    source = RESIDENCE
    for wrong, instead in changes:
        assert wrong in source
        source = source.replace(wrong, instead)
    Offering.publish(agency, source, at=SATURDAY)


def test_running_cases_keep_their_version_until_they_are_moved(
    agency: Agency, filed: Case, as_sara: Staff
) -> None:
    publish(agency, ("within: 3", "within: 5"))
    filed = Case.objects.get(pk=filed.pk)
    assert filed.target.within == 3
    before = filed.due_at
    event = move(filed, by=as_sara, at=LATER, answers=TO_TWO)
    filed = Case.objects.get(pk=filed.pk)
    assert (filed.version.number, filed.target.within) == (2, 5)
    assert before
    assert filed.due_at
    assert filed.due_at.date() - before.date() == timedelta(days=4), "over a weekend"
    assert event.facts["due_before"] == before.isoformat()
    assert event.facts["due_after"] == filed.due_at.isoformat()
    assert "reason" not in event.facts
    inside, outside = timeline(filed, inside=True)[-1], timeline(filed)[-1]
    assert inside.sentence.startswith("سارا قنبری پرونده را از نسخهٔ 1 به نسخهٔ 2 خدمت برد. موعد پاسخ از")
    assert [text for _, text in inside.said] == [TO_TWO["reason"]]
    assert "موعد پاسخ از" in outside.sentence
    assert outside.said == ()


def test_what_happened_before_is_told_as_it_was(
    agency: Agency, filed: Case, as_sara: Staff, clerk: Staff
) -> None:
    publish(
        agency,
        ("  approve: {label: تأیید,", "  accept: {label: پذیرش,"),
        ("{actor} سکونت شما را تأیید کرد.", "{actor} پذیرفت."),
        ("until: [approve,", "until: [accept,"),
        ("label: کد پستی", "label: کد پستی خانه"),
    )
    move(filed, by=as_sara, at=LATER, answers=TO_TWO)
    filed = Case.objects.get(pk=filed.pk)
    assert filed.declaration_at(1).form[1].label == "کد پستی"
    assert filed.declaration.form[1].label == "کد پستی خانه"
    filed.take("accept", by=clerk, at=LATER)
    assert [line.sentence for line in timeline(filed)][-1] == "بابک امینی پذیرفت."


def test_a_step_that_is_gone_is_still_told(agency: Agency, as_sara: Staff, clerk: Staff) -> None:
    noted = ("steps:\n", "steps:\n  look: {label: دیدن, by: expert, from: [filed], says: '{actor} دید.'}\n")
    source = RESIDENCE.replace(*noted)
    case = Case.open(
        Offering.publish(agency, source, at=SATURDAY), by=PUBLIC, applicant=MARYAM, answers=OWNER, at=SATURDAY
    ).case
    case.take("look", by=clerk, at=SATURDAY)
    publish(agency)
    case = Case.objects.get(pk=case.pk)
    move(case, by=as_sara, at=LATER, answers=TO_TWO)
    case = Case.objects.get(pk=case.pk)
    assert [line.sentence for line in timeline(case)][1] == "بابک امینی دید."


def test_a_version_without_the_case_s_state_is_refused(agency: Agency, filed: Case, as_sara: Staff) -> None:
    publish(agency, ("filed:", "came:"), ("from: [filed]", "from: [came]"))
    with pytest.raises(DoesNotFit) as refused:
        move(filed, by=as_sara, at=LATER, answers=TO_TWO)
    assert "«در صف بررسی»" in refused.value.message
    assert Case.objects.get(pk=filed.pk).version.number == 1


def test_only_the_site_officer_of_the_agency_moves_it(
    agency: Agency, filed: Case, clerk: Staff, as_dara: Staff, as_sara: Staff
) -> None:
    publish(agency, ("within: 3", "within: 5"))
    for actor in (clerk, as_dara):
        with pytest.raises(NotYours):
            move(filed, by=actor, at=LATER, answers=TO_TWO)
    with pytest.raises(FormRefused):
        move(filed, by=as_sara, at=LATER, answers={"version": "1", "reason": ""})
