"""Queries whose SQL is written once a process: on a hot page Django spends more on writing a query than on asking it.

A query is built once, with `blank`s where its values go, and asked many times. It asks exactly what its queryset says;
only the writing is kept. docs/performance.md says what that brings, and on which pages it is worth it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.base import ModelState
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators

from .db import quicker, rows_of

M = TypeVar("M", bound=models.Model)
Row = Sequence[Any]
AnyField: TypeAlias = "models.Field[Any, Any]"


@dataclass(frozen=True)
class _Mark:
    """Where a value goes among the parameters, and the field that prepares it for the engine."""

    name: str
    field: "AnyField | None"

    def prepared(self, value: Any, here: Any) -> Any:
        """What the engine is given; a number or a text for such a column is that already."""
        if self.field is None or type(value) is self.plain:
            return value
        return self.field.get_db_prep_value(value, here)

    @cached_property
    def plain(self) -> type | None:
        """The type of values that go to the engine as they are."""
        column = getattr(self.field, "target_field", self.field)
        if isinstance(column, models.IntegerField):
            return int
        return str if type(column) is models.CharField else None


class _Blank(Expression):
    def __init__(self, name: str, field: AnyField) -> None:
        super().__init__(output_field=field)
        self._mark = _Mark(name, field)

    def as_sql(self, *_args: Any, **_named: Any) -> Any:
        return "%s", [self._mark]


def blank(model: type[models.Model], field: str, name: str = "") -> Any:
    """A value to come, compared with this field of the model; called by the field's name unless said otherwise."""
    return _Blank(name or field, model._meta.get_field(field))  # type: ignore[arg-type]  # noqa: SLF001  # Django's documented API


# No row has these ids: one of them stands for a number to come where Django takes no expression (in lists).
_NUMBERS = range(-(10**15), -(10**15) + 1000)


def number(name: str) -> int:
    """A number to come, for conditions on ids."""
    with _naming:
        return _numbers.setdefault(name, _NUMBERS[len(_numbers)])


_numbers: dict[str, int] = {}
# Two threads that name two numbers at once must not be given one: somebody would be shown the other's cases.
_naming = Lock()


def _marked(param: Any) -> Any:
    """The parameter, or the mark of the number that it stands for."""
    if type(param) is int and param in _NUMBERS:
        with _naming:
            return _Mark(next(name for name, stands in _numbers.items() if stands == param), None)
    return param


class Statement:
    """SQL as an engine's compiler wrote it, its parameters with marks where values go."""

    def __init__(self, sql: str, params: Sequence[Any]) -> None:
        self._sql = sql
        self._params = tuple(map(_marked, params))

    def rows(self, values: dict[str, Any]) -> list[Row]:
        """What it finds with these values, as the engine gives it."""
        here = connections[DEFAULT_DB_ALIAS]
        params = [
            each.prepared(values[each.name], here) if type(each) is _Mark else each for each in self._params
        ]
        return rows_of(self._sql, params, here)


class _Written(Statement):
    """A query's statement, and how what comes back becomes values."""

    def __init__(self, queryset: "models.QuerySet[Any, Any]") -> None:
        self.compiler = queryset.query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
        super().__init__(*self.compiler.as_sql())
        columns = [column[0] for column in self.compiler.select]
        self._converters = [
            (place, quicker(convert), expression)
            for place, (converters, expression) in self.compiler.get_converters(columns).items()
            for convert in converters
        ]

    def rows(self, values: dict[str, Any]) -> list[Row]:
        rows, here = super().rows(values), connections[DEFAULT_DB_ALIAS]
        return [self._read(row, here) for row in rows] if self._converters else rows

    def _read(self, row: Row, here: Any) -> Row:
        read = list(row)
        for place, convert, expression in self._converters:
            read[place] = convert(read[place], expression, here)
        return read


class Prepared(Generic[M]):
    """A queryset of whole rows (`select_related` and `defer` hold; no annotations, no prefetching)."""

    def __init__(self, build: Callable[[], "models.QuerySet[M]"]) -> None:
        self._build = build
        self._written: _Written | None = None
        self._make: Callable[[Row], M]

    def all(self, **values: Any) -> list[M]:
        """Every row for these values. One query."""
        if self._written is None:
            written = _Written(self._build())
            self._make = _maker(written)
            self._written = written
        return [self._make(row) for row in self._written.rows(values)]

    def first(self, **values: Any) -> M | None:
        """The first row, None without one; the queryset says `[:1]`."""
        found = self.all(**values)
        return found[0] if found else None


class PreparedValues:
    """A queryset of `values_list`: rows as tuples or lists."""

    def __init__(self, build: Callable[[], "models.QuerySet[Any, Any]"]) -> None:
        self._build = build
        self._written: _Written | None = None

    def all(self, **values: Any) -> list[Row]:
        """Every row for these values. One query."""
        if self._written is None:
            self._written = _Written(self._build())
        return self._written.rows(values)


def _maker(written: _Written) -> Callable[[Row], Any]:
    """How a row becomes an instance, as Django's own `ModelIterable` does it, but for the signals nobody hears."""
    compiler = written.compiler
    info: Any = compiler.klass_info
    model, places = info["model"], info["select_fields"]
    first, end = places[0], places[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:end]]
    populators = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # stubs of 6.0

    def make(row: Row) -> Any:
        made = model.__new__(model)
        made.__dict__.update(zip(names, row[first:end], strict=True))
        made._state = state = ModelState()  # noqa: SLF001  # documented for loaders
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        for populator in populators:
            populator.populate(row, made)
        return made

    return make
