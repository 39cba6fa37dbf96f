"""The figure a promise names: the one that stands nearest, or several where one sentence promises several."""

import re

from .model import Obligor, Target
from .quantities import Quantity
from .rules import Place, Rule, Sentence, found, group, undone

_TIMES = ("working_days", "working_hours", "working_minutes", "days", "hours", "minutes", "seconds", "months")
_UNITS: dict[str, tuple[str, ...]] = {
    "response-time": _TIMES,
    "restore-time": _TIMES,
    "fault-notice": _TIMES,
    "maintenance-notice": _TIMES,
    "disruption-notice": _TIMES,
    "password-reset": _TIMES,
    "availability": ("percent",),
    "credit-right": ("percent",),
}
# What a figure of the one kind does not follow: the other kind's words.
_RIVALS = {"response-time": group("@fault"), "restore-time": group("@answer | @deliver")}
_ANOTHER_CASE, _AT_MOST, _AT_LEAST = group("@another_case"), group("@apart_at_most"), group("@at_least")
_APPLICANT = group("@applicant")
_ANSWER = group("@answer")
_AFTER_TIME = re.compile(
    r"(?:(?<=روز)|(?<=ساعت)|(?<=کاری)|(?<=اداری)|(?<=دقیقه)|(?<=هفته)|(?<=ماه)|(?<=hours)|(?<=days))(?:\s*[،؛,]|\s+(?:و|and))\s+"
)
_CLOSE = 12


def said(rule: Rule, sentence: Sentence) -> list[Target | None]:
    """What the sentence promises by the rule: the figures, [None] for a promise without one, [] for no promise."""
    places = [(part, found(rule, part)) for part in _parts(rule, sentence)]
    told = [target for part, spans in places if spans for target in targets(rule, part, spans[0])]
    return list(dict.fromkeys(told))


def _parts(rule: Rule, sentence: Sentence) -> list[Sentence]:
    """«پاسخ ظرف ۳ روز و رفع خرابی ظرف ۴ ساعت» is read half by half, the whole where it speaks of one thing."""
    times = [figure for figure in sentence.figures if figure.target.unit in _TIMES]
    mixed = rule.kind in _RIVALS and len(times) > 1
    if not mixed or not (sentence.places(_RIVALS["response-time"]) and sentence.places(_ANSWER)):
        return [sentence]
    return [Sentence(text, sentence.party, sentence.section) for text in _AFTER_TIME.split(sentence.text)]


def targets(rule: Rule, sentence: Sentence, place: Place) -> list[Target | None]:
    """The rule's figures in order, [None] where it has none.

    Several only where a sentence promises a first answer in one time and the result in another, or one time for
    one case and another for the next.
    """
    figures = _figures(rule, sentence)
    first = _nearest(rule, figures, place)
    if rule.kind not in _RIVALS or first is None:
        return [first]
    told: list[Target | None] = []
    since = 0
    for figure in figures:
        if figure.target == first or _is_another(rule, sentence, figure, since, case=bool(told)):
            told.append(figure.target)
        since = figure.end
    return list(dict.fromkeys(told))


def _figures(rule: Rule, sentence: Sentence) -> list[Quantity]:
    """Those of the units this kind of clause is measured in; of «حداقل ۵ و حداکثر ۱۰ روز» the ten."""
    if rule.kind == "password-reset" and rule.obligor == Obligor.APPLICANT:
        return []
    units = _UNITS.get(rule.kind, ())
    figures = [figure for figure in sentence.figures if figure.target.unit in units]
    if rule.kind not in _RIVALS:
        return figures
    return [figure for figure in figures if not _is_least(figure, sentence)] or figures


def _nearest(rule: Rule, figures: list[Quantity], place: Place) -> Target | None:
    if rule.kind == "credit-right" and figures:
        # «کمتر از ۹۸ درصد … اعتبار معادل ۵ درصد»: the right itself is the last figure.
        return figures[-1].target
    nearest = min(figures, key=lambda figure: (_distance(figure, place), figure.start), default=None)
    return nearest.target if nearest else None


def _is_another(rule: Rule, sentence: Sentence, figure: Quantity, since: int, *, case: bool) -> bool:
    """Whether a further figure is promised too.

    It needs its own «پاسخ» or «صدور», a further case, or a «حداکثر» right before it, and nobody else's words.
    """

    def between(*wordings: Place) -> list[int]:
        return [start for start, _ in wordings if since <= start < figure.start]

    subjects = [*sentence.places(rule.groups[0]), *(sentence.places(_ANOTHER_CASE) if case else ())]
    own = between(*subjects)
    if not between(*sentence.places(_RIVALS[rule.kind])):
        own += between(*(place for place in sentence.places(_AT_MOST) if place[1] == figure.start))
    theirs = since and between(*sentence.places(_APPLICANT))
    return bool(own) and not theirs and not undone(rule, sentence, (max(own), figure.end))


def _is_least(figure: Quantity, sentence: Sentence) -> bool:
    """Whether «حداقل» speaks of the figure: no more than a few letters, and no «حداکثر», stand between them."""
    least = [end for _, end in sentence.places(_AT_LEAST) if 0 <= figure.start - end <= _CLOSE]
    most = [start for start, _ in sentence.places(_AT_MOST) if start < figure.start]
    return bool(least) and not any(start >= max(least) for start in most)


def _distance(figure: Quantity, place: Place) -> int:
    """How far a figure stands from the wording: none inside it, one beside it."""
    gap = max(figure.start - place[1], place[0] - figure.end)
    return gap + 1 if gap >= 0 else 0
