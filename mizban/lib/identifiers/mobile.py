"""Mobile numbers, stored as E.164: +989141234567 (formats.md §4)."""

import re

from ..text import persian_digits
from .malformed import Malformed
from .rules import RULES, Rules
from .typed import bare

HIDDEN = "•••"
_ASKED = "شمارهٔ همراه را با ۱۱ رقم بنویسید؛ نمونه: ۰۹۱۴۱۲۳۴۵۶۷"
_NUMBER = re.compile(r"(?:(?:\+98|0098|98)0?|0)?(9[0-9]{9})")
_STORED = re.compile(r"\+98(9[0-9]{9})")


def parse(text: str, *, rules: Rules = RULES) -> str:
    """Return a typed mobile number as +98…; typed after 0, 98, 0098, +98 or nothing. Malformed otherwise."""
    found = _NUMBER.fullmatch(bare(text, asked=_ASKED))
    if not found:
        raise Malformed("not-a-mobile", f"این شمارهٔ همراه نیست یا رقمی کم و زیاد دارد. {_ASKED}")
    number = found[1]
    if number[1] not in rules.mobile_second_digits:
        raise Malformed("unknown-operator", f"شمارهٔ همراهی با این پیش‌شماره نیست. {_ASKED}")
    return f"+98{number}"


def show(value: str) -> str:
    """Return a stored number as people say it: «۰۹۱۴۱۲۳۴۵۶۷»."""
    return persian_digits(value.replace("+98", "0", 1) if value.startswith("+98") else value)


def mask(value: str) -> str:
    """Return it for lists, with its middle hidden: «۰۹۱۴•••۴۵۶۷» (service_desk_rules.md §9)."""
    stored = _STORED.fullmatch(value)
    return persian_digits(f"0{stored[1][:3]}{HIDDEN}{stored[1][-4:]}") if stored else HIDDEN
