"""How well one piece of a broken line follows another: known pairs, gaps, and a few habits of Persian."""

from itertools import pairwise

from .lexicon import LINKS, lexicon
from .runs import GLUED, SINGLE, WIDE, Piece, known

WEAK, AROUND, MENDED = 1.0, 2.5, 7.0
_SEEN_AND = 2.5  # «و» stands beside almost any word
_SEEN, _HALF, _CONTINUED, _KNOWN_ON_AVERAGE = 4.0, 3.0, 3.0, 3.4
_FRAGMENT = 2
_PREPOSITIONS = frozenset(["از", "به", "در", "با", "برای", "بر", "تا", "جهت", "طبق", "توسط", "بین"])
_CONJUNCTIONS = frozenset(["و", "یا", "که"])
_VERBS = frozenset(
    [
        "باشد",
        "باشند",
        "گردد",
        "گردند",
        "شود",
        "شوند",
        "کند",
        "کنند",
        "نماید",
        "نمایند",
        "دارد",
        "دارند",
        "است",
        "گردید",
        "بود",
        "دهد",
        "گیرد",
        "نمود",
    ]
)
_LEADING = frozenset(["خصوص", "منظور", "مورد", "طریق", "عنوان", "صورت", "اساس"])
_BEFORE_A_TITLE = frozenset(["خدمت", "خدمات", "عنوان", "تحویل", "سامانه", "پروژه", "فرآیند"])
_BEFORE_A_NUMBER = frozenset(["تاریخ", "تا", "مورخ", "پایان", "لغایت", "ماده", "بند", "سال", "شماره"])
_OPENERS = frozenset(["هدف", "ضمنا", "سپس", "چنانچه"])
_BEFORE_OPENER = frozenset(["با", "از", "و"])
_BEFORE_OPENERS = {"هدف": frozenset(["با", "از"])}
_SUFFIXES = frozenset(["ها", "های", "هایی"])
_STOPS = frozenset(".،:؛")


class Joints:
    """How well one piece follows another, begins a line or ends it."""

    def __init__(self, parts: list[Piece], before: str, *, quoted: bool) -> None:
        self.parts = parts
        # Titles are bold and stored word by word, with single blanks: there a blank is no sign of one run.
        self.forward = 0.3 if quoted else 1.0
        self.backward = 2.0 if quoted else 0.2
        self.before = before
        self.size = len(parts)
        self.follows = [[self._follow(i, j) for j in range(self.size)] for i in range(self.size)]
        self.begins = [self._begin(i) for i in range(self.size)]
        self.ends = [self._end(i) for i in range(self.size)]

    def total(self, order: list[int]) -> float:
        steps = sum(self.follows[i][j] for i, j in pairwise(order))
        return steps + self.begins[order[0]] + self.ends[order[-1]] + self.around(order)

    def settled(self, order: list[int]) -> bool:
        """Whether every joint is sound and most are known, so that no better order need be sought."""
        joints = [self.follows[i][j] for i, j in pairwise(order)]
        whole = all(known(part.bare) for part in self.parts if part.text[0].isalpha())
        sound = whole and min(joints) >= WEAK and self.begins[order[0]] >= 0
        return sound and sum(joints) >= _KNOWN_ON_AVERAGE * len(joints)

    def around(self, order: list[int]) -> float:
        """What the words on both sides of each «و» and «های» add, where pairs alone say little."""
        known_sides = 0
        for left, middle, right in zip(order, order[1:], order[2:], strict=False):
            if self.parts[middle].bare in LINKS:
                known_sides += self.parts[right].bare in lexicon().beyond.get(self.parts[left].last, ())
        return AROUND * known_sides

    def linked(self, order: tuple[int, ...]) -> frozenset[str]:
        """The words known to come next, if the order so far ends with «و» or «های»."""
        if len(order) < 2 or self.parts[order[-1]].bare not in LINKS:
            return frozenset()
        return lexicon().beyond.get(self.parts[order[-2]].last, frozenset())

    def _follow(self, i: int, j: int) -> float:
        left, right = self.parts[i], self.parts[j]
        return self._place(i, j) + _habit(left, right) + seen(left, right)

    def _place(self, i: int, j: int) -> float:
        if j == i + 1:
            gap = self.parts[j].gap
            if gap == GLUED:
                return glued(self.parts[i], self.parts[j])
            return 0.0 if gap == WIDE else self.forward
        if j == i - 1:
            return 0.8 if self.parts[i].gap != SINGLE else self.backward
        return -0.5 - 0.03 * min(abs(i - j), 20)

    def _begin(self, i: int) -> float:
        part = self.parts[i]
        if part.text[0] in _STOPS or part.bare in _VERBS or part.bare in _SUFFIXES:
            return -3.0
        place = 1.0 if i == self.size - 1 else 0.5 if i == 0 else 0.0
        if self.before:
            return place + (_CONTINUED if (self.before, part.bare) in lexicon().pairs else 0.0)
        return place + (
            1.0 if part.bare in lexicon().openings else -1.0 if part.bare in _CONJUNCTIONS else 0.0
        )

    def _end(self, i: int) -> float:
        part = self.parts[i]
        if part.text[-1] == ".":
            return 2.0
        if part.text[0] in _STOPS:
            return -3.0 if part.text[0] == "،" else 0.0
        if part.text[0] == '"' and self.size > 1:
            return -1.0
        return -1.0 if part.last in _PREPOSITIONS or part.last in _CONJUNCTIONS else 0.0


def glued(left: Piece, right: Piece) -> float:
    """Two pieces that touched: a word cut by the tokeniser, or the border of two runs."""
    if not (known(left.last) and known(right.bare)) and not (left.last + right.bare).isdecimal():
        if left.last.isdecimal() or right.bare.isdecimal():
            return -1.0
        # A letter or two beside a known word is more often the cut end of a run than part of that word.
        return 0.0 if min(len(left.last), len(right.bare)) <= _FRAGMENT else 1.5
    if (left.last, right.bare) not in lexicon().pairs:
        return -2.0
    return 1.0 if left.last in _PREPOSITIONS or left.last == "کد" else -0.5


def sure(left: Piece, right: Piece) -> bool:
    return known(left.last) and known(right.bare)


def seen(left: Piece, right: Piece) -> float:
    if left.text[-1] == "." or not left.last or not right.bare:
        return 0.0
    if right.text[0] == '"' and len(right.text) > 1:
        return _SEEN if left.last in _BEFORE_A_TITLE else 0.0
    if (left.last, right.bare) in lexicon().pairs:
        return _SEEN_AND if "و" in (left.last, right.bare) else _SEEN
    if right.bare[0].isdecimal():
        return _SEEN if left.last in _BEFORE_A_NUMBER else 0.0
    if known(left.last) and known(right.bare):
        return 0.0
    if known(left.last + right.bare):
        return MENDED
    return _half_seen(left.last, right.bare)


def _half_seen(left: str, right: str) -> float:
    """A piece of a word beside its neighbour: «این» before «بیانی|ه»."""
    known_half = not known(right) and lexicon().leads_to(left, right)
    worth = _HALF if min(len(left), len(right)) > 1 else _HALF / 2
    return worth if known_half or (not known(left) and lexicon().comes_from(left, right)) else 0.0


def _habit(left: Piece, right: Piece) -> float:
    if left.text[-1] in _STOPS and right.text[0] in _STOPS:
        return -4.0
    if left.text[-1] == ".":
        return -4.0 if right.text[0] == "،" else -1.5
    if right.bare in _OPENERS and left.last not in _BEFORE_OPENERS.get(right.bare, _BEFORE_OPENER):
        return -3.0
    if right.text[0] in _STOPS:
        if left.last in _LEADING or left.last in _PREPOSITIONS:
            return -2.0
        return 1.5 if left.last in _VERBS else 0.5 if right.text == "،" else -1.0
    if left.text[0] == '"' and len(left.text) > 1:
        return 2.0 if right.bare in _PREPOSITIONS else 0.0
    particles = _PREPOSITIONS | _CONJUNCTIONS
    if left.last.endswith("های") and right.bare:
        return -2.0 if right.bare in particles or right.bare in _VERBS else 0.5
    if left.last in _PREPOSITIONS and (right.bare in particles or right.bare in _VERBS):
        return -2.0
    return 0.0
