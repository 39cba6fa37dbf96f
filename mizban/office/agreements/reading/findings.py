"""What an office should mend in its agreement, each with its lines, in short and polite Persian (look.md, Voice)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mizban.lib.jalali import numeric
from mizban.lib.text import ZWNJ, persian_digits, search_key

from .keys import words
from .lines import Line
from .model import Clause, Finding, Section, Span
from .office_words import common_words
from .placeholders import placeholders
from .rules import Sentence, group
from .sentences import Statement
from .validity import Terms

_QUOTED = re.compile(r"[\"“«]\s*([^\"“”«»]{6,200}?)\s*[\"”»]")
_UNLINKED, _CONDITIONAL, _RENEWED = group("@unlinked"), group("@conditional"), group("@auto_renewed")
_NAMED = re.compile(
    r"(?:ماده|مواد|قانون|آیین.?نامه|آئین.?نامه|دستورالعمل|articles?|law|act)\s+(?:شماره\s+)?(?!یاد|مذکور|فوق|اجرا|و\b)[\w(]"
)
_FEWEST_WORDS, _STEM, _MOST_SEARCHED = 2, 4, 800
_LEAST_SHARED = 0.26
_OF_THE_WHOLE = frozenset(["missing-validity"])
_NEEDS_TEXT = {"purpose": "هدف", "fees": "هزینه‌ها", "validity": "دوره عملکرد", "termination": "خاتمه"}


@dataclass(frozen=True)
class Matter:
    """Everything the findings look at."""

    lines: list[Line]
    statements: list[Statement]
    sections: list[Section]
    clauses: list[Clause]
    terms: Terms
    title: str | None
    title_lines: Span
    is_agreement: bool
    today: date
    unread: int | None


def findings(matter: Matter) -> list[Finding]:
    """Every finding, in the order of the lines."""
    checks = (
        _mismatch, _vague, _unfilled, _contradictory, _unmeetable, _expired, _impossible, _missing, _unlinked,
        _conditional, _empty, _too_long,
    )  # fmt: skip
    out = [finding for check in checks for finding in check(matter)]
    return sorted(out, key=lambda finding: finding.lines)


def _finding(code: str, lines: Span, sentence: str) -> Finding:
    """The sentence, and after it where: «… (خط ۳۶ تا ۳۸).»; what the whole text lacks stands on no line."""
    first, last = lines
    where = f" (خط {first})" if first == last else f" (خط {first} تا {last})"
    return Finding(code, persian_digits(f"{sentence}{'' if code in _OF_THE_WHOLE else where}."), lines)


def _mismatch(matter: Matter) -> Iterator[Finding]:
    if not matter.title:
        return
    tasks = [clause for clause in matter.clauses if clause.kind == "service-purpose"]
    opening = [each.text for each in matter.statements[:_MOST_SEARCHED] if each.section == "introduction"]
    told = " ".join([*(clause.text for clause in tasks), *opening])
    if tasks and len(words(told)) > 2 * _FEWEST_WORDS and _differ(matter.title, told):
        yield _finding(
            "title-purpose-mismatch",
            (tasks[0].lines[0], tasks[-1].lines[1]),
            "هدف با عنوان خدمت نمی‌خواند؛ یکی از این دو را اصلاح کنید",
        )
        return
    for clause in matter.clauses:
        quoted = _QUOTED.search(clause.text) if clause.kind == "purpose" else None
        if quoted and "اداره" not in quoted[1] and _differ(matter.title, quoted[1]):
            yield _finding(
                "title-purpose-mismatch",
                clause.lines,
                "هدف از خدمت دیگری نام می‌برد؛ آن را با عنوان یکی کنید",
            )
            return


def _differ(title: str, told: str) -> bool:
    ours, theirs = _telling(title), _telling(told)
    if len(ours) < _FEWEST_WORDS or len(theirs) < _FEWEST_WORDS:
        return False
    shared = [any(_alike(word, other) for other in theirs) for word in ours]
    # The first word that tells the service from others is its head: «واگذاری زمین» is still «واگذاری اراضی».
    return not shared[0] and sum(shared) / len(ours) < _LEAST_SHARED


def _telling(text: str) -> list[str]:
    """The words that tell one service from another, in order."""
    kept = [
        word for word in words(text) if word not in common_words() and len(word) > 2 and not word.isdigit()
    ]
    return list(dict.fromkeys(kept))


def _alike(one: str, other: str) -> bool:
    size = min(len(one), len(other), _STEM)
    return size > 2 and one[:size] == other[:size]


def _vague(matter: Matter) -> Iterator[Finding]:
    for clause in matter.clauses:
        if clause.kind == "prompt-result" and clause.target is None:
            numbered = any(
                c.text == clause.text and c.kind == "response-time" and c.target for c in matter.clauses
            )
            if not numbered:
                yield _finding(
                    "vague-target",
                    clause.lines,
                    "زمان پاسخ عدد ندارد؛ مهلتی بنویسید که بتوان سنجید",
                )


def _unfilled(matter: Matter) -> Iterator[Finding]:
    for line in matter.lines:
        for blank in dict.fromkeys(placeholders(line.text, matter.title)):
            yield _finding(
                "unfilled-placeholder",
                (line.number, line.number),
                f"جای «{blank}» خالی مانده است؛ آن را پر کنید",
            )


def _contradictory(matter: Matter) -> Iterator[Finding]:
    ends = matter.terms.ends
    open_ended = [
        c for c in matter.clauses if c.kind in ("in-force-until-replaced", "binding-until-new-notice")
    ]
    days = sorted({day for day, _ in ends})
    if len(days) > 1:
        lines = (min(s.lines[0] for _, s in ends), max(s.lines[1] for _, s in ends))
        told = " و ".join(numeric(day) for day in days)
        yield _finding("contradictory-validity", lines, f"متن چند تاریخ پایان دارد: {told}؛ یکی را نگه دارید")
    elif days and open_ended:
        both = [ends[0][1].lines, *(clause.lines for clause in open_ended)]
        lines = (min(span[0] for span in both), max(span[1] for span in both))
        yield _finding(
            "contradictory-validity",
            lines,
            f"اعتبار هم در {numeric(days[0])} پایان می‌یابد و هم تا متن یا ابلاغ تازه می‌ماند؛ یکی را برگزینید",
        )
    starts = [(day, s) for day, s in matter.terms.starts if days and day > days[-1]]
    if starts:
        yield _finding(
            "contradictory-validity",
            starts[0][1].lines,
            "تاریخ آغاز پس از تاریخ پایان است؛ یکی را اصلاح کنید",
        )


def _unmeetable(matter: Matter) -> Iterator[Finding]:
    for clause in matter.clauses:
        if clause.kind == "disruption-notice":
            yield _finding(
                "unmeetable-clause",
                clause.lines,
                "اختلال ناگهانی را نمی‌توان از پیش خبر داد؛ قطعی برنامه‌ریزی‌شده را از خرابی جدا کنید",
            )


def _expired(matter: Matter) -> Iterator[Finding]:
    if not matter.terms.ends:
        return
    last, statement = max(matter.terms.ends, key=lambda row: row[0])
    renewed = any(Sentence(each.text).places(_RENEWED) for each in matter.statements[:_MOST_SEARCHED])
    if last < matter.today and not renewed:
        yield _finding(
            "expired", statement.lines, f"اعتبار این متن در {numeric(last)} پایان یافت؛ متن تازه‌ای بنویسید"
        )


def _impossible(matter: Matter) -> Iterator[Finding]:
    for mention, statement in matter.terms.impossible:
        yield _finding(
            "invalid-date",
            statement.lines,
            f"تاریخ «{mention.written}» در تقویم نیست؛ آن را اصلاح کنید",
        )


def _missing(matter: Matter) -> Iterator[Finding]:
    told = matter.terms.ends or matter.terms.periods or matter.terms.impossible
    open_ended = any(
        c.kind in ("in-force-until-replaced", "binding-until-new-notice") for c in matter.clauses
    )
    if matter.is_agreement and not told and not open_ended and matter.lines:
        last = matter.lines[-1].number
        yield _finding("missing-validity", (1, last), "متن نمی‌گوید تا کی معتبر است؛ تاریخ پایان را بنویسید")


def _unlinked(matter: Matter) -> Iterator[Finding]:
    before = ""
    for statement in matter.statements[:_MOST_SEARCHED]:
        sentence = Sentence(statement.text)
        places = sentence.places(_UNLINKED)
        if places and not _NAMED.search(before):
            yield _finding(
                "unlinked-reference",
                statement.lines,
                "متن به ماده یا قانونی تکیه می‌کند که نامش را نیاورده است؛ نام آن را بنویسید",
            )
        before = f"{before} {search_key(statement.text.replace(ZWNJ, ' '))}"[-20_000:]


def _conditional(matter: Matter) -> Iterator[Finding]:
    for statement in matter.statements[:_MOST_SEARCHED]:
        if statement.section in ("introduction", "purpose", None) and Sentence(statement.text).places(
            _CONDITIONAL
        ):
            yield _finding(
                "conditional-service",
                statement.lines,
                "خدمت در گرو راه‌اندازی سامانه‌ای است؛ زمان آن را بنویسید",
            )


def _too_long(matter: Matter) -> Iterator[Finding]:
    if matter.unread:
        yield _finding(
            "too-long",
            (matter.unread, matter.unread),
            "متن بسیار بلند است؛ از این خط به بعد خوانده نشد",
        )


def _empty(matter: Matter) -> Iterator[Finding]:
    if not matter.is_agreement:
        return
    filled = {statement.section for statement in matter.statements}
    for section in matter.sections:
        if section.kind in _NEEDS_TEXT and section.heading and section.kind not in filled:
            yield _finding(
                "empty-section", section.lines, f"بخش «{section.heading}» خالی است؛ متن آن را بنویسید"
            )
