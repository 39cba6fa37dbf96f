"""Versions of a service: what was published never changes, and a rule's name never comes to mean something else."""

import pytest

from mizban.config.demo.offices import declaration_of
from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering, ServiceVersion
from mizban.core.cases.publishing import faults_of, load
from mizban.core.declarations.nodes import BrokenDeclaration
from mizban.core.declarations.rules import RULES
from mizban.core.people.actors import Staff
from tests.conftest import SATURDAY
from tests.example import RESIDENCE

WITH_RULE = RESIDENCE.replace("applicants:", "checks: [claims-offset]\napplicants:")


def other_rule(answers: object) -> dict[str, object]:
    """Registered under a name that stood for something else."""
    return {}


def test_a_changed_rule_is_refused_under_its_old_name(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    offering = Offering.publish(agency, WITH_RULE, at=SATURDAY)
    assert set(offering.version.rules) == {"claims-offset"}
    changed = WITH_RULE.replace("within: 3", "within: 4")
    assert faults_of(changed) == []
    monkeypatch.setitem(RULES, "claims-offset", other_rule)
    assert [fault.line for fault in faults_of(changed)] == [4]
    with pytest.raises(BrokenDeclaration, match="rule «claims-offset» does not do what it did"):
        Offering.publish(agency, changed, at=SATURDAY)
    assert [fault.line for fault in load(agency, changed, at=SATURDAY)] == [4]
    assert ServiceVersion.objects.count() == 1
    assert faults_of(RESIDENCE) == [], "who does not name it is not kept from publishing"


def test_the_same_text_is_one_version_and_an_old_one_can_be_offered_again(
    agency: Agency, as_sara: Staff
) -> None:
    Offering.publish(agency, RESIDENCE, at=SATURDAY)
    Offering.publish(
        agency, RESIDENCE.replace("within: 3", "within: 4"), at=SATURDAY, by=as_sara, note="دو روز"
    )
    again = Offering.publish(agency, RESIDENCE, at=SATURDAY, by=as_sara, note="بازگشت")
    assert (again.version.number, ServiceVersion.objects.count()) == (1, 2)
    assert [event.facts["version"] for event in again.events] == [1, 2, 1]
    assert [event.actor_name for event in again.events] == ["میزبان", "سارا قنبری", "سارا قنبری"]
    assert again.events[2].hash == again.events[2].chained_to(bytes(again.events[1].hash))


def test_a_published_text_is_read_whatever_is_looked_for_since(agency: Agency) -> None:
    """A stricter check of a later deployment must not stop the cases that run."""
    source = RESIDENCE.replace("label: کد پستی", "label: Postcode")
    with pytest.raises(BrokenDeclaration):
        Offering.publish(agency, source, at=SATURDAY)
    version = ServiceVersion.objects.create(
        slug="residence-certificate", number=1, content_hash="old", source=source, published_at=SATURDAY
    )
    assert version.declaration.form[1].label == "Postcode"


def test_loading_twice_changes_nothing(agency: Agency) -> None:
    for _ in range(2):
        assert load(agency, declaration_of("service-desk"), at=SATURDAY) == []
    assert Offering.objects.get().events.count() == 1
