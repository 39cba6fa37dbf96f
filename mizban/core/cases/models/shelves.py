"""A queue in parts: which cases stand on which shelf, for the person who looks; and how many, without counting all."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

from mizban.core.prepared import Statement

from .case import ANSWERED_AT, PAUSED_AT

if TYPE_CHECKING:
    from .case import CaseQuerySet

# As values of a list: a bare boolean column is no condition an index of SQLite is entered by.
OPEN, CLOSED = Q(is_open__in=[True]), Q(is_open__in=[False])
# An aware datetime, or `prepared.blank` for one that is to come.
Moment: TypeAlias = "datetime | Any"
# Beyond this nobody counts: the shelf says «۹۹+».
MOST_COUNTED = 100


def shelves(*, user_id: int, unit_ids: Iterable[int], at: Moment, soon_until: Moment) -> dict[str, Q]:
    """The shelves of the own agency's queue by name; late and soon share no case. All datetimes aware, or to come."""
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


Parts: TypeAlias = "Mapping[str, CaseQuerySet]"


class Tally:
    """How many cases each part of a queue has, up to MOST_COUNTED, in one query that is written once.

    The parts are joined as SQL: as expressions of one queryset they cost the page more time than the database. They
    have marks where values go (`core.prepared`).
    """

    def __init__(self, parts: Parts) -> None:
        self._names, columns, params = list[str](), list[str](), list[Any]()
        self._none = dict.fromkeys(parts, 0)
        for name, part in parts.items():
            limited = part.order_by().values_list("pk")[:MOST_COUNTED]
            try:
                sql, values = limited.query.get_compiler(connection=connection).as_sql()
            except EmptyResultSet:
                continue
            self._names.append(name)
            columns.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608  # written by Django
            params += values
        self._statement = Statement(f"SELECT {', '.join(columns)}", params)

    def counts(self, **values: Any) -> dict[str, int]:
        """By part, for these values. One query, none where no part can have a case."""
        if not self._names:
            return self._none
        return self._none | dict(zip(self._names, self._statement.rows(values)[0], strict=True))
