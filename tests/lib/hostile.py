"""What nobody should type, and somebody will."""

from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import strategies as st

from tests.chance import examples

QUICK = examples(60)

_ODD_ALPHABET = (
    "0123456789۰۱۹٠٩²³①½٫٬/-–. \t\n\r\x00\x0b\x85\u200b\u200c\u200d\u200f\u202e\ufeff\u0640\u064e\u0654"
)
ODD_ALPHABET = _ODD_ALPHABET + "یيىكکهۀةﻻﷺ﷼الفبژفرعی از اصلیIRDOQirdıſ+()٪♿\ufe0f\ud800\udfff𝟘👍"

anything = st.one_of(
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet=st.sampled_from(ODD_ALPHABET), max_size=40),
    st.text(alphabet="0123456789۰۱۲۳۴۵۶۷۸۹ /-", max_size=28),
)

LONG = 10_000_000
HUGE = {
    "ten million digits": "1" * LONG,
    "ten million Persian digits": "۱" * LONG,
    "five million blanks and joiners": " \u200c" * (LONG // 2),
    "ten million slashes": "/" * LONG,
}
ODD = {
    "nothing": "",
    "a blank": " ",
    "a NUL": "\x00",
    "half a surrogate pair": "\ud800",
    "a superscript": "²²²²²²²²²²",
    "digits of Devanagari": "१२३४५६७८९०",
    "mathematical digits": "𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡𝟘",
    "marks of direction only": "\u200f\u202e\u2066\u200e",
    "a decimal mark": "٫",
    "a lone sign": "+",
    "a script": "<script>alert(1)</script>",
}
NONSENSE = ODD | HUGE
# By name, so that a failure does not print ten million characters as its parameter.
every_nonsense = pytest.mark.parametrize("name", NONSENSE)


def seconds(work: Callable[[], object]) -> float:
    """How much processor time `work` takes."""
    begun = process_time()
    work()
    return process_time() - begun
