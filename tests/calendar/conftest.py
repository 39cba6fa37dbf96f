"""An office that runs errands (`errand.ERRAND`), with a treasury beside it."""

from collections.abc import Callable

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Offering
from mizban.core.people.actors import PUBLIC
from mizban.office.calendar.models import Calendar, Holiday
from tests.conftest import MARYAM, SATURDAY

from .errand import ERRAND
from .year_1405 import holidays

File = Callable[..., Case]


@pytest.fixture
def errands(agency: Agency, other_agency: Agency) -> Offering:
    agency.counterparts.create(role="treasury", counterpart=other_agency)
    calendar = Calendar.objects.get(agency=agency)
    Holiday.objects.bulk_create(
        Holiday(calendar=calendar, on=on, name=name) for on, name in holidays().items()
    )
    return Offering.publish(agency, ERRAND, at=SATURDAY)


@pytest.fixture
def file_errand(errands: Offering) -> File:
    """File Maryam's errand; `at` and `big` as given."""

    def _file(at: object = SATURDAY, *, big: bool = False) -> Case:
        answers = {"text": "گواهی می‌خواهم", "big": "yes" if big else "no"}
        return Case.open(errands, by=PUBLIC, applicant=MARYAM, answers=answers, at=at).case  # type: ignore[arg-type]

    return _file


@pytest.fixture
def errand(file_errand: File) -> Case:
    return file_errand()
