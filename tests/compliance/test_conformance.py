"""`docs/conformance.md` says what the tests show, and no row of the agreements is without one."""

from pathlib import Path

import pytest

from mizban.office.compliance.catalogue import Row, rows
from mizban.office.compliance.measures import MEASURES

from .conformance import collected, document, measure_is_known

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "conformance.md"


def test_the_document_is_what_the_tests_say() -> None:
    assert DOCUMENT.read_text("utf-8") == document()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_no_row_is_empty(row: Row) -> None:
    shown = {what for what, _ in collected().get(row.id, [])}
    assert row.behaviour
    assert measure_is_known(row)
    if MEASURES[row.measure].source == "unbuilt":
        assert shown == {"says why there is none"}
    else:
        assert "moves" in shown
        assert row.owes == "applicant" or "missed" in shown


def test_there_are_as_many_rows_as_the_agreements_have() -> None:
    """23 common to S0–S3, 20 of single services, 11 of S4 alone."""
    ids = [row.id for row in rows()]
    assert len(ids) == len(set(ids)) == 23 + 20 + 11
