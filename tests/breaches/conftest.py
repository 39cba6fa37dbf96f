"""Who leads Maryam's office: parvin heads the housing unit, karim is the director; the ministry stands above."""

from collections.abc import Callable
from datetime import datetime

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.clocks import waking
from mizban.core.cases.models import Case
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role, User
from tests.conftest import make_member

Live = Callable[..., Case]


@pytest.fixture
def parvin(agency: Agency) -> User:
    return make_member(agency, "parvin", "پروین صفایی", Role.HEAD, "housing")


@pytest.fixture
def karim(agency: Agency) -> User:
    return make_member(agency, "karim", "کریم مرادی", Role.DIRECTOR)


@pytest.fixture
def as_parvin(parvin: User, agency: Agency) -> Staff:
    units = frozenset(agency.units.filter(slug="housing").values_list("pk", flat=True))
    return Staff(parvin.pk, parvin.full_name, agency.pk, frozenset([Role.HEAD]), units)


@pytest.fixture
def as_karim(karim: User, agency: Agency) -> Staff:
    return Staff(karim.pk, karim.full_name, agency.pk, frozenset([Role.DIRECTOR]))


@pytest.fixture
def live() -> Live:
    """The worker looks whenever something is to happen, up to a moment."""

    def _live(case: Case, *, until: datetime) -> Case:
        case.refresh_from_db()
        while case.wake_at is not None and case.wake_at <= until:
            waking.wake(at=case.wake_at)
            case.refresh_from_db()
        return case

    return _live
