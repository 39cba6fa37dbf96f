"""پلاک ثبتی: a main number and a sub number of a plot of land (formats.md §10)."""

import re
from dataclasses import dataclass

from ..text import ZWNJ, persian_digits, tidy
from .malformed import Malformed

_ASKED = "پلاک را این‌گونه بنویسید: ۱۶۱۷ فرعی از ۷۲ اصلی"
_LONGEST_TYPED = 200
# Nine digits fit an integer column.
_SPOKEN = re.compile(r"([0-9]{1,9})\s*فرعی\s*از\s*([0-9]{1,9})(?:\s*اصلی)?")
_MAIN_ONLY = re.compile(r"([0-9]{1,9})\s*اصلی")
_SLASHED = re.compile(r"[0-9]+\s*[/\\⁄∕\-–.٫]\s*[0-9]+")


@dataclass(frozen=True, order=True)
class Plot:
    """A plot: `main` from one, `sub` from zero, where zero says that it has none."""

    main: int
    sub: int = 0

    @property
    def text(self) -> str:
        """The stored form, which `parse` reads back: «1617 فرعی از 72 اصلی»."""
        return f"{self.sub} فرعی از {self.main} اصلی"

    def __str__(self) -> str:
        return self.text


def parse(text: str) -> Plot:
    """Return the plot a person wrote as «… فرعی از … اصلی»; Malformed otherwise.

    «72/1617» is refused with a question: offices disagree on which side the main number stands, and the
    direction of the text swaps it on screens.
    """
    if len(text) > _LONGEST_TYPED:
        raise Malformed("too-long", f"آنچه نوشته‌اید بسیار بلند است. {_ASKED}")
    typed = tidy(text).replace(ZWNJ, " ")
    main, sub = _numbers(typed)
    if main < 1:
        raise Malformed("no-main", f"شمارهٔ اصلی از ۱ آغاز می‌شود. {_ASKED}")
    return Plot(main, sub)


def show(value: Plot) -> str:
    """Return a plot as deeds say it: «۱۶۱۷ فرعی از ۷۲ اصلی», or «۸۸ اصلی» where there is no sub number."""
    return persian_digits(value.text if value.sub else f"{value.main} اصلی")


def _numbers(typed: str) -> tuple[int, int]:
    if found := _SPOKEN.fullmatch(typed):
        return int(found[2]), int(found[1])
    if found := _MAIN_ONLY.fullmatch(typed):
        return int(found[1]), 0
    if _SLASHED.fullmatch(typed):
        raise Malformed("which-is-main", f"از این نوشته روشن نیست کدام شماره اصلی است. {_ASKED}")
    raise Malformed("not-a-plot", f"شمارهٔ فرعی و اصلی هر دو لازم است. {_ASKED}")
