"""What stands between a draft and its signatures. Plain Python over the draft's facts; nothing here asks a database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .measures import RESPONSE_KINDS
from .reading.placeholders import placeholders
from .words import amount

# The measure of answers: its numbers are of the times that services declare.
ANSWERS = "answered-in-time"

OPEN_ENDED = frozenset({"in-force-until-replaced", "binding-until-new-notice"})
# Findings of the reader that the draft's own facts decide anew, so that what was mended is not held against it.
DECIDED_ANEW = frozenset(
    {
        *("unfilled-placeholder", "vague-target", "contradictory-validity", "unmeetable-clause"),
        *("expired", "invalid-date", "missing-validity", "title-purpose-mismatch"),
    }
)
# Said, but no reason not to sign.
NOTES = frozenset({"conditional-service", "unlinked-reference", "empty-section"})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to mend: `refs` are the clauses it speaks of. What `may_be_overridden` passes with a public reason."""

    code: str
    message: str
    refs: tuple[str, ...] = ()
    may_be_overridden: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """The facts of a draft that decide; `clauses` as `models.Draft` keeps them, `reading` as the reader gave it.

    `differing` are the written clauses that say otherwise than their service does, `promised` the times its services
    count answers by, as a clause's target has them; both are empty for what only was missing.
    """

    title: str
    services: Sequence[str]
    valid_from: date | None
    valid_until: date | None
    clauses: Sequence[Mapping[str, Any]]
    reading: Mapping[str, Any]
    differing: Sequence[str] = ()
    promised: Sequence[Mapping[str, Any]] = ()


def obstacles(draft: Drafted, *, today: date) -> list[Obstacle]:
    """All that stands in the way today (Tehran's date), what cannot be overridden first."""
    found = [*_unfilled(draft), *_facts(draft, today), *_clauses(draft), *_serious(draft)]
    return sorted(found, key=lambda each: each.may_be_overridden)


def notes(draft: Drafted) -> list[Mapping[str, Any]]:
    """What the reader also found and nobody must mend."""
    return [finding for finding in draft.reading.get("findings", ()) if finding["code"] in NOTES]


def blanks(draft: Drafted) -> list[str]:
    """The placeholders nobody has filled, as written, each once."""
    texts = [draft.title, *(clause["text"] for clause in draft.clauses)]
    return list(dict.fromkeys(blank for text in texts for blank in placeholders(text)))


def _unfilled(draft: Drafted) -> Iterator[Obstacle]:
    for blank in blanks(draft):
        refs = tuple(clause["id"] for clause in draft.clauses if blank in clause["text"])
        yield Obstacle("unfilled-placeholder", f"جای «{blank}» خالی مانده است. آن را پر کنید.", refs)


def _facts(draft: Drafted, today: date) -> Iterator[Obstacle]:
    if not draft.title.strip():
        yield Obstacle("no-title", "عنوان خدمت نوشته نشده است.")
    if not draft.services:
        yield Obstacle("no-service", "هیچ خدمتی زیر این توافق‌نامه نیست. دست‌کم یکی را برگزینید.")
    begin, end = draft.valid_from, draft.valid_until
    if begin is None or end is None:
        yield Obstacle("no-validity", "آغاز و پایان اعتبار نوشته نشده است.")
    elif end < begin:
        yield Obstacle("validity-backwards", "پایان اعتبار پیش از آغاز آن است.")
    elif end < today:
        yield Obstacle("validity-over", "پایان اعتبار گذشته است. تاریخی در پیش بنویسید.")


def _clauses(draft: Drafted) -> Iterator[Obstacle]:
    if not draft.clauses:
        yield Obstacle("no-clause", "این متن هیچ بندی ندارد.")
    unconfirmed = _refs(draft, lambda clause: not clause["confirmed"])
    if unconfirmed:
        yield Obstacle("unconfirmed", "نوع این بندها تأیید نشده است.", unconfirmed)
    ownerless = _refs(draft, lambda clause: not clause["owner"])
    if ownerless:
        yield Obstacle("no-owner", "این بندها مسئول ندارند.", ownerless)
    unmeasured = _refs(draft, lambda clause: not (clause["measure"] or clause["unmeasurable"]))
    if unmeasured:
        yield Obstacle(
            "no-measure",
            "این بندها سنجه ندارند. سنجه‌ای بگذارید یا با دلیل بنویسید «سنجش‌پذیر نیست».",
            unmeasured,
        )


def _serious(draft: Drafted) -> Iterator[Obstacle]:
    numbered = any(clause["kind"] in RESPONSE_KINDS and clause["target"] for clause in draft.clauses)
    vague = _refs(
        draft,
        lambda clause: (
            clause["kind"] in RESPONSE_KINDS and not clause["target"] and not clause["unmeasurable"]
        ),
    )
    if vague and not numbered:
        yield _finding("vague-target", "زمان پاسخ عدد ندارد. مهلتی بنویسید که بتوان سنجید.", vague)
    both = _refs(draft, lambda clause: clause["kind"] in OPEN_ENDED)
    if both and draft.valid_until:
        yield _finding(
            "contradictory-validity",
            "اعتبار هم تاریخ پایان دارد و هم تا متن یا ابلاغ تازه می‌ماند.",
            both,
        )
    impossible = _refs(
        draft, lambda clause: clause["kind"] == "disruption-notice" and not clause["unmeasurable"]
    )
    if impossible:
        yield _finding("unmeetable-clause", "اختلال ناگهانی را نمی‌توان از پیش خبر داد.", impossible)
    if draft.differing:
        refs = [ref for ref in draft.differing if ref]
        yield _finding(
            "differs-from-service", "متن با آنچه خدمت اکنون می‌کند یکی نیست. آن را از نو بنویسید.", refs
        )
    yield from _uncounted(draft)
    yield from _as_read(draft)


def _uncounted(draft: Drafted) -> Iterator[Obstacle]:
    """A time that is promised while cases are counted by another: the figure would be of what nobody reads."""
    counted = {_time(each): amount(each) for each in draft.promised}
    others = _refs(
        draft,
        lambda clause: (
            clause["measure"] == ANSWERS
            and clause["kind"] in RESPONSE_KINDS
            and clause["target"]
            and not clause.get("origin")
            and _time(clause["target"]) not in counted
        ),
    )
    if counted and others:
        said = " یا ".join(counted.values())
        message = (
            f"خدمت پاسخ را با مهلت {said} می‌شمارد و این متن مهلت دیگری می‌نویسد. یکی را به دیگری برسانید."
        )
        yield _finding("another-time-than-service", message, others)


def _time(target: Mapping[str, Any]) -> tuple[float, str]:
    return float(target["value"]), target["unit"]


def _as_read(draft: Drafted) -> Iterator[Obstacle]:
    """What the reader found and nothing here decides; the mismatch of title and purpose until one of them changed."""
    for finding in draft.reading.get("findings", ()):
        code = finding["code"]
        if code == "title-purpose-mismatch" and not _changed(draft):
            yield _finding(code, finding["message"], _refs(draft, _is_purpose))
        elif code not in DECIDED_ANEW and code not in NOTES:
            yield _finding(code, finding["message"])


def _changed(draft: Drafted) -> bool:
    """Whether title or purposes are other than those that were read."""
    read = draft.reading
    title = (read.get("service") or {}).get("title") or read.get("title") or ""
    purposes = [clause["text"] for clause in read.get("clauses", ()) if _is_purpose(clause)]
    return draft.title != title or purposes != [
        clause["text"] for clause in draft.clauses if _is_purpose(clause)
    ]


def _is_purpose(clause: Mapping[str, Any]) -> bool:
    return bool(clause["kind"] == "service-purpose")


def _finding(code: str, message: str, refs: Iterable[str] = ()) -> Obstacle:
    return Obstacle(code, message, tuple(refs), may_be_overridden=True)


def _refs(draft: Drafted, holds: Any) -> tuple[str, ...]:
    return tuple(clause["id"] for clause in draft.clauses if holds(clause))
