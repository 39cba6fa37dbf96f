"""What the clauses say together about cost and hours."""

import re

from mizban.lib.text import ZWNJ

from .model import Availability, Clause, Cost
from .quantities import clock_hours
from .rules import Sentence, concept, group

_CONDITION = re.compile(
    r"(?:(?:در\s+صورت(?:ی\s+که|یکه)?|به\s+شرط(?:\s+آن\s*که|\s+آنکه)?|بشرط|مشروط\s+(?:به|بر)|منوط\s+به|بر\s+مبنای(?=\s+(?:پایداری|برقراری))|با\s+فرض|مگر|به\s+جز|بجز|به\s+استثنای|به\s+غیر\s+از)"
    r"|(?<!\w)(?:if|provided that|subject to|except|unless|as long as))\s+[^،.؛,;]{4,140}",
    re.IGNORECASE,
)
_NOT_A_CONDITION = re.compile(
    r"^در\s+صورت\s+(?:بروز|وجود|وقوع|لزوم|نیاز|هر|مشاهده|ایجاد|قطع|خراب|اختلال|فراموش|عدم)|^if (?:a|any|there|needed)"
)
_ENDS = re.compile(
    r"\s+(?:بصورت|به\s+صورت|همواره|همیشه|تمام|در\s+دسترس|قابل\s+دسترس|فعال|شبانه|24|7|هفت|بیست)(?:\s|$)"
)
_EVERY_DAY, _NOT_ROUND_CLOCK = group("@every_day"), group("@not_round_clock")


def cost(clauses: list[Clause]) -> Cost:
    """Free, not free, or null where no clause says."""
    kinds = {clause.kind for clause in clauses}
    free, fee = "free-of-charge" in kinds, "fee" in kinds
    # One thing may be free and another not; then the text gives no one answer.
    return Cost() if free == fee else Cost(free=free)


def availability(clauses: list[Clause]) -> Availability:
    """The hours and the condition of the availability clauses; «24h» where no days are said."""
    hours: str | None = None
    condition: str | None = None
    for clause in clauses:
        if clause.kind == "availability":
            hours = _wider(hours, _hours(clause.text))
            condition = condition or _condition(clause.text)
    return Availability(hours, condition)


def _hours(text: str) -> str | None:
    sentence = Sentence(text)
    if sentence.places(_NOT_ROUND_CLOCK):
        return clock_hours(text)
    if sentence.places(_EVERY_DAY):
        return "24x7"
    return "24h" if sentence.places(concept("round_clock")) else clock_hours(text)


def _wider(one: str | None, other: str | None) -> str | None:
    order = ["24x7", "24h"]
    known = [hours for hours in (one, other) if hours]
    return min(known, key=lambda hours: order.index(hours) if hours in order else len(order), default=None)


def _condition(text: str) -> str | None:
    for found in _CONDITION.finditer(text.replace(ZWNJ, " ")):
        if _NOT_A_CONDITION.match(found.group()):
            continue
        whole = text[found.start() : found.end()]
        end = _ENDS.search(found.group(), 12)
        return (whole[: end.start()] if end else whole).strip()
    return None
