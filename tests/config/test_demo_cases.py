"""The cases of the demo: every service has some, the same at every run, and never where real people file."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from mizban.config import instance
from mizban.config.demo import command
from mizban.config.demo.cases import MORE, load_cases
from mizban.config.demo.past import load_lived_in_offices
from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Offering
from mizban.core.people.models import Role, User
from tests.conftest import SATURDAY, make_member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MANY = 40


@pytest.fixture
def head(agency: Agency) -> User:
    return make_member(agency, "yaser", "یاسر عباسی", Role.HEAD)


def test_another_installation_tells_the_same_stories(offering: Offering, babak: User, head: User) -> None:
    def told() -> list[Any]:
        with transaction.atomic():
            load_cases(at=SATURDAY, an_office=12)
            cases = Case.objects.order_by("filed_at")
            found = [(case.filed_at, case.state, case.plain, case.number_of_events) for case in cases]
            transaction.set_rollback(True)
        return found

    assert told() == told()


def test_every_service_of_both_offices_is_filled(db: None) -> None:
    load_lived_in_offices(at=SATURDAY)
    load_cases(at=SATURDAY, an_office=1)
    for offering in Offering.objects.with_versions():
        there = set(offering.cases.values_list("state", flat=True))
        states = offering.declaration.states
        assert offering.cases.count() == len(states) + MORE, offering.slug
        # A party that has no desk, or a rule that no made-up answer fits, keeps a case from going on.
        assert len(there) >= 0.7 * len(states), (offering.slug, set(states) - there)


def test_an_office_with_real_cases_gets_no_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance.ensure(tmp_path, "production")
    monkeypatch.setenv("MIZBAN_DATA", str(tmp_path))
    with pytest.raises(instance.InstanceError, match="production"):
        command.main(["load"])
