"""New rows on a hot path: their INSERT is written once a process, as `prepared` keeps queries.

What is inserted is what `save` inserts for a row without an id, but for signals: nothing listens to ours. Like
`prepared` it leans on Django's inner API; docs/performance.md says what that brings.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.sql import InsertQuery

from .db import rows_of


def insert(row: models.Model) -> None:
    """Insert this new row: one query. Its id and the columns the database computes are set. Raises IntegrityError."""
    _written(type(row)).one(row)


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model by one query, none for no rows. Their ids are not asked for."""
    if rows:
        _written(type(rows[0])).many(rows)


class _Written:
    """The INSERT of one model, and what comes back of it."""

    def __init__(self, model: type[models.Model]) -> None:
        meta: Any = model._meta  # noqa: SLF001  # Django's documented API
        fields = [field for field in meta.concrete_fields if not (field.primary_key or field.generated)]
        self._fields: list[Any] = fields
        self._back: list[Any] = meta.db_returning_fields
        self._into = f"INSERT INTO {_quoted(meta.db_table)} ({_names(fields)}) VALUES "  # noqa: S608  # names of our own models
        self._marks = f"({', '.join(['%s'] * len(fields))})"
        self._one = f"{self._into}{self._marks} RETURNING {_names(self._back)}"
        self._compiler: Any = InsertQuery(model).get_compiler(connection=connection)
        self._converters = self._compiler.get_converters(
            [field.get_col(meta.db_table) for field in self._back]
        )

    def one(self, row: models.Model) -> None:
        here = connections[DEFAULT_DB_ALIAS]
        (found,) = rows_of(self._one, self._values(row, here), here)
        if self._converters:
            (found,) = self._compiler.apply_converters([found], self._converters)
        for field, value in zip(self._back, found, strict=True):
            setattr(row, field.attname, value)
        row._state.adding, row._state.db = False, here.alias  # noqa: SLF001  # documented for loaders

    def many(self, rows: Sequence[models.Model]) -> None:
        here, marks = connections[DEFAULT_DB_ALIAS], ", ".join([self._marks] * len(rows))
        with here.cursor() as cursor:
            cursor.execute(self._into + marks, [value for row in rows for value in self._values(row, here)])

    def _values(self, row: models.Model, here: Any) -> list[Any]:
        # Not `connection`: that looks for the thread's own at every touch, and fields touch it often.
        return [field.get_db_prep_save(field.pre_save(row, True), here) for field in self._fields]  # noqa: FBT003  # Django's own call


def _names(fields: Sequence[Any]) -> str:
    return ", ".join(_quoted(field.column) for field in fields)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


_written = cache(_Written)
