"""Tracking codes and passwords: slips of the finger are caught, pasted ones are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizban.lib.codes import (
    damm_digit,
    in_groups,
    is_tracking_code,
    new_password,
    new_tracking_code,
    tidy_code,
)

from .hostile import NONSENSE, QUICK, anything, every_nonsense

digits = st.text(alphabet="0123456789", min_size=1, max_size=20)
codes = st.builds(new_tracking_code)


def test_the_check_digit_is_the_published_one() -> None:
    assert damm_digit("572") == "4"
    assert damm_digit("") == "0"


@given(digits)
@QUICK
def test_digits_with_their_check_digit_have_the_check_digit_zero(number: str) -> None:
    assert damm_digit(number + damm_digit(number)) == "0"


@pytest.mark.parametrize("odd", ["12a", "۱۲", "²", "1 2", "\x00"])
def test_a_check_digit_is_asked_of_ascii_digits_only(odd: str) -> None:
    with pytest.raises(ValueError, match="ASCII digits"):
        damm_digit(odd)


@given(codes)
@QUICK
def test_every_wrong_digit_is_caught(code: str) -> None:
    for place, right in enumerate(code):
        for wrong in set("0123456789") - {right}:
            assert not is_tracking_code(code[:place] + wrong + code[place + 1 :])


@given(codes)
@QUICK
def test_every_swap_of_neighbours_is_caught(code: str) -> None:
    for place in range(len(code) - 1):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert swapped == code or not is_tracking_code(swapped)


def test_fresh_codes_are_twelve_digits_and_differ() -> None:
    fresh = [new_tracking_code() for _ in range(500)]
    assert all(is_tracking_code(code) and len(code) == 12 and code[0] != "0" for code in fresh)
    assert len(set(fresh)) == 500


def test_fresh_passwords_are_twelve_digits_and_differ() -> None:
    fresh = [new_password() for _ in range(500)]
    assert all(len(each) == 12 and set(each) <= set("0123456789") for each in fresh)
    assert len(set(fresh)) == 500


@pytest.mark.parametrize(
    "typed",
    [
        "544027058758",
        "۵۴۴۰ ۲۷۰۵ ۸۷۵۸",
        "٥٤٤٠-٢٧٠٥-٨٧٥٨",
        "\u202a5440 2705 8758\u202c",
        " 5440\u200c2705–8758\n",
        "کد رهگیری: ۵۴۴۰۲۷۰۵۸۷۵۸",
    ],
)
def test_a_typed_or_pasted_code_is_read(typed: str) -> None:
    assert tidy_code(typed) == "544027058758"


def test_what_is_no_digit_never_becomes_one() -> None:
    assert tidy_code("²①१𝟙ab\x00\ud800") == ""


@given(anything)
@QUICK
def test_whatever_is_typed_leaves_ascii_digits(text: str) -> None:
    assert set(tidy_code(text)) <= set("0123456789")


@every_nonsense
def test_nonsense_is_no_code(name: str) -> None:
    assert not is_tracking_code(NONSENSE[name])
    assert len(tidy_code(NONSENSE[name])) < 300


@pytest.mark.parametrize(
    "text", ["۵۴۴۰۲۷۰۵۸۷۵۸", "5440 2705 8758", "544027058759", "54402705875", "000000000000"]
)
def test_only_the_stored_form_is_a_code(text: str) -> None:
    assert not is_tracking_code(text)


def test_codes_are_shown_in_groups() -> None:
    assert in_groups("544027058758") == ["5440", "2705", "8758"]
    assert in_groups("54402", size=3) == ["544", "02"]
    assert in_groups("") == []
