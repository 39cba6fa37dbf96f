"""Money: whole rials, never below zero, never a float (formats.md §11)."""

import re
from typing import NoReturn, Self, overload

from .identifiers.malformed import Malformed
from .text import persian_digits, search_key

THOUSANDS_MARK = "\u066c"
LARGEST_STORED = 2**63 - 1  # BIGINT

_LONGEST_TYPED = 80
_EXAMPLE = "نمونه: ۴۸۰٬۰۰۰٬۰۰۰"
_DIGITS = frozenset("0123456789")
_NEGATIVE = re.compile(r"[-−–] ?[0-9]|[0-9٬, ]+[-−–]$")
_DECIMAL = re.compile(r"[0-9][0-9٬,،]*[./٫][0-9][0-9.]*")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:[٬,،'’_] ?| )[0-9]{3})+|[0-9]+")

_TO_NINETEEN = (
    "", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده", "سیزده",
    "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده",
)  # fmt: skip
_TENS = ("", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
_HUNDREDS = ("", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد")
_SCALES = (
    "", "هزار", "میلیون", "میلیارد", "تریلیون", "کوادریلیون", "کوینتیلیون", "سکستیلیون", "سپتیلیون",
)  # fmt: skip


class Rials(int):
    """A whole amount of rials, never below zero.

    Adding, subtracting, multiplying by a number, `//` and `%` give Rials again; Rials // Rials is a plain int
    («how many times»). A result below zero is a ValueError; where a ledger needs a sign, `-amount` and
    `int(a) - int(b)` are plain ints. `/`, Rials * Rials and a float or Decimal on the right are a TypeError.

    It prints as the bare number: database drivers and JSON write an int by its text.
    """

    def __new__(cls, amount: int = 0) -> Self:
        if not isinstance(amount, int) or isinstance(amount, bool):
            raise TypeError(f"rials are whole numbers, not {type(amount).__name__}")
        if amount < 0:
            raise ValueError("rials are never below zero")
        return super().__new__(cls, amount)

    def __add__(self, other: int, /) -> "Rials":
        return Rials(int.__add__(self, _whole(other)))

    __radd__ = __add__

    def __sub__(self, other: int, /) -> "Rials":
        return Rials(int.__sub__(self, _whole(other)))

    def __rsub__(self, other: int, /) -> "Rials":
        return Rials(int.__rsub__(self, _whole(other)))

    def __mul__(self, times: int, /) -> "Rials":
        if isinstance(times, Rials):
            raise TypeError("rials times rials are not rials")
        return Rials(int.__mul__(self, _whole(times)))

    __rmul__ = __mul__

    @overload
    def __floordiv__(self, other: "Rials", /) -> int: ...  # type: ignore[overload-overlap]  # Rials is an int too
    @overload
    def __floordiv__(self, other: int, /) -> "Rials": ...
    def __floordiv__(self, other: int, /) -> int:
        quotient = int.__floordiv__(self, _whole(other))
        return quotient if isinstance(other, Rials) else Rials(quotient)

    def __mod__(self, other: int, /) -> "Rials":
        return Rials(int.__mod__(self, _whole(other)))

    def __truediv__(self, other: object, /) -> NoReturn:
        raise TypeError("rials are divided with //: a float is never money")

    __rtruediv__ = __truediv__


def parse(text: str) -> Rials:
    """Return the amount a person typed, with or without thousands marks and «ریال» (formats.md §11).

    Malformed for fractions, amounts below zero or beyond BIGINT, tomans, and what is no number.
    """
    typed = search_key(text[: _LONGEST_TYPED + 1]).removesuffix("ریال").rstrip()
    if len(text) > _LONGEST_TYPED:
        raise Malformed("too-large", f"این مبلغ بزرگ‌تر از آن است که ثبت شود؛ {_EXAMPLE}")
    if "تومان" in typed:
        raise Malformed("toman", f"مبلغ را به ریال بنویسید، نه تومان؛ {_EXAMPLE}")
    if _NEGATIVE.match(typed):
        raise Malformed("negative", f"مبلغ کمتر از صفر نمی‌شود؛ {_EXAMPLE}")
    if _DECIMAL.fullmatch(typed):
        raise Malformed("not-whole", f"مبلغ را به ریال، بدون ممیز و نقطه بنویسید؛ {_EXAMPLE}")
    if not _GROUPED.fullmatch(typed):
        raise Malformed("not-an-amount", f"مبلغ را با رقم و به ریال بنویسید؛ {_EXAMPLE}")
    amount = int("".join(mark for mark in typed if mark in _DIGITS))
    if amount > LARGEST_STORED:
        raise Malformed("too-large", f"این مبلغ بزرگ‌تر از آن است که ثبت شود؛ {_EXAMPLE}")
    return Rials(amount)


def grouped(n: int) -> str:
    """Return `n` as screens show it: «۴۸۰٬۰۰۰٬۰۰۰», Persian digits in groups of three."""
    return persian_digits(f"{n:,}".replace(",", THOUSANDS_MARK))


def in_words(n: int) -> str:
    """Return `n` in Persian words, without the unit: «چهارصد و هشتاد میلیون»; ValueError from 10^27 on."""
    if n == 0:
        return "صفر"
    if n < 0:
        return f"منفی {in_words(-n)}"
    if n >= 1000 ** len(_SCALES):
        raise ValueError("no Persian word for a number this large")
    parts = []
    for place, scale in reversed(list(enumerate(_SCALES))):
        if group := n // 1000**place % 1000:
            parts.append(_scaled(group, scale))
    return " و ".join(parts)


def instalments(total: int, count: int) -> list[Rials]:
    """Return `count` equal parts of `total`, the last of which takes the remainder (formats.md §11).

    ValueError for fewer than one part or a total below zero.
    """
    if count < 1:
        raise ValueError("instalments are one or more")
    each, rest = divmod(int(total), count)
    return [Rials(each)] * (count - 1) + [Rials(each + rest)]


def _whole(other: int) -> int:
    # Returning NotImplemented would let the float compute a float.
    if not isinstance(other, int):
        raise TypeError(f"rials go with whole numbers, not {type(other).__name__}")
    return other


def _scaled(group: int, scale: str) -> str:
    if not scale:
        return _below_thousand(group)
    # One thousand is «هزار», but one million «یک میلیون».
    return scale if scale == "هزار" and group == 1 else f"{_below_thousand(group)} {scale}"


def _below_thousand(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words = [_HUNDREDS[hundreds]]
    words += [_TO_NINETEEN[rest]] if rest < 20 else [_TENS[tens], _TO_NINETEEN[ones]]
    return " و ".join(word for word in words if word)
