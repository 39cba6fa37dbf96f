"""The headings of an agreement's parts: on lines of their own, before a colon, or several on one line."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from mizban.lib.text import ZWNJ

from .keys import compact
from .lines import Line
from .rules import Sentence, concept

_ORDINAL = "اول|یکم|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم|یازدهم|دوازدهم"
_PREFIX = re.compile(
    r"^\s*(?:(?:ماده|بند|فصل|بخش|قسمت|article|section|part|chapter)\s*"
    rf"(?:\d{{1,2}}|{_ORDINAL})\s*[-:–.)ـ/]*|\d{{1,2}}\s*[-:–.)ـ/]+"
    r"|(?:الف|[بپتثجچدهوزحطی]|[ivx]{1,4})\s*[-–.)ـ/]+)\s*",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:(?:ماده|فصل|بخش|article|section|chapter)\s*\d{1,2}"
    rf"|(?:ماده|بند|فصل|بخش|قسمت)\s*(?:{_ORDINAL}))\s*[-:–.)]",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"^\d{1,2}\s+(?=[^\W\d])")
_COLON = re.compile(r"^([^::]{2,70}?)\s*[::](?!/)\s*(.*)$", re.DOTALL)
_CELL = re.compile(r"^([^|]{2,70}?)\s*\|\s*(.*)$", re.DOTALL)
_TAIL = ' \t.:؛-–—_«»"()*#'
_TITLE = re.compile(r"^(?:توافق\u200c?\s?نامه|بیانیه|service level agreement)\s", re.IGNORECASE)
_LONGEST_HEADING, _LONGEST_UNNAMED = 9, 5
_LEAST_INLINE = 3
_LONG_LINE = 90
_FLAT = str.maketrans(
    {"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ة": "ه", "ۀ": "ه", "ؤ": "و", "ئ": "ی", ZWNJ: " "}
)
# «تعهدات سازمان ثبت احوال کشور»: duties, and whose they are.
_DUTIES = re.compile(
    r"^(?:تعهدات|وظایف|تکالیف|الزامات|حقوق|مسئولیت.?های|obligations of|commitments of|duties of)\s",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"(?:^|\s)(?:ن?می[\s\u200c]?[آ-ی]+|است|باشد|شود|گردد|باید|دارد|گیرد|offers?|provides?|includes?|is|are|has|must|shall|can|may)(?=[\s:.]|$)",
    re.IGNORECASE,
)
# «هدف از این توافق‌نامه» begins a sentence, not a part.
_NOT_A_HEADING = re.compile(r"\s*(?:از|این|آن|اصلی|ی|را|با|در|بر)(?:\s|$)")


@dataclass(frozen=True)
class Heading:
    """A part's kind and written heading, and what follows it on its line."""

    kind: str
    text: str
    rest: str
    party: str | None = None


@cache
def known_headings() -> dict[str, str]:
    """Compact heading → section kind."""
    text = resources.files(__package__).joinpath("headings.toml").read_text(encoding="utf-8")
    return {compact(name): kind for kind, names in tomllib.loads(text).items() for name in names}


@cache
def ranks() -> dict[str, int]:
    """Section kinds by their place in the form."""
    return {kind: at for at, kind in enumerate(dict.fromkeys(known_headings().values()))}


def heading(line: Line) -> Heading | None:
    """The heading a line is or begins with, or None."""
    text = _PREFIX.sub("", line.text)
    numbered = line.ordinal is not None or text != line.text
    whole = _BARE_NUMBER.sub("", text.strip(_TAIL))
    kind = known_headings().get(compact(whole)) if len(whole) < _LONG_LINE else None
    if kind:
        return Heading(kind, whole, "", _party(kind, whole))
    parts = _CELL.match(text) or _COLON.match(text)
    if parts:
        before, rest = parts[1].strip(_TAIL), parts[2].strip()
        kind = known_headings().get(compact(before))
        if kind and not (kind == "obligations" and rest and not numbered):
            return Heading(kind, before, rest, _party(kind, before))
    return _other_heading(line, whole, numbered=numbered)


def article(line: Line) -> Heading | None:
    """«ماده ۲- دستگاه موظف است …»: a part without a name, its sentence behind the number."""
    found = _ARTICLE.match(line.text)
    return Heading("other", found.group().strip(_TAIL), line.text[found.end() :].strip()) if found else None


def next_in_order(line: Line) -> Heading | None:
    """A short numbered line without a verb, where the form's own numbering says a part must begin."""
    short = len(line.words) <= _LONGEST_UNNAMED and not line.text.rstrip().endswith((".", "؛"))
    plain = not any(word.isdigit() or word in ("است", "می", "شود", "باید") for word in line.words)
    return Heading(_nearest(line.text) or "other", line.text.strip(_TAIL), "") if short and plain else None


def _other_heading(line: Line, whole: str, *, numbered: bool) -> Heading | None:
    """A heading the library half knows («هدف از ارائه:»), or one that is marked as a heading."""
    count = len(line.words)
    if not whole or count > _LONGEST_HEADING or _TITLE.search(whole):
        return None
    colon = line.text.rstrip().endswith(":")
    nearest = _nearest(whole)
    article = _ARTICLE.match(line.text) and count <= _LONGEST_HEADING - 2 and not line.text.endswith(".")
    speaks = bool(_SPEAKS.search(whole))
    if line.heading_mark or article or (numbered and colon and not speaks):
        return Heading(nearest or "other", whole, "", _party(nearest, whole))
    if _DUTIES.match(whole) and party_of(whole) and not speaks and not line.text.rstrip().endswith("."):
        return Heading("obligations", whole, "", party_of(whole))
    # «تعهدات فناپ تلکام»: whose duties they are, only the text itself knows.
    if _DUTIES.match(whole) and count <= _LONGEST_UNNAMED - 1 and not speaks and not line.ordinal:
        return Heading("obligations", whole, "") if line.text.strip(_TAIL) == whole else None
    if colon and nearest and count <= _LONGEST_HEADING - 3:
        return Heading(nearest, whole, "", _party(nearest, whole))
    return None


def _party(kind: str | None, text: str) -> str | None:
    """Only a heading of duties says whose they are."""
    return party_of(text) if kind == "obligations" else None


def _nearest(whole: str) -> str | None:
    letters = compact(whole)
    best = max((name for name in known_headings() if letters.startswith(name)), key=len, default=None)
    return known_headings()[best] if best else None


def party_of(text: str) -> str | None:
    """«applicant» or «agency» if the words name just one of them."""
    sentence = Sentence(text)
    applicant, agency = (bool(sentence.places(concept(name))) for name in ("applicant", "agency"))
    if applicant == agency:
        return None
    return "applicant" if applicant else "agency"


def glued(lines: list[Line]) -> dict[int, Heading]:
    """«۲.هدف تعیین کیفیت …»: numbered parts whose names run into their text, by line number.

    Believed only where several numbered lines name the form's parts in the form's order.
    """
    found: dict[int, Heading] = {}
    last, expected = -1, None
    for line in lines:
        match = (
            _glued_pattern().match(line.text.translate(_FLAT).lower()) if line.ordinal is not None else None
        )
        if not match or not (expected is None or line.ordinal == expected):
            continue
        kind = _kind(match)
        if ranks()[kind] > last:
            last, expected = ranks()[kind], (line.ordinal or 0) + 1
            name, rest = line.text[: match.end("name")].strip(), line.text[match.end() :].strip(" :")
            found[line.number] = Heading(kind, name, rest, _party(kind, name))
    return found if len(found) >= _LEAST_INLINE + 1 else {}


@cache
def _glued_pattern() -> re.Pattern[str]:
    return re.compile(rf"^(?P<name>{_spelled()}) ?[:.\-–]?")


@cache
def _spelled() -> str:
    names = sorted(known_headings(), key=len, reverse=True)
    return "|".join(" ?".join(map(re.escape, name)) for name in names if len(name) > 2)


def inline(text: str, *, numbered: bool = False) -> list[Heading] | None:
    """The parts of a text whose sections all stand on one line; the first may be of kind "" (what precedes).

    None unless at least three different headings are found.
    """
    flat = text.translate(_FLAT).lower()
    found = [
        match
        for match in _inline_pattern().finditer(flat)
        if _stands(flat, match) or (numbered and not match.start())
    ]
    strong = [
        match for match in found if match["colon"] or match["number"] or (numbered and not match.start())
    ]
    kept = _in_form_order(found, strong)
    if len({_kind(match) for match in kept}) < _LEAST_INLINE:
        return None
    parts = [Heading("", "", text[: kept[0].start()].strip())]
    for match, after in zip(kept, [*kept[1:], None], strict=True):
        rest = text[match.end() : after.start() if after else len(text)]
        name = text[match.start("name") : match.end("name")].strip()
        parts.append(Heading(_kind(match), name, rest.strip(" :"), _party(_kind(match), name)))
    return parts


def _kind(match: re.Match[str]) -> str:
    return known_headings()[compact(match["name"])]


def _stands(flat: str, match: re.Match[str]) -> bool:
    if match["colon"] or match["number"]:
        return True
    before = flat[: match.start()].rstrip()
    ends = not before or before[-1] in ".؛!؟:"
    # «خاتمه توافق‌نامه در صورت …» is one; «هدف در این …» may go on.
    alone = len(match["name"].split()) == 1 or match["name"].startswith("هدف")
    return ends and not (alone and _NOT_A_HEADING.match(flat, match.end()))


def _in_form_order(found: list[re.Match[str]], strong: list[re.Match[str]]) -> list[re.Match[str]]:
    """Headings without colon or number count only where the form would have them."""
    kept: list[re.Match[str]] = []
    certain = {_kind(match) for match in strong}
    last = -1
    for match in found:
        rank = ranks()[_kind(match)]
        if match in strong or (_kind(match) not in certain and rank > last):
            kept.append(match)
            certain.add(_kind(match))
            last = max(last, rank) if match not in strong else rank
    return kept


@cache
def _inline_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[\s.:؛،!؟)])|^)(?P<number>\(?[0-9]{{1,2}} ?[.)\-–] ?)?(?P<name>{_spelled()})"
        r"(?P<colon> ?:| ?[.][0-9]{1,2}(?= ))?(?=[\s:.]|$)"
    )
