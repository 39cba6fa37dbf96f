"""Number plates of cars: NN letter NNN and a region (formats.md §8)."""

import re
from dataclasses import dataclass

from ..text import ZWNJ, persian_digits, tidy
from .malformed import Malformed
from .rules import RULES, Rules

_ASKED = "دو رقم، حرف، سه رقم و شمارهٔ ایران را بنویسید؛ نمونه: ۱۲ ب ۳۴۵ ایران ۱۵"
_LONGEST_TYPED = 200

KINDS: dict[str, str] = dict.fromkeys("بجدسصطقلمنوهی", "شخصی") | {
    "الف": "دولتی",
    "تشریفات": "تشریفات",
    "پ": "پلیس",
    "ث": "سپاه",
    "ش": "ارتش",
    "ز": "وزارت دفاع",
    "ف": "ستاد کل نیروهای مسلح",
    "ت": "تاکسی",
    "ع": "عمومی",
    "ک": "کشاورزی",
    "گ": "گذر موقت",
    "ژ": "معلولان",
    "D": "دیپلمات",
    "S": "سرویس",
}
_SPELLINGS = {"ا": "الف", "آ": "الف", "أ": "الف", "♿": "ژ"}
_EMOJI_STYLE = "\ufe0f"
_SHAPE = re.compile(
    r"([0-9]{2}) ?([^\W\d_]{1,8}|♿) ?([0-9]{3}) ?(?:[-–—−/] ?)?(?:ایران ?)?(?:[-–—−/] ?)?([0-9]{2})"
)
_MOTORCYCLE = re.compile(r"[0-9]{3} ?[-–/]? ?[0-9]{5}")


@dataclass(frozen=True)
class Plate:
    """A car's plate in its four parts; `kind` says in Persian whose it is."""

    two: str
    letter: str
    three: str
    region: str

    @property
    def kind(self) -> str:
        return KINDS[self.letter]

    @property
    def text(self) -> str:
        """The stored form, which `parse` reads back: «12الف345-15»."""
        return f"{self.two}{self.letter}{self.three}-{self.region}"

    def __str__(self) -> str:
        return self.text


def parse(text: str, *, rules: Rules = RULES) -> Plate:
    """Return the plate a person typed, in any digits and with or without «ایران»; Malformed otherwise."""
    if len(text) > _LONGEST_TYPED:
        raise _too_long()
    typed = " ".join(tidy(text).replace(ZWNJ, " ").replace(_EMOJI_STYLE, "").split())
    found = _SHAPE.fullmatch(typed)
    if not found:
        raise _not_a_plate(typed)
    return of_parts(found[1], found[2], found[3], found[4], rules=rules)


def of_parts(two: str, letter: str, three: str, region: str, *, rules: Rules = RULES) -> Plate:
    """Return the plate whose four parts were typed apart; Malformed when one of them cannot be."""
    two, letter, three, region = (_part(part) for part in (two, letter, three, region))
    letter = _SPELLINGS.get(letter, letter.upper() if letter.isascii() else letter)
    if letter not in KINDS:
        raise Malformed("unknown-letter", f"حرف پلاک شناخته نیست. {_ASKED}")
    digit = "[0-9]" if rules.plate_zero_allowed else "[1-9]"
    if not re.fullmatch(digit + "{2}", two) or not re.fullmatch(digit + "{3}", three):
        raise Malformed("wrong-digits", f"دو رقم اول و سه رقم میانی صفر ندارد. {_ASKED}")
    if not re.fullmatch("[1-9][0-9]", region):
        raise Malformed("wrong-region", f"شمارهٔ ایران از ۱۰ تا ۹۹ است. {_ASKED}")
    return Plate(two, letter, three, region)


def show(value: Plate) -> str:
    """Return a plate in Persian digits, for plain text; pages set its parts apart, bidi swaps them."""
    return persian_digits(f"{value.two} {value.letter} {value.three} ایران {value.region}")


def _part(text: str) -> str:
    if len(text) > _LONGEST_TYPED:
        raise _too_long()
    return tidy(text).replace(ZWNJ, "").replace(_EMOJI_STYLE, "").strip()


def _too_long() -> Malformed:
    return Malformed("too-long", f"آنچه نوشته‌اید بسیار بلند است. {_ASKED}")


def _not_a_plate(typed: str) -> Malformed:
    if _MOTORCYCLE.fullmatch(typed):
        return Malformed("motorcycle", f"این پلاک موتورسیکلت است؛ اینجا پلاک خودرو بنویسید. {_ASKED}")
    return Malformed("not-a-plate", f"پلاک کامل نیست یا بخشی جابه‌جاست. {_ASKED}")
