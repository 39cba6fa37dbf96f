"""The demo: both offices, loaded once, their agreements shown clause by clause."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mizban.config import running
from mizban.config.demo.past import load_lived_in_offices
from mizban.core.agencies.models import Agency, Counterpart
from mizban.core.cases.models import Offering
from mizban.core.events.models import Event
from mizban.core.people.models import Membership, Role, User
from mizban.lib.identifiers import legal_id
from mizban.office.agreements.models import Agreement, AgreementVersion, Clause
from tests.conftest import SATURDAY
from tests.standing import standing

pytestmark = pytest.mark.django_db
VALID_UNTIL = {
    ("eaz-economy", 1): date(2023, 3, 20),
    ("eaz-economy", 2): date(2023, 3, 20),
    ("eaz-economy", 3): date(2022, 3, 20),
    ("eaz-economy", 4): date(2022, 3, 20),
    ("markazi-roads", 1): date(2021, 3, 19),
}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Agency]]:
    with standing(django_db_blocker):
        yield load_lived_in_offices(at=SATURDAY)


def test_a_second_run_changes_nothing(loaded: list[Agency]) -> None:
    def counted() -> list[int]:
        return [model.objects.count() for model in (Agency, User, Agreement, AgreementVersion, Clause, Event)]

    before = counted()
    load_lived_in_offices(at=SATURDAY)
    assert counted() == before


def test_the_five_agreements_are_stored_with_their_validity(loaded: list[Agency]) -> None:
    found = {(each.agency.slug, each.number): each.current.valid_until for each in Agreement.objects.all()}
    assert found == VALID_UNTIL
    states = {each.current.state(today=date(2026, 11, 21)) for each in Agreement.objects.all()}
    assert states == {"expired-in-force"}


@pytest.mark.parametrize(("slug", "number"), VALID_UNTIL)
def test_each_agreement_has_its_page(loaded: list[Agency], client: Client, slug: str, number: int) -> None:
    page = client.get(f"/{slug}/agreements/{number}/")
    assert page.status_code == 200
    text = page.content.decode()
    version = Agreement.objects.get(agency__slug=slug, number=number).current
    assert "پایان‌یافته ولی پابرجا" in text
    assert "مدیرکل" in text
    for clause in version.clauses.all():
        assert f'id="{clause.ref}"' in text
    # The published text stands beside the repaired one, with its defects.
    assert version.text.splitlines()[3].strip().replace('"', "&#34;")[:30] in text


def test_an_agreement_that_is_not_there_is_404(loaded: list[Agency], client: Client) -> None:
    for number in ("9", "99999999999999999999"):
        assert client.get(f"/eaz-economy/agreements/{number}/").status_code == 404


def test_the_list_names_the_owner_and_costs_no_query_per_agreement(
    loaded: list[Agency], client: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # a fixture without a type
        page = client.get("/eaz-economy/agreements/")
    assert "حامد تبریزی" in page.content.decode()


def test_the_economy_office_offers_seven_services_each_under_its_agreement(loaded: list[Agency]) -> None:
    office = Agency.objects.get(slug="eaz-economy")
    offered = [offering.slug for offering in Offering.objects.filter(agency=office)]
    assert len(offered) == 7
    bound = {slug: Agreement.objects.binding(office, slug) for slug in offered}
    assert [slug for slug, version in bound.items() if version is None] == ["service-desk"]
    # Whoever is declared to get the cases is there, with somebody to work on them and somebody to decide.
    for offering in Offering.objects.filter(agency=office).exclude(slug="service-desk"):
        unit = office.units.get(slug=offering.declaration.unit)
        held = set(Membership.objects.filter(agency=office, unit=unit).values_list("role", flat=True))
        assert held >= {Role.EXPERT, Role.HEAD}


def test_every_party_a_service_can_ask_is_there(loaded: list[Agency]) -> None:
    for offering in Offering.objects.with_versions():
        for party in offering.declaration.parties.values():
            if party.source.startswith("office."):
                role = party.source.removeprefix("office.")
                counterpart = Counterpart.objects.get(agency=offering.agency, role=role).counterpart
                assert Membership.objects.filter(agency=counterpart, role=Role.EXPERT).exists()
    for slug in ("eaz-roads-transport", "tabriz-medical", "eaz-natural-resources"):
        parent = Agency.objects.get(slug=slug).parent
        assert parent is not None
        assert Membership.objects.filter(agency=parent, role=Role.EXPERT).exists()


def test_the_other_parties_have_a_legal_id_and_no_portal(loaded: list[Agency], client: Client) -> None:
    known = list(Agency.objects.values_list("legal_id", flat=True))
    assert len(set(known)) == len(known) == 12
    assert [legal_id.parse(each) for each in known] == known
    home = client.get("/").content.decode()
    assert "eaz-economy" in home
    for other in Agency.objects.filter(has_portal=False):
        assert f'href="/{other.slug}/"' not in home
        assert client.get(f"/{other.slug}/").status_code == 404


def test_everybody_the_start_names_can_sign_in(
    loaded: list[Agency], capsys: pytest.CaptureFixture[str]
) -> None:
    running._say_demo()  # noqa: SLF001  # what `make run` prints
    said = capsys.readouterr().out
    named = [name for name in User.objects.values_list("username", flat=True) if name in said.split()]
    assert len(named) >= 8
    words = re.findall(r"\b([a-z]+)(?:, ([a-z]+))? \(([^)]+)\)", said)
    for first, second, _ in words:
        for username in filter(None, (first, second)):
            assert User.objects.filter(username=username).exists(), username
