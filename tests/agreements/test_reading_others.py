"""Agreements in other offices' words, each expectation written down from reading the text."""

import json
from typing import Any

import pytest

from .reading_cast import TEXTS, read, same

EXPECTED: dict[str, dict[str, Any]] = json.loads((TEXTS / "own_expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_its_clauses_and_nothing_more(name: str) -> None:
    said = [
        f"{clause.lines[0]} {clause.kind} {clause.obligor}"
        + (f" {clause.target.value} {clause.target.unit}" if clause.target else "")
        for clause in read(name).clauses
        if clause.kind != "other"
    ]
    assert said == EXPECTED[name]["clauses"]


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
