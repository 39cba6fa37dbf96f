"""Mehr is over, and Hamed, who directs the roads office, is to sign what became of its promises."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role, User
from mizban.lib.jalali import from_jalali, local
from mizban.office.agreements.models import AgreementVersion
from mizban.office.agreements.publishing import PUBLISHED, enter
from mizban.office.figures.spans import midnight
from mizban.office.reports import making
from mizban.office.reports.models import Report
from tests.conftest import SATURDAY, make_member

MEHR = from_jalali(1405, 7, 1)
# A working morning in the middle of Mehr.
IN_MEHR = midnight(from_jalali(1405, 7, 12)) + timedelta(hours=10)
REPLY = {"reply": "درخواست شما بررسی شد و پاسخ آن این است."}


@pytest.fixture
def hamed(agency: Agency) -> User:
    return make_member(agency, "hamed", "حامد تبریزی", Role.DIRECTOR)


@pytest.fixture
def as_hamed(hamed: User, agency: Agency) -> Staff:
    return Staff(hamed.pk, hamed.full_name, agency.pk, frozenset([Role.DIRECTOR]))


@pytest.fixture
def paper(offering: Offering) -> AgreementVersion:
    """The published agreement of the roads office."""
    office, today = offering.agency, local(SATURDAY).date()
    return enter(office, 1, PUBLISHED / "004.txt", services=["service-desk"], today=today, at=SATURDAY)


@pytest.fixture
def filed(paper: AgreementVersion, open_case: Callable[..., Opened]) -> Callable[..., Case]:
    """File a case under the agreement in Mehr."""
    return lambda **changes: open_case(**({"agreement_version": paper.pk, "at": IN_MEHR} | changes)).case


@pytest.fixture
def answered(filed: Callable[..., Case], as_babak: Staff) -> Callable[..., Case]:
    """A case that Babak answered the day after."""

    def _answered(after: timedelta = timedelta(days=1)) -> Case:
        case = filed()
        case.take("reply", by=as_babak, at=case.filed_at + after, answers=REPLY)
        return case

    return _answered


@pytest.fixture
def asked(paper: AgreementVersion, as_hamed: Staff) -> Callable[..., Report]:
    """A report that was asked for, in Aban."""

    def _asked(month: Any = MEHR, at: datetime = SATURDAY, by: Staff = as_hamed) -> Report:
        return making.ask(paper.agreement.agency, None, month, by=by, at=at)

    return _asked


@pytest.fixture
def made(asked: Callable[..., Report]) -> Callable[[], Report]:
    """A report of Mehr that was made, or made anew."""

    def _made() -> Report:
        report = asked()
        assert making.make(report.pk, at=SATURDAY)
        report.refresh_from_db()
        return report

    return _made
