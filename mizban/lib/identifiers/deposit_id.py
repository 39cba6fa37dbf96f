"""شناسه واریز: the treasury's deposit id (formats.md §11).

Its structure is not published; only the bank statement confirms one.
"""

from ..text import persian_digits
from .malformed import Malformed
from .rules import RULES, Rules
from .typed import bare_digits

_ASKED = "شناسهٔ واریز را با رقم و بدون فاصله بنویسید؛ نمونه: ۳۸۴۰۱۲۷۴۰۰۰۱۲۳۴۵۶"


def parse(text: str, *, rules: Rules = RULES) -> str:
    """Return the ASCII digits of a typed deposit id, zeros kept; Malformed when it is none or too long."""
    digits = bare_digits(text, asked=_ASKED)
    if len(digits) > rules.deposit_id_longest:
        most = persian_digits(rules.deposit_id_longest)
        raise Malformed("wrong-length", f"شناسهٔ واریز بیش از {most} رقم ندارد. {_ASKED}")
    return digits


def show(value: str) -> str:
    """Return a stored deposit id in Persian digits."""
    return persian_digits(value)
