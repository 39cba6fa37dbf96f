"""Agreements in other offices' words, each expectation written down from reading the text.

`own_*` came with the reader; `other_*` were written, with what a careful person finds in them, before the
reader had seen them: other sectors, other families, other damage.
"""

import json
from typing import Any

import pytest

from .reading_cast import TEXTS, read, same


def _facts(name: str) -> dict[str, dict[str, Any]]:
    facts: dict[str, dict[str, Any]] = json.loads((TEXTS / name).read_text(encoding="utf-8"))
    return facts


OTHERS = _facts("other_expected.json")
EXPECTED = _facts("own_expected.json") | OTHERS


@pytest.mark.parametrize("name", EXPECTED)
def test_its_clauses_and_nothing_more(name: str) -> None:
    said = [
        f"{clause.lines[0]} {clause.kind} {clause.obligor}"
        + (f" {clause.target.value} {clause.target.unit}" if clause.target else "")
        for clause in read(name).clauses
        if clause.kind != "other"
    ]
    # Several clauses of one line are written down in the order they come to mind.
    assert sorted(said) == sorted(EXPECTED[name]["clauses"])


@pytest.mark.parametrize("name", EXPECTED)
def test_what_it_is_and_who_promises(name: str) -> None:
    reading, facts = read(name), EXPECTED[name]
    assert reading.document_kind == facts["document_kind"]
    assert same(reading.title, facts["title"])
    assert same(reading.agency.name, facts["agency"])
    assert reading.agency.province == facts["province"]
    assert reading.service.code == facts["code"]
    assert [section.kind for section in reading.sections] == facts["sections"]
    assert list(reading.kinds) == facts["kinds"]


@pytest.mark.parametrize("name", EXPECTED)
def test_its_terms_and_findings(name: str) -> None:
    reading, facts = read(name), EXPECTED[name]
    assert [reading.validity.from_, reading.validity.until, reading.validity.holdover] == facts["validity"]
    assert reading.cost.free == facts["free"]
    assert reading.availability.hours == facts["hours"]
    assert list(reading.placeholders) == facts["placeholders"]
    assert sorted(finding.code for finding in reading.findings) == facts["findings"]


@pytest.mark.parametrize("name", OTHERS)
def test_its_sub_code_and_the_condition_it_sets(name: str) -> None:
    reading, facts = read(name), OTHERS[name]
    assert reading.service.sub_code == facts["sub_code"]
    assert same(reading.availability.condition, facts["condition"])


@pytest.mark.parametrize("name", OTHERS)
def test_its_findings_speak_as_a_colleague_would(name: str) -> None:
    for finding in read(name).findings:
        assert finding.message.endswith(".")
        assert "لطفاً" not in finding.message
        assert "فرمایید" not in finding.message
        assert "می‌باشد" not in finding.message
