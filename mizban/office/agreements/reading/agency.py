"""The office that promises."""

import re

from mizban.lib.text import search_key

from .keys import compact
from .lines import Line
from .model import Agency
from .offices import names, province_of
from .sentences import Statement

_FIRST_STATEMENTS = 120
_CITED = re.compile(r"(?:بخشنامه|تصویب ?نامه|مصوبه|دستورالعمل|ابلاغیه|نامه)\s+(?:شماره|مورخ|های)[^.؛]{0,60}$")


def agency(preamble: list[Line], statements: list[Statement], *, english: bool) -> Agency:
    """The office that promises: named in the title, «ارائه شده توسط», «خدمت‌دهنده:», or named most."""
    heads = [line.text for line in preamble]
    if english and len(heads) > 1:
        heads = [" ".join(heads[:2]), *heads[2:]]
    texts = [(head, 3) for head in heads] + [(s.text, 0) for s in statements[:_FIRST_STATEMENTS]]
    scores: dict[str, float] = {}
    written: dict[str, str] = {}
    for at, (text, bonus) in enumerate(texts):
        for name, cued in names(text, english=english):
            letters = compact(name)
            written.setdefault(letters, name)
            if not cued and _CITED.search(search_key(text.partition(name)[0])):
                continue  # who wrote a circular or a law is not who promises
            scores[letters] = scores.get(letters, 0) + 1 + bonus + 4 * cued - 0.001 * at + _weight(name)
    if not scores:
        return Agency()
    best = written[max(scores, key=lambda letters: scores[letters])]
    return Agency(best, province_of(best))


def _weight(name: str) -> float:
    # A ministry or a bare «اداره …» is more often mentioned than promising.
    return (
        -1.5 if name.startswith("وزارت") else -0.5 if re.match(r"(?:اداره|مرکز|دفتر) (?!کل)", name) else 0.5
    )
