"""The demo: both offices, loaded once, their agreements shown clause by clause."""

from datetime import date

import pytest
from django.test import Client

from mizban.config.demo.offices import load_offices
from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.core.people.models import User
from mizban.office.agreements.models import Agreement, AgreementVersion, Clause
from tests.conftest import SATURDAY

pytestmark = pytest.mark.django_db
VALID_UNTIL = {
    ("eaz-economy", 1): date(2023, 3, 20),
    ("eaz-economy", 2): date(2023, 3, 20),
    ("eaz-economy", 3): date(2022, 3, 20),
    ("eaz-economy", 4): date(2022, 3, 20),
    ("markazi-roads", 1): date(2021, 3, 19),
}


@pytest.fixture
def loaded() -> list[Agency]:
    return load_offices(at=SATURDAY)


def test_a_second_run_changes_nothing(loaded: list[Agency]) -> None:
    def counted() -> list[int]:
        return [model.objects.count() for model in (Agency, User, Agreement, AgreementVersion, Clause, Event)]

    before = counted()
    load_offices(at=SATURDAY)
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
