"""A queue in parts: which cases stand on which shelf, for the person who looks; and how many, without counting all."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

from .case import ANSWERED_AT, PAUSED_AT

if TYPE_CHECKING:
    from .case import CaseQuerySet

# As values of a list: a bare boolean column is no condition an index of SQLite is entered by.
OPEN, CLOSED = Q(is_open__in=[True]), Q(is_open__in=[False])
# Beyond this nobody counts: the shelf says «۹۹+».
MOST_COUNTED = 100


def shelves(*, user_id: int, unit_ids: Iterable[int], at: datetime, soon_until: datetime) -> dict[str, Q]:
    """The shelves of the own agency's queue by name; late and soon share no case. All datetimes aware."""
    # A running deadline only: what stands or is answered has its place after every date.
    running = OPEN & Q(queue_at__lt=PAUSED_AT)
    return {
        "all": OPEN,
        "mine": OPEN & Q(assignee_id=user_id),
        "unit": OPEN & Q(unit_id__in=list(unit_ids)),
        "late": running & Q(queue_at__lt=at),
        "soon": running & Q(queue_at__gte=at, queue_at__lt=soon_until),
        "applicant": OPEN & Q(turn="applicant"),
        "answered": OPEN & Q(queue_at=ANSWERED_AT),
        "closed": CLOSED,
    }


def tally(parts: "Mapping[str, CaseQuerySet]") -> dict[str, int]:
    """How many cases each part has, up to MOST_COUNTED, in one query.

    The parts are joined as SQL: as expressions of one queryset they cost the page more time than the database.
    """
    counts, arguments, asked = dict.fromkeys(parts, 0), [], []
    for name, part in parts.items():
        limited = part.order_by().values_list("pk")[:MOST_COUNTED]
        try:
            sql, values = limited.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        asked.append((name, f"(SELECT COUNT(*) FROM ({sql}) AS counted)"))  # noqa: S608  # written by Django
        arguments += values
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(sql for _, sql in asked)}", arguments)
            counts |= dict(zip((name for name, _ in asked), cursor.fetchone(), strict=True))
    return counts
