"""Who promises what: the title, the service and its code, the office and its province, the kinds of service."""

import re
from itertools import pairwise

from mizban.lib.text import ZWNJ, search_key

from .keys import compact
from .lines import Line
from .model import Service
from .office_words import listed
from .offices import agency_in, restored
from .rules import Sentence, group
from .sentences import Statement

_QUOTED = re.compile(r"[\"“«]\s*([^\"“”«»]{4,200}?)\s*[\"”»]")
_CODE = re.compile(r"(?<![\d/\-])(\d{11}|\d{8})(?![\d/\-])")
_CODE_LABEL = re.compile(
    r"(?:کد|شناسه)\s*(?:یکتای?\s*)?(?:زیر\s*)?خدمت|(?:با|به|و)\s+(?:شناسه|کد)\W*$|service (?:code|id)|\bid\W*$"
)
_SUB_FOLLOWS = re.compile(r"\W{0,3}و\s+(?:شناسه|کد)\s+زیر")
_SUB_LABEL = re.compile(r"زیر\s*خدمت|sub[- ]?(?:service )?code")
_NOT_A_CODE = re.compile(
    r"(?:شناسه ملی|کد ملی|کد اقتصادی|تلفن|همراه|شماره نامه|نامه شماره|شماره|phone|tel)\W*$"
)
_TITLE_LABEL = re.compile(
    r"^\s*(?:(?:عنوان|نام)\s+)?(?:این\s+)?خدمت\s*[:：|]\s*(.{3,160})$|^\s*(?:service|service title"
    r"|service name)\s*:\s*(.{3,160})$",
    re.IGNORECASE,
)
# «صفحه اصلی > الزامات قانونی > بیانیه …»: the page's path before its title.
_CRUMBS = re.compile(r"^.*\s[>»]\s+(?=\S)")
_TELLS = re.compile(r"\b(?:hereby|serves to|informs?|is to)\b", re.IGNORECASE)
_BARE_LABEL = re.compile(r"^\s*(?:عنوان|نام)\s+(?:این\s+)?خدمت\s*[:：]?\s*$")
_AGREEMENT_NAME = re.compile(
    r"(?:توافق\s?نامه|توافق|بیانیه|موافقت\s?نامه|تفاهم\s?نامه)\s+(?:ارائه\s+)?(?:سطح\s+)?(?:توافق\s+)?(?:ارائه\s+|شرح\s+)?(?:خدمات|خدمت|سرویس)(?:\s+الکترونیکی?)?"
    r"|\(?services?[- ]level (?:agreement|statement)\)?|\(?\bsla\b\)?|agreement level service",
    re.IGNORECASE,
)
_SECTOR = re.compile(r"\bG2[CBG]\b", re.IGNORECASE)
_SECTOR_WORDS = {
    "G2C": "دولت به شهروند | دولت با شهروند | government to citizen",
    "G2B": "دولت به کسب و کار | دولت با کسب و کار | دولت به بنگاه | government to business",
    "G2G": "دولت به دولت | دولت با دولت | government to government",
}
_DATED = re.compile(
    r"(?:شماره|تاریخ|پیوست|کد خبر|number|date)(?:\s+[^\W\d]+){0,2}\s*[:：]|\S+\s+محترم\b"
    r"|(?:\d{1,4}\s+)?(?:یک|دو|سه|چهار|پنج)?\s?شنبه\b|(?:\d{1,4}\s+)?جمعه\b|[\d/.:\-\s]+$"
)
_LONGEST_TITLE = 160
_FIRST_LINES, _NEAR_START = 40, 12


def service(preamble: list[Line], statements: list[Statement]) -> Service:
    """The service's title and codes; null where the text gives only the agreement's own name."""
    texts = [line.text for line in preamble] + [s.text for s in statements[:_FIRST_LINES]]
    code, sub_code = _codes(texts, len(preamble))
    named = [line.text for line in preamble]
    named += [s.text for s in statements[:_FIRST_LINES] if s.section != "definitions"]
    title = _labelled(named) or _quoted(preamble) or _beside_name(preamble) or _named_in_body(statements)
    return Service(_tidy_title(title), code, sub_code)


def title(preamble: list[Line], of_service: str | None) -> str | None:
    """The service's title, or else the line that names the agreement."""
    if of_service:
        return of_service
    texts = [_CRUMBS.sub("", line.text) for line in preamble]
    if texts and _TELLS.search(texts[0]):
        # «This is to inform visitors of the Service Level Agreement for …» may run on over a line.
        told = _AGREEMENT_NAME.search(whole := " ".join(texts[:2]))
        return whole[told.start() :].strip(" :.-#") if told else None
    naming = [text for text in texts if _AGREEMENT_NAME.search(text.replace(ZWNJ, " "))]
    if naming:
        # «توافق‌نامه سطح خدمت» above «توافق‌نامه سطح خدمات استانداری …»: the fuller one is the title.
        full = next((text for text in naming if not _is_name(text) and agency_in(text)), naming[0])
        return _once((full if _is_name(naming[0]) else naming[0]).strip(" :.-#"))
    first = next((text for text in texts if not _is_chrome(text)), None)
    return first.strip(" :.-#") if first and len(first) <= _LONGEST_TITLE else None


def _is_chrome(text: str) -> bool:
    """A menu, a date, or the number and date above a letter."""
    dated = _DATED.match(search_key(text))
    sentence = Sentence(text)
    return bool(
        dated or sentence.places(listed("page", "chrome")) or sentence.places(listed("page", "letter"))
    )


def kinds(text: str) -> tuple[str, ...]:
    """G2C, G2B, G2G, where the text itself says so."""
    said = {found.upper() for found in _SECTOR.findall(text)}
    sentence = Sentence(text[:20_000])
    said.update(kind for kind, wording in _SECTOR_WORDS.items() if sentence.places(group(wording)))
    return tuple(kind for kind in _SECTOR_WORDS if kind in said)


def _codes(texts: list[str], heading_lines: int) -> tuple[str | None, str | None]:
    code = sub_code = None
    for at, text in enumerate(texts):
        folded = search_key(text)
        for found in _CODE.finditer(folded):
            before = folded[: found.start()]
            labelled = bool(_CODE_LABEL.search(before[-40:]))
            if _NOT_A_CODE.search(before) and not labelled:
                continue
            if _SUB_LABEL.search(before[-40:]):
                sub_code = sub_code or found[1]
            elif (
                labelled
                or _SUB_FOLLOWS.match(folded[found.end() :])
                or (at < heading_lines and len(found[1]) == 11 and found[1][0] == "1")
            ):
                code = code or found[1]
    return code, sub_code


def _labelled(texts: list[str]) -> str | None:
    for text, following in pairwise([*texts, ""]):
        found = _TITLE_LABEL.match(text)
        if found:
            return str(found[1] or found[2])
        if _BARE_LABEL.match(text) and _is_title(following):
            return following
    return None


def _quoted(preamble: list[Line]) -> str | None:
    for line in preamble:
        for found in _QUOTED.finditer(line.text):
            if not agency_in(found[1]) and len(found[1].split()) > 1 and not _is_name(found[1]):
                return found[1]
    return None


def _is_name(text: str) -> bool:
    rest = _AGREEMENT_NAME.sub("", text.replace(ZWNJ, " "))
    return rest != text.replace(ZWNJ, " ") and len(compact(rest)) < 3


def _beside_name(preamble: list[Line]) -> str | None:
    """What stands beside or under the agreement's name, if it is no office, date or word of the page."""
    named = False
    under: list[str] = []
    for line in preamble:
        flat = line.text.replace(ZWNJ, " ")
        name = _AGREEMENT_NAME.search(flat)
        if name and name.start() > _NEAR_START:
            continue
        if name:
            named = True
            under = []
            rest = _AGREEMENT_NAME.sub(" ", line.text.replace(ZWNJ, " "))
            rest = re.sub(r"^[\s:\-–()،]*(?:برای|در خصوص|خدمت|موضوع|for)?\s+|[\s:\-–()،]+$", "", rest)
            if _is_title(rest):
                return restored(rest, line.text)
        elif named and _is_title(flat):
            under.append(line.text)
    return under[-1] if under else None


def _is_title(text: str) -> bool:
    letters = compact(text)
    if (
        text.lstrip()[:1].isdigit()
        or len(letters) < 6
        or len(text.split()) < 2
        or len(text) > 160
        or letters.isdigit()
    ):
        return False
    if agency_in(text) or Sentence(text).places(listed("page", "chrome")):
        return False
    return not re.search(
        r"\d{4}|سطح|گرامی|محترم|عزیز|به شرح|^(?:پرتال|پورتال|وب سایت|سامانه|تارنما|درگاه)\b|استان"
        r"|ویرایش|نسخه|تاریخ|^(?:بخش|فصل|قسمت|ماده|بند|تعهدات|پیوست|صفحه|نوع|کد|part|section|chapter|article)\b",
        text,
    )


def _named_in_body(statements: list[Statement]) -> str | None:
    for statement in statements[:_FIRST_LINES]:
        for found in re.finditer(
            r"(?:تحویل|خدمت|خدمات|service)\s*(?:of\s*)?[\"“«]\s*([^\"“”«»]{6,160}?)\s*[\"”»]", statement.text
        ):
            if not agency_in(found[1]):
                return found[1]
    return None


def _tidy_title(text: str | None) -> str | None:
    if not text:
        return None
    text = _CODE.sub("", _SECTOR.sub("", text))
    text = re.sub(r"\(\s*(?:کد خدمت)?\s*:?\s*\)?$|\(\s*\)|کد (?:یکتای? )?خدمت\s*:?\s*$", "", text)
    return re.sub(r"\s+", " ", text).strip(' :.،-–"«»#') or None


def _once(text: str) -> str:
    """«توافق‌نامه سطح خدمات توافق‌نامه سطح خدمات اداره کل …» says its name once."""
    tokens = text.split()
    for size in range(len(tokens) // 2, 1, -1):
        if tokens[:size] == tokens[size : 2 * size]:
            return " ".join(tokens[size:])
    return text
