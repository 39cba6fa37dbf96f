"""What differs between SQLite and PostgreSQL: nothing engine-specific stands outside this file."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import NotSupportedError, connection

# WAL lets readers go on while one writes; IMMEDIATE takes the write lock at once, so that two writers wait for each
# other instead of failing half-way with "database is locked".
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;"
    " PRAGMA recursive_triggers=ON; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON"
)

_read_json = json.JSONDecoder().decode
MOMENTS = "convert_datetimefield_value"


def database(url: str | None, data: Path) -> dict[str, Any]:
    """Django's settings of the database at `url` (postgresql://…), or of the SQLite file in the data folder.

    Raises ValueError for a URL of another engine.
    """
    if not url:
        return _sqlite(data / "mizban.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("DATABASE_URL must begin with postgresql:// or sqlite:///")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        # Only what `rows_of` asks: Django's other cursors write values into their statements.
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
            **query,
            "prepare_threshold": _threshold(query.get("prepare_threshold", "5")),
        },
    }


def _threshold(written: str) -> int | None:
    """After how many questions the server keeps one planned; `none` is never, for a pooler that cannot bear it."""
    if written == "none":
        return None
    if not written.isdecimal():
        raise ValueError("prepare_threshold in DATABASE_URL must be a number or «none»")
    return int(written)


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS, "timeout": 10},
        "CONN_MAX_AGE": None,
    }


def rows_of(sql: str, params: Sequence[Any], here: Any) -> list[Sequence[Any]]:
    """What a query that is asked again and again finds, on the connection `here`.

    SQLite keeps it read by itself, and is asked without Django's cursor, which writes its marks anew each time, unless
    somebody listens; PostgreSQL is told to read and plan it once a connection, which often costs more than the answer.
    """
    if here.vendor == "sqlite":
        if here.queries_logged or here.execute_wrappers:
            with here.cursor() as cursor:
                return list(cursor.execute(sql, params).fetchall())
        here.ensure_connection()
        here.validate_no_broken_transaction()
        with here.wrap_database_errors:
            return list(here.connection.execute(_with_question_marks(sql), params).fetchall())
    typed = [_of_one_type(each) for each in params]
    try:
        return _planned(sql, typed, here)
    except NotSupportedError:
        # A migration beside a running server changed a table, and what was planned for it. A transaction is lost, and
        # forgets all plans as it is rolled back; else they are forgotten here.
        if here.in_atomic_block:
            raise
        with here.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        return _planned(sql, typed, here)


def _planned(sql: str, params: Sequence[Any], here: Any) -> list[Sequence[Any]]:
    with _by_server(here) as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@lru_cache(maxsize=512)
def _with_question_marks(sql: str) -> str:
    """A statement of Django's with the marks that SQLite's driver takes."""
    return sql % (("?",) * (sql.count("%s") - sql.count("%%s")))


def _by_server(here: Any) -> Any:
    """A cursor that leaves the values to the server, wrapped as all of Django's are."""
    here.ensure_connection()
    return here._prepare_cursor(_planned_once()(here.connection))  # noqa: SLF001


@cache
def _planned_once() -> Any:
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415  # its driver is not for SQLite

    class PlannedOnce(ServerBindingCursor):
        """psycopg's own, which forgets what it asked where that was prepared; Django's log of queries reads it."""

        def _send_query_prepared(self, name: bytes, query: Any, **how: Any) -> None:
            self._query = query
            super()._send_query_prepared(name, query, **how)  # type: ignore[misc]  # stubs of psycopg 2

    return PlannedOnce


def _of_one_type(value: Any) -> Any:
    """psycopg types a number by its size, and PostgreSQL plans anew for every mixture of types."""
    from psycopg.types.numeric import Int8  # noqa: PLC0415  # the same

    return Int8(value) if type(value) is int else value


def reserve_ids(table: str, count: int) -> int:
    """The first of `count` ids of this table that nobody else is given; inside a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            sequence = cursor.fetchone()[0]
            # One look and one jump: an id drawn by somebody else in between is at worst left out by both.
            cursor.execute("LOCK TABLE " + connection.ops.quote_name(table) + " IN EXCLUSIVE MODE")
            cursor.execute("SELECT nextval(%s)", [sequence])
            first = int(cursor.fetchone()[0])
            cursor.execute("SELECT setval(%s, %s)", [sequence, first + count - 1])
            return first
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        return int(row[0]) + 1 if row else 1


def insert_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Many rows at once, by the engine's quickest way; values as `Field.get_db_prep_save` makes them."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows)  # noqa: S608  # names of our own models


def update_rows(
    table: str, columns: Sequence[str], known: Sequence[str], rows: Sequence[Sequence[Any]]
) -> int:
    """Write `columns` of many rows, each found by its `known` columns; how many were found.

    A row is the values of `columns`, then of `known`, as `Field.get_db_prep_save` makes them. Both engines keep one
    plan for all of them.
    """
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(name)} = %s" for name in columns)
    found = " AND ".join(f"{quote(name)} = %s" for name in known)
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(table)} SET {changes} WHERE {found}", rows)  # noqa: S608  # names of our own models
        return int(cursor.rowcount)


def settle() -> None:
    """Tell the engine what a bulk load changed, so that it plans by the tables as they are."""
    # PostgreSQL's VACUUM lets indexes answer alone; it refuses to run inside a transaction, where ANALYZE must do.
    whole = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if whole else "ANALYZE")


def quicker(convert: Callable[..., Any]) -> Callable[..., Any]:
    """The same conversion of a column's values; of SQLite's moments and of plain JSON one that only converts."""
    known = convert.__module__, convert.__name__
    if known == ("django.db.backends.sqlite3.operations", MOMENTS):
        return _moment
    if known == ("django.db.models.fields.json", "from_db_value") and convert.__self__.decoder is None:  # type: ignore[attr-defined]  # a method
        return _json
    return convert


def _json(stored: Any, *_expression_and_connection: Any) -> Any:
    return _read_json(stored) if isinstance(stored, str) else stored


def _moment(stored: datetime | str | None, *_expression_and_connection: Any) -> datetime | None:
    """A moment as SQLite keeps it, without a zone: UTC. What was computed comes as a text, columns do not."""
    read = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return read.replace(tzinfo=UTC) if read else None
