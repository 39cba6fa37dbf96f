"""Names of offices in a text, where each begins and ends, and the province in it."""

import re
from functools import cache

from mizban.lib.text import ZWNJ

from .keys import compact
from .office_words import office_words

_HEAD = (
    "اداره کل|ادارهکل|سازمان|شرکت|وزارت|شهرداری|دانشگاه|استانداری|فرمانداری|بخشداری|بنیاد|پژوهشگاه|پژوهشکده|موسسه|مؤسسه"
    "|دادگستری|صندوق|بانک|مرکز|معاونت علمی|اداره|جهاد کشاورزی|آموزش و پرورش|دانشکده|دفتر|گمرک"
    "|اتاق اصناف|اتاق بازرگانی|اتاق تعاون|نهاد کتابخانه|شبکه بهداشت|فرماندهی انتظامی"
    "|بیمه مرکزی|منطقه آزاد|منطقه ویژه|ستاد اجرایی"
    "|کمیته امداد|بیمارستان|پارک علم|جمعیت هلال احمر|دهیاری"
)
_NAME = re.compile(
    rf"(?<![آ-ی])(?:{_HEAD})\s+(?:[آ-ی]{{2,}}|و|،(?=\s*[آ-ی]+\s+(?:و|،)))(?:[ ،]+(?:[آ-ی]{{2,}}|و)){{0,10}}"
)
_STOPS = frozenset(
    [
        "مقدمه",
        "هدف",
        "تعاریف",
        "با",
        "به",
        "در",
        "از",
        "که",
        "برای",
        "را",
        "است",
        "می",
        "نمی",
        "این",
        "آن",
        "متعهد",
        "موافقت",
        "وابسته",
        "تابعه",
        "زیر",
        "موظف",
        "مجهز",
        "بصورت",
        "جهت",
        "تا",
        "یا",
        "هر",
        "بر",
        "خود",
        "بوده",
        "شده",
        "باشد",
        "گردد",
        "شود",
        "توسط",
        "طبق",
        "نسبت",
        "حداکثر",
        "ظرف",
        "مسئول",
        "ملزم",
        "مکلف",
        "ضمن",
        "طی",
        "پس",
        "بدون",
        "کلیه",
        "تمامی",
        "خدمت",
        "خدمات",
        "تماس",
        "اعتبار",
        "میان",
        "بین",
        "واقع",
        "کیفیت",
        "مورد",
        "تعهد",
        "می\u200cباشد",
        "نیز",
        "همچنین",
        "سایت",
        "پورتال",
        "پرتال",
        "تارنما",
        "سامانه",
        "اطلاع",
        "شماره",
        "کد",
        "تاریخ",
        "عنوان",
        "هستند",
        "خواهد",
        "دارد",
        "تعهدات",
        "نموده",
        "اقدام",
        "بایستی",
        "باید",
        "بایست",
    ]
)
_GENERIC = frozenset(
    ["مربوط", "مربوطه", "متبوع", "ذی", "مذکور", "فوق", "متقاضی", "ذیربط", "موردنظر", "ما", "شما", "ها", "های"]
)
_CUE = re.compile(
    r"(?:ارائه شده توسط|خدمت دهنده|ارائه دهنده(?: خدمت)?|ارائه کننده(?: خدمت)?|دستگاه اجرایی"
    r"|نام دستگاه|از سوی|میان|مابین|ما بین|فی مابین"
    r"|توسط|سازمان متبوع|نام سازمان)\s*[:：\"«“]*\s*$"
)
_ENGLISH_NAME = re.compile(
    r"\b(?:(?:General )?(?:Directorate|Department|Ministry|Office|Municipality|Organi[sz]ation"
    r"|Administration|University|Bureau) (?:General )?(?:of|for) "
    r"(?:the )?[A-Z][\w-]*(?:(?:,? (?:and|of|the|for)|,)? [A-Z][\w-]*){0,8}"
    r"|(?:[A-Z][\w-]*(?: (?:and|of))? ){1,6}(?:Institute|Organi[sz]ation|Ministry|Office"
    r"|Department|Directorate|Municipality|Company|University|Administration|Authority|Center"
    r"|Centre|Agency|Bank|Committee|Foundation|Meteorology|Commission|Council|Corporation|Governorate|Hospital))\b"
)


_NOT_THE_OFFICE = re.compile(
    r"^(?:.*\b(?:Agreement|Statement|Contract) (?:of|for) )?(?:The |the |This |An? )?"
)


def agency_in(text: str) -> bool:
    """Whether a text names an office."""
    return bool(names(text, english=True))


def names(text: str, *, english: bool) -> list[tuple[str, bool]]:
    flat = text.replace(ZWNJ, " ")
    out = []
    for found in _NAME.finditer(flat):
        name = _bounded(found.group())
        if name:
            written = re.sub(r"^اداره\u200c?کل\b", "اداره کل", restored(name, text))
            out.append((written, bool(_CUE.search(flat[: found.start()]))))
    if english and not out:
        for found in _ENGLISH_NAME.finditer(text):
            name = re.sub(_NOT_THE_OFFICE, "", re.split(r" Services? Level\b", found.group())[0])
            if len(name.split()) > 1 and not re.match(r"(?i)service level|mutual|executive body", name):
                out.append(
                    (
                        name,
                        bool(
                            re.search(
                                r"(?:provided|offered) by (?:the )?$|provider: $", text[: found.start()]
                            )
                        ),
                    )
                )
    return out


def _bounded(name: str) -> str | None:
    """The name up to where it ends: its province, a verb, a preposition, a word that begins something else."""
    tokens = name.split()
    kept: list[str] = []
    for at, token in enumerate(tokens):
        bare = token.strip("،")
        joins = bare == "و" and kept and re.match(rf"(?:{_HEAD})\b", " ".join(tokens[at + 1 : at + 3]))
        if joins or (bare in _STOPS and kept and not _AND_SERVICES.match(" ".join(tokens[at - 1 : at + 2]))):
            break
        kept.append(token)
        ended = _ends_with_province(" ".join(kept))
        if ended:
            return ended.strip(" ،")
    while kept and kept[-1].strip("،") in ("و", "کل"):
        kept.pop()
    text = " ".join(kept).strip(" ،")
    rest = re.sub(rf"^(?:{_HEAD})\s*", "", text).split()
    if not rest or rest[0] in _GENERIC or len(compact(text)) < 6:
        return None
    return text


# «غله و خدمات بازرگانی», «علوم پزشکی و خدمات بهداشتی درمانی»: services that are part of an office's name.
_AND_SERVICES = re.compile(
    r"و خدمات (?:بازرگانی|بهداشتی|درمانی|کشاورزی|پزشکی|رفاهی|مشاوره"
    r"|شهری|عمومی|پشتیبانی|دریایی|ماشینی|حمایتی|مهندسی|پستی|آموزشی)"
)


@cache
def _provinces() -> dict[str, str]:
    return {
        compact(name): name for name in sorted(office_words()["provinces"]["names"], key=len, reverse=True)
    }


def _ends_with_province(text: str) -> str | None:
    letters = compact(text)
    for folded, name in _provinces().items():
        if letters.endswith(folded) and len(text.split()) > len(name.split()) + 1:
            return text
        # «قزوینبا هدف»: the blank after the name was lost.
        glued = re.search(rf"{name}(?=(?:با|به|در|از)$)", text)
        if glued and "استان" in text:
            return text[: glued.end()]
    return None


def province_of(name: str) -> str | None:
    flat = name.replace(ZWNJ, " ")
    letters = compact(flat)
    for folded, written in _provinces().items():
        if letters.endswith(f"استان{folded}"):
            return written
    after = re.search(r"استان\s+([آ-ی]+(?: [آ-ی]+)?)$", flat)
    if after:
        return after[1]
    for folded, written in _provinces().items():
        if letters.endswith(folded) and flat.startswith(("اداره کل", "سازمان", "شرکت", "استانداری")):
            return written
    return None


def restored(part: str, text: str) -> str:
    """The words of `part`, found in `text` without its half-spaces, with the half-spaces they had."""
    at = text.replace(ZWNJ, " ").find(part)
    return text[at : at + len(part)] if at >= 0 else part
