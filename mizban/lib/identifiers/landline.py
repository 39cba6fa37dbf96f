"""Landlines, stored as area and number: 041-33334444 (formats.md §5)."""

import re

from ..text import persian_digits
from .malformed import Malformed
from .rules import RULES, Rules
from .typed import bare

_ASKED = "تلفن ثابت را با کد استان بنویسید؛ نمونه: ۰۴۱۳۳۳۳۴۴۴۴"
_NUMBER = re.compile(r"(?:(?:\+98|0098|98)0?|0)?([1-8][0-9])([2-9][0-9]{7})")
_WITHOUT_AREA = re.compile(r"[2-9][0-9]{7}")


def parse(text: str, *, rules: Rules = RULES) -> str:
    """Return a typed landline as 0AA-NNNNNNNN; Malformed when the area is missing, unknown or digits are."""
    typed = bare(text, asked=_ASKED)
    if _WITHOUT_AREA.fullmatch(typed):
        raise Malformed("no-area", f"کد استان را هم پیش از شماره بنویسید؛ نمونه: ۰۴۱{persian_digits(typed)}")
    found = _NUMBER.fullmatch(typed)
    if not found:
        raise Malformed("not-a-landline", f"این شمارهٔ تلفن ثابت نیست یا رقمی کم و زیاد دارد. {_ASKED}")
    area = f"0{found[1]}"
    if area not in rules.landline_areas:
        raise Malformed("unknown-area", f"کد استان {persian_digits(area)} را نمی‌شناسیم. {_ASKED}")
    return f"{area}-{found[2]}"


def show(value: str) -> str:
    """Return a stored landline in Persian digits: «۰۴۱-۳۳۳۳۴۴۴۴»."""
    return persian_digits(value)
