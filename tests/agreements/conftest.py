"""The office that keeps agreements: hamed directs it, sara is its site officer; mahin directs another organisation."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.jobs import running as jobs
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role, User
from mizban.lib.jalali import local
from mizban.office.agreements import drafting, gate, sending, signing
from mizban.office.agreements.models import AgreementVersion, Draft
from mizban.office.agreements.publishing import PUBLISHED, enter
from tests.conftest import SATURDAY, make_member

NOON = SATURDAY + timedelta(hours=2)
TODAY = local(NOON).date()
REASON = "این بند تا بازنگری بعدی همان‌گونه که هست می‌ماند."


@pytest.fixture
def hamed(agency: Agency) -> User:
    """The director-general of Maryam's office."""
    return make_member(agency, "hamed", "حامد تبریزی", Role.DIRECTOR)


@pytest.fixture
def as_hamed(hamed: User, agency: Agency) -> Staff:
    return Staff(hamed.pk, hamed.full_name, agency.pk, frozenset([Role.DIRECTOR]))


@pytest.fixture
def mahin(other_agency: Agency) -> User:
    return make_member(other_agency, "mahin", "مهین راد", Role.DIRECTOR)


@pytest.fixture
def as_mahin(mahin: User, other_agency: Agency) -> Staff:
    return Staff(mahin.pk, mahin.full_name, other_agency.pk, frozenset([Role.DIRECTOR]))


@pytest.fixture
def on_paper(offering: Offering) -> AgreementVersion:
    """The roads office's text as it was published, in force past its end."""
    office = offering.agency
    return enter(office, 1, PUBLISHED / "004.txt", services=["service-desk"], today=TODAY, at=SATURDAY)


def made_ready(draft: Draft, *, days: int = 7) -> Draft:
    """What an officer does with a draft: confirms, fills the blanks, gives the promise a number."""
    drafting.confirm(draft, [clause["id"] for clause in draft.clauses], seen=draft.revision)
    filled = dict.fromkeys(gate.blanks(drafting.facts_of(draft)), "دو سال")
    drafting.fill_blanks(draft, filled, seen=draft.revision)
    for clause in draft.clauses:
        if clause["kind"] == "prompt-result":
            target = {"value": days, "unit": "working_days"}
            drafting.set_clause(draft, clause["id"], seen=draft.revision, target=target)
    return draft


def sent(draft: Draft, by: Staff, *, at: Any = NOON) -> AgreementVersion:
    """Sent for signature, with a reason for each finding that stays."""
    found = gate.obstacles(drafting.facts_of(draft), today=local(at).date())
    reasons = {each.code: REASON for each in found if each.may_be_overridden}
    return sending.send(draft, reasons, by=by, at=at)


def signed(version: AgreementVersion, by: Staff, *, at: Any = NOON) -> AgreementVersion:
    return signing.sign(version, by=by, at=at, seen_hash=signing.document_hash(version))


def work() -> None:
    """The worker does what waits."""
    while job := jobs.take("worker", at=timezone.now()):
        jobs.run(job, clock=timezone.now)
