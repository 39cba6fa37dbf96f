"""What a service is for, one clause a verb: «بررسی و رفع موارد واخواهی» is one, «ارسال به وزارت» another."""

import re
from collections.abc import Callable
from functools import cache

from .keys import words
from .model import Obligor
from .office_words import listed, names_agreement, obligor_of, office_words
from .rules import Sentence, group

_LIST = re.compile(
    r"\s(?:از قبیل|از جمله|شامل|اعم از|مانند|نظیر|عبارتند از|عبارت است از|including|such as)\s*:?\s+"
)
_COPULA = re.compile(r"\s*(?:می‌باشند|می‌باشد|می باشد|میباشد|است|هستند|is|are)?\s*[.؛]?\s*$")
# «… و صدور پروانه را در بر می‌گیرد»: such a verb closes a list of tasks and is none itself.
_CLOSING = re.compile(
    r"\s+(?:را\s+(?:در\s?بر\s+(?:می.?گیرد|دارد)|بر\s?عهده\s+دارد|شامل\s+می.?(?:شود|گردد))"
    r"|(?:انجام|صورت)\s+می.?(?:شود|گیرد|پذیرد|گردد))\s*[.؛]?\s*$"
)
_FINITE = re.compile(
    r"(?<=\s)((?:ن?می‌[آ-ی]+|شود|گردد|است|شده است|خواهد شد|خواهد گردید|کند|نماید|دهد)"
    r"|(?:is|are|will be) [a-z]+)(?:[،,]?\s+(?:و|and)|[،,])\s+(?:همچنین\s+|نیز\s+|also\s+)?"
)
_VERB = re.compile(r"(?:^|\s)(?:ن?می‌(?!باشد)[آ-ی]+|می‌باشند|شود|گردد|خواهد|کند|نماید|دهد|نیست)(?=[\s.؛،]|$)")
_SAYS = re.compile(r"(?:^|\s)(?:است|می‌باشد|باشد|is|are|will|shall)(?=[\s.؛،]|$)")
_COMMA = re.compile(r"\s*[،,]\s*(?:و\s+)?")
_JOINTS = re.compile(r"\s+(?:و\s+همچنین|و\s+نیز|و|and|جهت|به منظور)\s+")
_MOST_BARE = 2


def leads_with_purpose(text: str) -> bool:
    """Whether a sentence says what the service is for: «هدف این خدمت …», or it begins with a task."""
    sentence = Sentence(text)
    if sentence.places(group("@legal_basis")) or names_agreement(text):
        return False
    if any(start <= _EARLY for start, _ in sentence.places(listed("purpose_leads"))):
        return True
    return bool(_first_task(re.sub(r"^\s*خدمت\s+", "", text)))


def goes_on_with_purpose(text: str) -> bool:
    """Whether a sentence after such a one says more of it: another task, or what is done; a label does not."""
    return bool(_first_task(text) or _VERB.search(text) or leads_with_purpose(text) or _SAYS.search(text))


_EARLY = 30


def service_purposes(text: str) -> list[tuple[str, Obligor]]:
    """The tasks of a purpose sentence in order, each with who it falls to."""
    body = _without_lead(text)
    listed_items = _LIST.split(body, maxsplit=1)
    if len(listed_items) > 1 and "،" in listed_items[1]:
        parts = _items(_COPULA.sub("", listed_items[1]))
    elif _VERB.search(_CLOSING.sub("", body)):
        parts = _by_verb(body)
    else:
        parts = _merged(_tasks(_COPULA.sub("", _CLOSING.sub("", body))))
    return [(part.strip(" .،؛:"), obligor_of(part)) for part in parts if words(part)]


def _without_lead(text: str) -> str:
    return re.sub(
        r"^\s*(?:هدف\s+(?:از\s+)?(?:ارائه\s+)?(?:این\s+)?خدمت|در\s+این\s+خدمت|شرح\s+خدمت|موضوع\s+(?:این\s+)?خدمت|این\s+خدمت(?=\s+(?:شامل|عبارت)))"
        r"\s*[،:,]?\s*(?:(?:عبارت است از|شامل)\s*:?\s*)?",
        "",
        text,
    )


def _by_verb(body: str) -> list[str]:
    parts, at = [], 0
    for joint in _FINITE.finditer(body):
        parts.append(body[at : joint.end(1)])
        at = joint.end()
    parts.append(body[at:])
    return parts


def _items(tail: str) -> list[str]:
    """A list's items: a comma parts them, an «و» only before a word that began another item or a task."""
    items = _COMMA.split(tail)
    heads = {words(item)[0] for item in items if words(item)}
    out: list[str] = []
    for item in items:
        out.extend(_cut(item, lambda rest: _begins_item(rest, heads)))
    return out


def _begins_item(rest: str, heads: set[str]) -> bool:
    first = words(rest)
    # «خرید و فروش» is one thing; «ابطال پروانه» is another item.
    return bool(first) and (first[0] in heads or (bool(_first_task(rest)) and len(first) > 1))


def _tasks(body: str) -> list[str]:
    out: list[str] = []
    for part in _COMMA.split(body):
        if out and not _first_task(part):
            out[-1] = f"{out[-1]}{_mark(part)} {part}"
            continue
        out.extend(_cut(part, _first_task))
    return out


def _mark(text: str) -> str:
    return "," if text.isascii() else "،"


def _cut(part: str, begins: Callable[[str], object]) -> list[str]:
    out, at = [], 0
    for joint in _JOINTS.finditer(part):
        if begins(part[joint.end() :]):
            out.append(part[at : joint.start()])
            at = joint.end() if joint.group().split()[0] in ("و", "and") else joint.start()
    out.append(part[at:])
    return out


def _merged(parts: list[str]) -> list[str]:
    """«بررسی» without an object of its own belongs to the task that follows it."""
    out: list[str] = []
    bare: list[str] = []
    for part in parts:
        if _is_bare(part) and len(bare) + 1 < _MOST_BARE:
            bare.append(part)
            continue
        out.append(" و ".join([*bare, part]))
        bare = []
    if bare:
        out.append(" و ".join(bare))
    return out


def _is_bare(part: str) -> bool:
    stripped = re.sub(r"^(?:جهت|به منظور)\s+", "", part.strip())
    return _first_task(stripped) == " ".join(words(stripped))


def _first_task(text: str) -> str | None:
    """The task a text begins with, folded, or None."""
    first = words(re.sub(r"^\s*(?:جهت|به منظور)\s+", "", text))[:3]
    for length in (2, 1):
        if " ".join(first[:length]) in _task_words():
            return " ".join(first[:length])
    return None


@cache
def _task_words() -> frozenset[str]:
    return frozenset(" ".join(words(task)) for task in office_words()["tasks"])
