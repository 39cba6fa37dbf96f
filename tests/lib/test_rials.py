"""Money is whole rials, said and split without losing one."""

import copy
import json
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.rials import LARGEST_STORED, Rials, grouped, instalments, parse

from .hostile import NONSENSE, QUICK, anything, every_nonsense
from .vectors import answered, assert_polite, refusal

amounts = st.integers(min_value=0, max_value=LARGEST_STORED)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("480000000", 480_000_000),
        ("۴۸۰٬۰۰۰٬۰۰۰", 480_000_000),
        ("٤٨٠،٠٠٠،٠٠٠", 480_000_000),
        ("480,000,000 ریال", 480_000_000),
        ("۴۸۰ ۰۰۰ ۰۰۰ريال", 480_000_000),
        ("1 000﷼", 1000),
        ("0", 0),
        ("007", 7),
        ("9223372036854775807", LARGEST_STORED),
    ],
)
def test_a_typed_amount_is_read(typed: str, amount: int) -> None:
    assert parse(typed) == amount
    assert isinstance(parse(typed), Rials)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "not-an-amount"),
        ("سه میلیون", "not-an-amount"),
        ("۴۸٬۰۰", "not-an-amount"),
        ("1e9", "not-an-amount"),
        ("²", "not-an-amount"),
        ("-5", "negative"),
        ("−۵۰۰٬۰۰۰", "negative"),
        ("1.5", "not-whole"),
        ("۱٫۵", "not-whole"),
        ("480.000.000", "not-whole"),
        ("۵۰ هزار تومان", "toman"),
        ("9223372036854775808", "too-large"),
        ("9" * 79, "too-large"),
    ],
)
def test_what_is_no_amount_is_refused_by_name(typed: str, code: str) -> None:
    assert refusal(parse, typed) == code


@given(amounts)
@QUICK
def test_an_amount_on_the_screen_reads_back(amount: int) -> None:
    assert parse(grouped(amount)) == amount


@given(anything)
@QUICK
def test_whatever_is_typed_is_an_amount_or_malformed(text: str) -> None:
    answer = answered(parse, text)
    if isinstance(answer, Malformed):
        assert_polite(answer)
    else:
        assert 0 <= answer <= LARGEST_STORED


@every_nonsense
def test_nonsense_is_no_amount(name: str) -> None:
    with pytest.raises(Malformed):
        parse(NONSENSE[name])


def test_arithmetic_with_rials_gives_rials() -> None:
    price = Rials(1_000)
    for result in (
        price + 5,
        5 + price,
        price - 5,
        5_000 - price,
        price * 3,
        3 * price,
        price // 3,
        price % 3,
    ):
        assert type(result) is Rials
    assert sum([price, price]) == 2_000
    assert price // 3 == 333
    assert price % 3 == 1


def test_how_many_times_one_amount_goes_into_another_is_a_plain_number() -> None:
    assert type(Rials(1_000) // Rials(300)) is int
    assert Rials(1_000) // Rials(300) == 3


def test_the_other_side_of_a_posting_is_a_plain_negative_number() -> None:
    assert -Rials(5) == -5
    assert type(-Rials(5)) is int


@pytest.mark.parametrize("odd", [1.0, "5", None, True, Decimal(5)])
def test_rials_are_made_of_whole_numbers_only(odd: object) -> None:
    with pytest.raises(TypeError):
        Rials(odd)  # type: ignore[arg-type]  # that is the point


def test_rials_never_meet_a_float() -> None:
    price = Rials(1_000)
    with pytest.raises(TypeError):
        price * 1.5
    with pytest.raises(TypeError):
        price + 0.5
    with pytest.raises(TypeError):
        price / 2
    with pytest.raises(TypeError):
        2 / price
    with pytest.raises(TypeError):
        price * Decimal("0.09")
    with pytest.raises(TypeError):
        price * price


def test_rials_never_fall_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Rials(-1)
    with pytest.raises(ValueError, match="below zero"):
        Rials(5) - 6


def test_rials_travel_as_the_number_they_are() -> None:
    price = Rials(480)
    assert str(price) == repr(price) == json.dumps(price) == f"{price}" == "480"
    assert type(pickle.loads(pickle.dumps(price))) is Rials  # noqa: S301  # our own bytes
    assert copy.deepcopy(price) == price


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "۰"), (999, "۹۹۹"), (1_000, "۱٬۰۰۰"), (480_000_000, "۴۸۰٬۰۰۰٬۰۰۰"), (-1_500, "-۱٬۵۰۰")],
)
def test_amounts_are_shown_in_groups_of_three(amount: int, shown: str) -> None:
    assert grouped(amount) == shown


@pytest.mark.parametrize(
    ("total", "count", "each", "last"),
    [
        (1_000_000_000, 12, 83_333_333, 83_333_337),
        (1_000_000_000, 7, 142_857_142, 142_857_148),
        (999_999_999, 36, 27_777_777, 27_777_804),
        (100, 3, 33, 34),
        (36_500_000_001, 24, 1_520_833_333, 1_520_833_342),
    ],
)
def test_the_last_instalment_takes_the_remainder(total: int, count: int, each: int, last: int) -> None:
    parts = instalments(total, count)
    assert parts == [each] * (count - 1) + [last]
    assert sum(parts) == total


@given(amounts, st.integers(min_value=1, max_value=400))
@QUICK
def test_instalments_lose_no_rial(total: int, count: int) -> None:
    parts = instalments(total, count)
    assert len(parts) == count
    assert sum(parts) == total
    assert len(set(parts[:-1])) <= 1


def test_instalments_are_at_least_one_of_a_real_amount() -> None:
    with pytest.raises(ValueError, match="one or more"):
        instalments(100, 0)
    with pytest.raises(ValueError, match="below zero"):
        instalments(-100, 3)
