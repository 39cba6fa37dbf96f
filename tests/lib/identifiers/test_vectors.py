"""Every vector of formats.md §1-11, one by one."""

from typing import Any

import pytest

from mizban.lib.identifiers import (
    bill,
    economic_code,
    foreign_id,
    iban,
    landline,
    legal_id,
    mobile,
    national_id,
    plate,
    plot,
    postal_code,
    vin,
)
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.identifiers.plate import Plate
from mizban.lib.identifiers.plot import Plot

from ..vectors import VECTORS, answered, is_taken

JUDGES: dict[str, Any] = {
    "nid": national_id,
    "lid": legal_id,
    "foreign": foreign_id,
    "iban": iban,
    "vin": vin,
    "bill": bill,
}
YES_OR_NO = [(name, typed, taken) for name in JUDGES for typed, taken in VECTORS[name].items()]


@pytest.mark.parametrize(("name", "typed", "taken"), YES_OR_NO)
def test_an_identifier_is_taken_or_refused_as_computed(name: str, typed: str, taken: bool) -> None:  # noqa: FBT001  # a vector
    assert is_taken(JUDGES[name].parse, typed) is taken


@pytest.mark.parametrize(("typed", "stored"), VECTORS["mobile"].items())
def test_a_mobile_number_is_stored_as_computed(typed: str, stored: str | None) -> None:
    answer = answered(mobile.parse, typed)
    assert (None if isinstance(answer, Malformed) else answer) == stored


@pytest.mark.parametrize(("typed", "stored"), VECTORS["landline"].items())
def test_a_landline_is_stored_as_computed(typed: str, stored: str | None) -> None:
    answer = answered(landline.parse, typed)
    assert (None if isinstance(answer, Malformed) else answer) == stored


@pytest.mark.parametrize(("typed", "hard_and_soft"), VECTORS["postal"].items())
def test_a_postal_code_passes_the_hard_and_the_soft_rule_as_computed(
    typed: str, hard_and_soft: tuple[bool, bool]
) -> None:
    hard, soft = hard_and_soft
    assert is_taken(postal_code.parse, typed) is hard
    if hard:
        assert postal_code.looks_unusual(postal_code.parse(typed)) is not soft


@pytest.mark.parametrize(("typed", "parts"), VECTORS["plate"].items())
def test_a_plate_has_the_parts_computed(typed: str, parts: list[str] | None) -> None:
    answer = answered(plate.parse, typed)
    found = (
        [answer.two, answer.letter, answer.three, answer.region, answer.kind]
        if isinstance(answer, Plate)
        else None
    )
    assert found == parts


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("۱۶۱۷ فرعی از ۷۲ اصلی", Plot(72, 1617)),
        ("5 فرعی از 12", Plot(12, 5)),
        ("0 فرعی از 88 اصلی", Plot(88, 0)),
        ("72/1617", "which-is-main"),
        ("فرعی از ۷۲", "not-a-plot"),
        ("۳ فرعی از ۰", "no-main"),
    ],
)
def test_a_plot_is_read_as_computed(typed: str, expected: Plot | str) -> None:
    answer = answered(plot.parse, typed)
    assert (answer.code if isinstance(answer, Malformed) else answer) == expected


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("10380284790", True),
        ("13674582180001", True),
        ("411111111111", True),
        ("۱۰۳۸۰۲۸۴۷۹۰", True),
        ("10380284792", False),
        ("13674582190001", False),
        ("12345", False),
    ],
)
def test_an_economic_code_is_taken_or_refused_as_computed(typed: str, taken: bool) -> None:  # noqa: FBT001  # a vector
    assert is_taken(economic_code.parse, typed) is taken
