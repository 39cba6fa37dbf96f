"""The first rows of several lists at once: each is read off its index, where an «or» of their conditions reads all."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import BigAutoField
from django.db.models.expressions import Expression

if TYPE_CHECKING:
    from ..models import CaseQuerySet


class FirstOfEach(Expression):
    """The ids of the first `most` rows of each of these querysets, in its own order: what `pk__in` takes."""

    def __init__(self, lists: "Iterable[CaseQuerySet]", most: int) -> None:
        super().__init__(output_field=BigAutoField())
        self._lists = [each.values("pk")[:most] for each in lists]

    def as_sql(self, _compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Joined as tables: SQLite orders and cuts no part of a UNION itself."""
        parts = [each.query.get_compiler(connection=connection).as_sql() for each in self._lists]
        tables = (f"SELECT * FROM ({sql}) AS part{place}" for place, (sql, _) in enumerate(parts))  # noqa: S608  # written by Django
        return f"({' UNION ALL '.join(tables)})", tuple(param for _, params in parts for param in params)
