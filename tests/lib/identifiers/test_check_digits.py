"""Check digits: every slip they promise to catch is caught."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mizban.lib.identifiers import bill, iban, legal_id, national_id

from ..hostile import QUICK
from ..vectors import is_taken, refusal

national_ids = st.from_regex("[1-9][0-9]{8}", fullmatch=True).map(
    lambda nine: nine + national_id.check_digit(nine)
)
legal_ids = st.from_regex("1[0-9]{3}[1-9][0-9]{5}", fullmatch=True).map(
    lambda ten: ten + legal_id.check_digit(ten)
)
ibans = st.from_regex("0[1-9][0-9]{20}", fullmatch=True).map(
    lambda bban: f"IR{iban.check_digits(bban)}{bban}"
)


def with_one_wrong_digit(number: str, start: int = 0) -> list[str]:
    return [
        number[:place] + wrong + number[place + 1 :]
        for place in range(start, len(number))
        for wrong in "0123456789"
        if wrong != number[place]
    ]


def with_neighbours_swapped(number: str, start: int = 0) -> list[str]:
    swaps = [
        number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        for place in range(start, len(number) - 1)
    ]
    return [swapped for swapped in swaps if swapped != number]


@given(national_ids)
@QUICK
def test_a_national_id_with_one_wrong_digit_is_refused(number: str) -> None:
    # Of the eleven remainders 1 and 10 share the last digit 1, so no one catches a slip between these two.
    assume(is_taken(national_id.parse, number) and number[-1] != "1")
    assert not any(is_taken(national_id.parse, wrong) for wrong in with_one_wrong_digit(number))


@given(legal_ids)
@QUICK
def test_the_last_digit_of_a_legal_id_has_one_right_value(number: str) -> None:
    assert is_taken(legal_id.parse, number)
    assert not any(
        is_taken(legal_id.parse, number[:-1] + wrong) for wrong in set("0123456789") - {number[-1]}
    )


@given(ibans)
@QUICK
def test_an_iban_with_one_wrong_digit_or_swapped_neighbours_is_refused(value: str) -> None:
    assert iban.parse(value) == value
    assert not any(is_taken(iban.parse, wrong) for wrong in with_one_wrong_digit(value, start=2))
    assert not any(is_taken(iban.parse, wrong) for wrong in with_neighbours_swapped(value, start=2))


@given(
    st.integers(min_value=10**6, max_value=10**11).map(str),
    st.integers(min_value=10**5, max_value=10**10).map(str),
)
@QUICK
def test_a_payment_id_belongs_to_one_bill(bill_stem: str, payment_stem: str) -> None:
    bill_id = bill_stem + bill.control_digit(bill_stem)
    payment = payment_stem + bill.control_digit(payment_stem)
    payment += bill.control_digit(bill_id + payment)
    assert bill.pair(bill_id, payment) == bill.Bill(bill_id, payment)
    wrong = str((int(payment[-1]) + 1) % 10)
    assert refusal(lambda typed: bill.pair(bill_id, typed), payment[:-1] + wrong) == "payment-check-digit"


@pytest.mark.parametrize("digits", ["00", "01", "99"])
def test_check_digits_no_bank_computes_are_refused(digits: str) -> None:
    bban = next(
        each
        for each in (f"{n:022}" for n in range(10**18, 10**18 + 97))
        if int(each + "1827" + digits) % 97 == 1
    )
    assert refusal(iban.parse, f"IR{digits}{bban}") == "check-digit"
