"""The roads office under its published agreement: what happens is folded, and figures say it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, Offering
from mizban.core.people.actors import Staff
from mizban.lib.jalali import local
from mizban.office.agreements.models import AgreementVersion
from mizban.office.agreements.publishing import PUBLISHED, enter
from mizban.office.compliance.figures import Figure, figures
from mizban.office.compliance.folding import fold
from tests.agreements.conftest import as_hamed, as_mahin, hamed, mahin  # noqa: F401  # fixtures
from tests.conftest import SATURDAY

DAY = timedelta(days=1)
REPLY = {"reply": "درخواست شما بررسی شد و پاسخ آن این است."}


@pytest.fixture
def paper(offering: Offering) -> AgreementVersion:
    """The published agreement of the roads office, in force past its end."""
    office, today = offering.agency, local(SATURDAY).date()
    return enter(office, 1, PUBLISHED / "004.txt", services=["service-desk"], today=today, at=SATURDAY)


@pytest.fixture
def common_paper(offering: Offering) -> AgreementVersion:
    """A text with the clauses common to S0–S3, over the same service."""
    office, today = offering.agency, local(SATURDAY).date()
    return enter(office, 2, PUBLISHED / "000.txt", services=["service-desk"], today=today, at=SATURDAY)


@pytest.fixture
def filed(paper: AgreementVersion, open_case: Callable[..., Opened]) -> Callable[..., Case]:
    """File a case under the published agreement."""
    return lambda **changes: open_case(agreement_version=paper.pk, **changes).case


@pytest.fixture
def said(paper: AgreementVersion) -> Callable[..., dict[str, Figure]]:
    """Fold what happened; the figures by the row of the catalogue they are."""

    return _saying(paper)


@pytest.fixture
def common(common_paper: AgreementVersion) -> Callable[..., dict[str, Figure]]:
    """The same of the text common to S0–S3."""
    return _saying(common_paper)


def _saying(version: AgreementVersion) -> Callable[..., dict[str, Figure]]:
    def _said(at: datetime = SATURDAY, **asked: Any) -> dict[str, Figure]:
        fold(at=at)
        fresh = AgreementVersion.objects.get(pk=version.pk)
        made: dict[str, Figure] = {}
        for figure in figures(fresh, at=at, **asked):
            made.setdefault(figure.row, figure)
        return made

    return _said


@pytest.fixture
def replied(as_babak: Staff) -> Callable[..., None]:
    """Babak answers a case."""

    def _replied(case: Case, *, after: timedelta = DAY) -> None:
        case.take("reply", by=as_babak, at=case.filed_at + after, answers=REPLY)

    return _replied
