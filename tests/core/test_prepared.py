"""Prepared queries ask what their querysets say, inserts write what `save` writes; what is kept is so for a moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test.utils import CaptureQueriesContext

from mizban.core import kept as keeping
from mizban.core import prepared as preparing
from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.cases.models.words import CaseWord
from mizban.core.db import rows_of
from mizban.core.inserts import insert, insert_all
from mizban.core.kept import kept
from mizban.core.people.models import User
from mizban.core.prepared import Prepared, PreparedValues, blank, number

pytestmark = pytest.mark.django_db


def by_code(code: Any) -> Any:
    return Case.objects.filter(code=code).select_related("agency", "unit", "assignee", "version")


def test_a_prepared_query_finds_what_the_queryset_finds(
    open_case: Callable[..., Opened], babak: User
) -> None:
    prepared = Prepared(lambda: by_code(blank(Case, "code"))[:1])
    for opened in (open_case(), open_case()):
        case, found = by_code(opened.case.code).get(), prepared.first(code=opened.case.code)
        assert found is not None
        columns = [field.attname for field in Case._meta.concrete_fields]  # noqa: SLF001  # Django's documented API
        for name in columns:
            assert getattr(found, name) == getattr(case, name), name
        assert found.agency == case.agency
        assert found.unit == case.unit
        assert found.assignee is None
    assert prepared.first(code="123") is None


def test_a_deferred_column_is_asked_for_when_it_is_needed(case: Case, django_assert_num_queries: Any) -> None:
    prepared = Prepared(lambda: by_code(blank(Case, "code")).defer("version__source"))
    with django_assert_num_queries(2):
        assert "service-desk" in prepared.all(code=case.code)[0].version.source


def test_prepared_values_are_read_as_their_fields_read_them(case: Case) -> None:
    names = ("code", "filed_at", "plain", "is_open")
    prepared = PreparedValues(lambda: by_code(blank(Case, "code")).values_list(*names))
    assert [tuple(row) for row in prepared.all(code=case.code)] == list(
        by_code(case.code).values_list(*names)
    )


def test_nothing_typed_becomes_a_part_of_the_query(case: Case) -> None:
    prepared = Prepared(lambda: by_code(blank(Case, "code")))
    for typed in ("' OR 1=1 --", "%s", "\\", f"{case.code}' --"):
        assert prepared.all(code=typed) == []


def test_a_new_row_is_written_as_save_writes_it(case: Case) -> None:
    columns = [field.attname for field in Case._meta.concrete_fields if not field.primary_key]  # noqa: SLF001  # the same
    written = {}
    for way, code in ((insert, "100000000001"), (Case.save, "100000000002")):
        same = {name: getattr(case, name) for name in columns if name != "queue_at"}
        row = Case(**same | {"code": code, "token_hash": None})
        way(row)
        assert Case.objects.get(code=code) == row
        assert not row._state.adding  # noqa: SLF001  # documented for loaders
        # What the database worked out is there without asking for it.
        assert row.queue_at == case.queue_at
        row.refresh_from_db()
        written[way] = {name: getattr(row, name) for name in columns if name != "code"}
    assert written[insert] == written[Case.save]


def test_many_rows_are_one_query_and_none_is_none(case: Case, django_assert_num_queries: Any) -> None:
    case.words.all().delete()
    with django_assert_num_queries(1):
        insert_all([CaseWord(case=case, token=token) for token in (b"one", b"two")])
    assert sorted(bytes(word.token) for word in case.words.all()) == [b"one", b"two"]
    with django_assert_num_queries(0):
        insert_all([])


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_is_looked_up_once_and_again_after_a_while(
    agency: Agency, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    @kept
    def name_of(slug: str) -> str | None:
        return Agency.objects.filter(slug=slug).values_list("name", flat=True).first()

    now = [100.0]
    monkeypatch.setattr(keeping, "monotonic", lambda: now[0])
    with django_assert_num_queries(1):
        assert name_of(agency.slug) == name_of(agency.slug) == agency.name
    Agency.objects.update(name="نام تازه")
    now[0] += keeping.FRESH_SECONDS
    assert name_of(agency.slug) == "نام تازه"
    with django_assert_num_queries(2):
        assert name_of("nowhere") is name_of("nowhere") is None


def test_inside_a_transaction_nothing_is_kept(agency: Agency) -> None:
    @kept
    def name_of(slug: str) -> str | None:
        return Agency.objects.filter(slug=slug).values_list("name", flat=True).first()

    assert name_of(agency.slug) == agency.name
    Agency.objects.update(name="نام تازه")
    assert name_of(agency.slug) == "نام تازه"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps what it read by itself")
def test_postgresql_plans_a_prepared_query_once_however_large_its_numbers_are() -> None:
    prepared = PreparedValues(
        lambda: Case.objects.filter(pk__in=[number("one"), number("other")]).values_list("code")
    )
    for one, other in ((1, 2), (40_000, 2), (2, 40_000), (2**40, 1), (7, 8), (1, 2**40), (3, 4)):
        assert prepared.all(one=one, other=other) == []
    with CaptureQueriesContext(connection) as seen:
        prepared.all(one=1, other=2)
    assert "cases_case" in seen[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE '%%cases_case%%'", []
        )
        assert cursor.fetchone()[0] == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads a query anew by itself")
@pytest.mark.django_db(transaction=True)
def test_a_migration_beside_a_running_server_fails_no_page() -> None:
    here = connections[DEFAULT_DB_ALIAS]
    with here.cursor() as cursor:
        cursor.execute("CREATE TABLE told (id integer, word varchar(20))")
        cursor.execute("INSERT INTO told VALUES (1, 'سلام')")
    try:
        for _ in range(here.connection.prepare_threshold + 2):
            assert rows_of("SELECT word FROM told WHERE id = %s", [1], here) == [("سلام",)]
        with ThreadPoolExecutor(1) as another:
            another.submit(_migrate, "ALTER TABLE told ALTER word TYPE varchar(40)").result()
        assert rows_of("SELECT word FROM told WHERE id = %s", [1], here) == [("سلام",)]
    finally:
        with here.cursor() as cursor:
            cursor.execute("DROP TABLE told")


def _migrate(statement: str) -> None:
    """As another process does: on a connection of its own."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(statement)
    connections[DEFAULT_DB_ALIAS].close()


def test_two_who_name_numbers_at_once_are_given_two(monkeypatch: pytest.MonkeyPatch) -> None:
    both = Barrier(2)

    class Slow(dict[str, int]):
        """Lets a second thread come in between the look and the writing, where nothing keeps it out."""

        def __len__(self) -> int:
            known = super().__len__()
            with suppress(BrokenBarrierError):
                both.wait(0.2)
            return known

    monkeypatch.setattr(preparing, "_numbers", Slow())
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(number, ("one person's unit", "another's"))
    assert one != other
