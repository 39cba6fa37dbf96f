"""A complaint about a late answer stands on both cases: the one complained of, and the complaint itself."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mizban.core.cases import amends
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, CaseLink, Offering
from mizban.core.cases.writing import ActedFirst, opened, record
from mizban.core.people.actors import Guest

SERVICE_DESK, KIND, COMPLAINT = "service-desk", "kind", "complaint"
# The question of the service desk that names the case complained of; whoever answers it has proved to know that case.
OF_CASE = "of_case"
TRIES = 3


def file(
    offering: Offering, answers: Mapping[str, Any], open_it: Callable[[], Opened], *, at: datetime
) -> Opened:
    """File what `open_it` files; where it is a complaint about a case, tie the two, together or not at all.

    `answers` are as typed: the named case was proved to be known by filing itself.
    """
    if offering.slug != SERVICE_DESK or answers.get(KIND) != COMPLAINT or not answers.get(OF_CASE):
        return open_it()
    with transaction.atomic():
        filed = open_it()
        if filed.is_new:
            _tie(filed.case, at=at)
    return filed


def _tie(complaint: Case, *, at: datetime) -> None:
    """Say on the case that it was complained of, and beside which complaint it stands."""
    filed = complaint.history()[0]
    code = opened(filed, complaint.key).get("answers", {}).get(OF_CASE)
    for left in reversed(range(TRIES)):
        about = Case.objects.filter(code=code or "").first()
        if about is None or about.pk == complaint.pk:
            return
        try:
            with transaction.atomic():
                _record(about, complaint, at=at)
            return
        except ActedFirst:
            if not left:
                raise


def _record(about: Case, complaint: Case, *, at: datetime) -> None:
    record(about, amends.COMPLAINED, by=Guest(about.pk), at=at, facts={"other": complaint.code})
    record(complaint, "linked", by=Guest(complaint.pk), at=at, facts={"other": about.code})
    if about.agency_id == complaint.agency_id:
        CaseLink.add(about, complaint, at=at)
