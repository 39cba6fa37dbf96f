"""A queue in parts: which open cases stand on which shelf, for the person who looks."""

from datetime import datetime

from django.db.models import Q


def shelves(*, user_id: int, at: datetime, day_ends_at: datetime) -> dict[str, Q]:
    """The shelves of this person's queue by name; late and today share no case."""
    unanswered = Q(is_open=True, answered_at=None)
    return {
        "all": Q(is_open=True),
        "late": unanswered & Q(due_at__lt=at),
        "today": unanswered & Q(due_at__gte=at, due_at__lt=day_ends_at),
        "office": Q(is_open=True, turn="office"),
        "applicant": Q(is_open=True, turn="applicant"),
        "mine": Q(is_open=True, assignee_id=user_id),
        "answered": Q(is_open=True, answered_at__isnull=False),
    }
