"""Why cases wait: whose move it is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from mizban.core.cases.models import CaseQuerySet

from .counting import UNANSWERED


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open and unanswered cases by what they wait for; together they are all that waits."""

    with_applicant: int = 0
    with_agency: int = 0
    unassigned: int = 0
    in_review: int = 0

    @property
    def total(self) -> int:
        return self.with_applicant + self.with_agency + self.unassigned + self.in_review


# Each reason holds what none before it took.
REASONS = {
    "with_applicant": Q(turn="applicant"),
    "with_agency": Q(turn="party"),
    "unassigned": ~Q(turn__in=["applicant", "party"]) & Q(assignee=None),
    "in_review": ~Q(turn__in=["applicant", "party"]) & Q(assignee__isnull=False),
}


def reasons(cases: CaseQuerySet, *, now: datetime) -> tuple[Waiting, Waiting]:
    """All that waits, and what of it is past its due date. One query."""
    counts = {name: Count("pk", filter=reason) for name, reason in REASONS.items()}
    late = {
        f"late_{name}": Count("pk", filter=reason & Q(due_at__lt=now)) for name, reason in REASONS.items()
    }
    found = cases.filter(UNANSWERED).aggregate(**counts, **late)
    return Waiting(**{name: found[name] for name in REASONS}), Waiting(
        **{name: found[f"late_{name}"] for name in REASONS}
    )
