"""Whatever is typed, an identifier answers with a clean value or a polite refusal, and soon."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from mizban.lib.identifiers import (
    bill,
    deposit_id,
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

from ..hostile import NONSENSE, QUICK, anything, every_nonsense, seconds
from ..vectors import VECTORS, answered, assert_polite

MODULES: dict[str, Any] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        bill,
        deposit_id,
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
}
every_identifier = pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)
EVERY_VECTOR = [typed for vectors in VECTORS.values() for typed in vectors]


def assert_clean_or_polite(parse: Callable[[str], Any], text: str) -> None:
    answer = answered(parse, text)
    if isinstance(answer, Malformed):
        assert_polite(answer)
    else:
        stored = str(answer)
        assert stored == stored.strip()
        assert stored.encode("utf-8")
        assert not set(stored) & set("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩²\x00\u200f")
        assert parse(stored) == answer


@every_identifier
@given(text=anything)
@QUICK
def test_whatever_is_typed_is_clean_or_malformed(module: Any, text: str) -> None:
    assert_clean_or_polite(module.parse, text)


@every_identifier
def test_the_identifiers_of_others_are_clean_or_malformed(module: Any) -> None:
    for typed in EVERY_VECTOR:
        assert_clean_or_polite(module.parse, typed)


@every_identifier
@every_nonsense
def test_nonsense_is_refused_at_once(module: Any, name: str) -> None:
    text = NONSENSE[name]
    spent = seconds(lambda: answered(module.parse, text))
    answer = answered(module.parse, text)
    assert isinstance(answer, Malformed)
    assert_polite(answer)
    assert spent < 0.1


@every_identifier
@given(text=anything)
@QUICK
def test_showing_what_was_parsed_gives_back_what_was_parsed(module: Any, text: str) -> None:
    answer = answered(module.parse, text)
    if not isinstance(answer, Malformed) and hasattr(module, "show"):
        assert module.parse(module.show(answer)) == answer


@pytest.mark.parametrize("module", [national_id, mobile, iban], ids=lambda module: module.__name__)
@given(text=anything)
@QUICK
def test_a_mask_always_hides_something(module: Any, text: str) -> None:
    masked = module.mask(text)
    assert "•••" in masked
    assert len(masked) <= 11
