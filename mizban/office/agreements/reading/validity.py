"""From when until when an agreement says it holds, told apart from the dates of laws, letters and pages."""

import re
from dataclasses import dataclass, field
from datetime import date

from mizban.lib.jalali import iso, to_jalali
from mizban.lib.text import search_key

from . import keys
from .dates import Mention, after, mentions
from .model import Span, Target, Validity
from .office_words import listed
from .quantities import quantities
from .rules import Sentence, group
from .sentences import Statement

_UNTIL = re.compile(
    r"(?:\bتا\s*(?:تاریخ|روز|مورخ|سررسید)?|لغایت|الی|انقضا\w*|تاریخ پایان|تاریخ خاتمه|تاریخ اعتبار|مدت اعتبار|اعتبار"
    r"|until|till|through|thru|up to|to|expires?|expires? on|expiring on|expiry(?: date)?|ends on|valid to)"
    r"(?:\s*(?:این )?(?:توافق\s?نامه|تفاهم\s?نامه|قرارداد|بیانیه|سند))?"
    r"\s*(?:و شامل)?\s*[:=\-–]?\s*(?:تاریخ|مورخ|روز|the|date|at)?\s*[:(]?\s*$"
)
_FROM = re.compile(
    r"(?:\bاز\s*(?:تاریخ|روز|مورخ)?|تاریخ شروع|تاریخ آغاز|تاریخ اجرا|شروع|اغاز|from"
    r"|effective(?: from| as of)?|as of|since|starting(?: on)?|between|مابین|بین)"
    r"\s*[:=]?\s*(?:تاریخ|مورخ)?\s*[:(]?\s*$"
)
_ENDS_AFTER = re.compile(r"\s*(?:منقضی|به پایان می|پایان می|خاتمه می|به اتمام)")
_TO_AFTER = re.compile(r"^\s*[)،,]?\s*(?:تا|الی|لغایت|to|until|through|-|–)(?:\s|$)")
_SAYS_VALID, _AGREEMENT = group("@says_valid"), group("@agreement_itself")
_ANOTHER_SUBJECT, _A_NEW_ONE = group("@another_subject"), group("@new_agreement")
_BARE = frozenset(["تاریخ", "اعتبار", "مدت", "پایان", "معتبر", "است", "valid", "date"])
_EARLY = 8
_MOST_SEARCHED = 800
_PERIODS = ("years", "months", "days")


@dataclass
class Terms:
    """What the sentences say about validity; `until_lines` tells where each last day stands."""

    starts: list[tuple[date, Statement]] = field(default_factory=list)
    ends: list[tuple[date, Statement]] = field(default_factory=list)
    impossible: list[tuple[Mention, Statement]] = field(default_factory=list)
    periods: list[tuple[Target, Statement]] = field(default_factory=list)

    def says_when(self, statement: Statement) -> bool:
        """Whether the sentence names a last day or a length, and so is a valid-until clause."""
        rows = [*self.ends, *self.periods, *self.impossible]
        return any(each is statement for _, each in rows)

    def period_of(self, statement: Statement) -> Target | None:
        """The length the sentence names, if it names no day."""
        if any(each is statement for _, each in self.ends):
            return None
        return next((target for target, each in self.periods if each is statement), None)


def terms(statements: list[Statement], *, today: date, english: bool) -> Terms:
    """The days and periods of validity the sentences name."""
    this_year = to_jalali(today)[0]
    found = Terms()
    for statement in statements[:_MOST_SEARCHED]:
        sentence = Sentence(statement.text)
        if _speaks_of_validity(statement, sentence):
            _read(found, statement, mentions(statement.text, this_year=this_year, english=english))
    return found


def validity(found: Terms, *, holdover: bool) -> Validity:
    """The first day, the last day and its Gregorian date; the last of several last days counts."""
    start = min((day for day, _ in found.starts), default=None)
    end = max((day for day, _ in found.ends), default=None)
    return Validity(
        from_=_iso(start),
        until=_iso(end),
        until_gregorian=end.isoformat() if end else None,
        holdover=holdover,
    )


def _iso(day: date | None) -> str | None:
    return iso(day) if day else None


def _speaks_of_validity(statement: Statement, sentence: Sentence) -> bool:
    if sentence.places(_A_NEW_ONE) or any(
        start < _EARLY for start, _ in sentence.places(listed("page", "chrome"))
    ):
        return False
    if statement.section == "validity":
        return not sentence.places(_ANOTHER_SUBJECT) or bool(sentence.places(_AGREEMENT))
    if not sentence.places(_SAYS_VALID):
        return False
    if sentence.places(_AGREEMENT):
        return True
    # «اعتبار: ۱۴۰۲/۱۲/۲۹» in the title block or at the end names no subject.
    return not sentence.places(_ANOTHER_SUBJECT) and len(sentence.key.starts) <= 12


def _read(found: Terms, statement: Statement, dates: tuple[Mention, ...]) -> None:
    roles = [_role(mention, statement) for mention in dates]
    for mention, role in zip(dates, roles, strict=True):
        if role and mention.day is None:
            found.impossible.append((mention, statement))
        elif role == "until" and mention.day:
            found.ends.append((mention.day, statement))
        elif role == "from" and mention.day:
            found.starts.append((mention.day, statement))
    period = _period(statement)
    if period is None:
        return
    found.periods.append((period, statement))
    start = next((m.day for m, role in zip(dates, roles, strict=True) if role == "from" and m.day), None)
    if start and "until" not in roles and isinstance(period.value, int):
        found.ends.append((after(start, **{period.unit: period.value}), statement))


def _role(mention: Mention, statement: Statement) -> str | None:
    if mention.spans_year:
        return "until"
    before = mention.before
    written = search_key(mention.written)
    if written.startswith(("ابتدای", "اول", "اغاز", "start", "beginning")):
        return "from"
    if _UNTIL.search(before) or _ENDS_AFTER.match(mention.after):
        return "until"
    if _FROM.search(before) or _TO_AFTER.match(mention.after):
        return "from"
    if written.startswith(("پایان", "اخر", "انتهای", "end")):
        return "until"
    rest = set(re.findall(r"[^\W\d_]+", f"{mention.before} {mention.after}"))
    return "until" if statement.section == "validity" and rest <= _BARE else None


def _period(statement: Statement) -> Target | None:
    folded = keys.folded(statement.text)
    if not re.search(r"به مدت|مدت اعتبار|مدت|دوره|برای|اعتبار|for|period|term|valid", folded):
        return None
    for quantity in quantities(statement.text):
        whole = isinstance(quantity.target.value, int) and 0 < quantity.target.value <= 1200
        if quantity.target.unit in _PERIODS and whole:
            before = folded[: _place(folded, quantity.start)]
            if not re.search(r"(?:قبل|پیش|ظرف|هر|حداقل|within|every)\s*(?:از)?\s*$", before):
                return (
                    None
                    if re.match(r"\s*(?:قبل|پیش|before|prior)", _rest(folded, quantity.end))
                    else quantity.target
                )
    return None


def _place(folded: str, compact_at: int) -> int:
    seen = 0
    for at, mark in enumerate(folded):
        if seen >= compact_at and mark.isalnum():
            return at
        seen += mark.isalnum()
    return len(folded)


def _rest(folded: str, compact_at: int) -> str:
    return folded[_place(folded, compact_at) :]


def spans(statements: list[Statement]) -> Span:
    """The lines from the first to the last of some sentences."""
    return min(s.lines[0] for s in statements), max(s.lines[1] for s in statements)
