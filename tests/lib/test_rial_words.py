"""Amounts said in Persian: what is heard is what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizban.lib.rials import LARGEST_STORED, in_words

from .hostile import QUICK

THE_LARGEST = (
    "نه کوینتیلیون و دویست و بیست و سه کوادریلیون و سیصد و هفتاد و دو تریلیون و سی و شش میلیارد و "
    "هشتصد و پنجاه و چهار میلیون و هفتصد و هفتاد و پنج هزار و هشتصد و هفت"
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "صفر"),
        (1, "یک"),
        (10, "ده"),
        (15, "پانزده"),
        (18, "هجده"),
        (20, "بیست"),
        (21, "بیست و یک"),
        (100, "صد"),
        (101, "صد و یک"),
        (110, "صد و ده"),
        (256, "دویست و پنجاه و شش"),
        (999, "نهصد و نود و نه"),
        (1_000, "هزار"),
        (1_001, "هزار و یک"),
        (2_000, "دو هزار"),
        (1_405, "هزار و چهارصد و پنج"),
        (100_000, "صد هزار"),
        (1_000_000, "یک میلیون"),
        (1_001_000, "یک میلیون و هزار"),
        (480_000_000, "چهارصد و هشتاد میلیون"),
        (1_000_000_000, "یک میلیارد"),
        (36_500_000_001, "سی و شش میلیارد و پانصد میلیون و یک"),
        (10**12, "یک تریلیون"),
        (10**15, "یک کوادریلیون"),
        (10**18, "یک کوینتیلیون"),
        (-21, "منفی بیست و یک"),
        (LARGEST_STORED, THE_LARGEST),
    ],
)
def test_numbers_are_said_in_persian(number: int, words: str) -> None:
    assert in_words(number) == words


VALUES = {in_words(n): n for n in [*range(20), *range(20, 100, 10), *range(100, 1000, 100)]}
SCALES = {
    "هزار": 10**3,
    "میلیون": 10**6,
    "میلیارد": 10**9,
    "تریلیون": 10**12,
    "کوادریلیون": 10**15,
    "کوینتیلیون": 10**18,
}


def heard(words: str) -> int:
    """The number a listener writes down."""
    total = group = 0
    for word in words.replace(" و ", " ").split():
        if word in SCALES:
            total, group = total + (group or 1) * SCALES[word], 0
        else:
            group += VALUES[word]
    return total + group


@given(st.integers(min_value=0, max_value=LARGEST_STORED))
@QUICK
def test_a_listener_writes_down_the_number_that_was_said(amount: int) -> None:
    assert heard(in_words(amount)) == amount


def test_a_number_without_a_persian_name_is_not_said() -> None:
    with pytest.raises(ValueError, match="no Persian word"):
        in_words(10**27)
