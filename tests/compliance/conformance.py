"""Which test shows which row of the catalogue of obligations; `docs/conformance.md` is written from it.

python -m tests.compliance.conformance > docs/conformance.md
"""

from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from typing import Literal, TypeVar

from mizban.office.agreements.measures import measures
from mizban.office.compliance.catalogue import Row, rows
from mizban.office.compliance.measures import MEASURES

Shows = Literal["moves", "missed", "says why there is none"]
F = TypeVar("F", bound=Callable[..., object])
MODULES = ("test_rows_of_cases", "test_rows_of_the_office", "test_rows_that_stand")
HEAD = """# Conformance

What the five agreements ask for, row by row: what fulfils it, what measures it, and the tests that show its figure move
and be missed. Written from the tests by `python -m tests.compliance`; a test compares. Rows `Sx` stand in all of S0–S3.
What the applicant owes is observed and never missed. All tests are in `tests/compliance/`.

| clause | owes | behaviour | measure | tests |
|---|---|---|---|---|
"""
_shown: "defaultdict[str, list[tuple[Shows, str]]]" = defaultdict(list)


def shows(shown: Shows, *ids: str) -> Callable[[F], F]:
    """Marks a test as one that shows this of these rows."""

    def mark(test: F) -> F:
        for row in ids:
            add(row, shown, f"{test.__module__.split('.')[-1]}::{test.__name__}")
        return test

    return mark


def add(row: str, shown: Shows, test: str) -> None:
    _shown[row].append((shown, test))


def collected() -> dict[str, list[tuple[Shows, str]]]:
    """What the tests of all modules show, by row."""
    for name in MODULES:
        import_module(f"tests.compliance.{name}")
    return dict(_shown)


def document() -> str:
    """The whole page."""
    found = collected()
    return HEAD + "".join(_line(row, found.get(row.id, [])) for row in rows())


def _line(row: Row, shown: list[tuple[Shows, str]]) -> str:
    tests = "<br>".join(f"{what}: `{test}`" for what, test in sorted(set(shown)))
    ids = ", ".join((row.id, *row.also))
    return f"| {ids} | {row.owes} | {row.behaviour} | `{row.measure}` | {tests} |\n"


def measure_is_known(row: Row) -> bool:
    return row.measure in MEASURES and (row.measure in measures() or row.measure == "read-surely")
