"""Invented people and companies for the demo, with identifiers that pass their checks."""

from collections.abc import Sequence
from random import Random

from mizban.core.declarations.applicants import ANONYMOUS, NAMELESS, Applicant
from mizban.lib.identifiers import iban, legal_id, national_id


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


FIRST = _words(
    "مریم زهرا فاطمه لیلا نرگس سمیرا الهام پریسا شیرین مهناز اعظم طاهره سودابه رعنا آیدا ترانه نیلوفر گلناز",
    "علی محمد حسین رضا مهدی امیر بهروز کاوه داوود یوسف ناصر فرهاد سعید جواد آرش بهنام مجید حمید ایرج صمد",
)
LAST = _words(
    "رضایی کریمی حسینی موسوی احمدی صادقی قربانی نوروزی شریفی رستمی زمانی فراهانی تفرشی محلاتی خمینی ساروقی",
    "باقری اکبری طاهری یزدانی سلطانی عابدی محمودی اسدی نجفی قاسمی هاشمی خلیلی بیگدلی پناهی رهبری شاکری",
)
FOREIGN = ("عبدالله نظری", "گل‌آقا رحیمی", "نورمحمد صافی", "کاظم الجبوری", "ثریا هزاره")
COMPANIES = (
    "شرکت ساختمانی پارس اراک",
    "شرکت راه‌سازی آذر پی",
    "شرکت مهندسی آب‌راه کویر",
    "شرکت حمل بار سنگین مرکزی",
    "شرکت فنی سازه‌گستر تبریز",
    "تعاونی مسکن فرهنگیان خنداب",
    "شرکت تولیدی آلومینیوم شازند",
    "شرکت خدمات شهری سبز راه",
)
BODIES = (
    "شهرداری خمین",
    "دانشگاه علوم پزشکی شاهین‌دژ",
    "ادارهٔ کل دامپزشکی استان",
    "ادارهٔ کل ورزش و جوانان استان",
    "شرکت آب منطقه‌ای استان",
)


def applicant(kind: str, dice: Random, *, agencies: Sequence[tuple[str, str]] = ()) -> Applicant:
    """Somebody of this kind of applicant; of agencies, one of those known here by name and legal id."""
    if kind == "agency" and agencies:
        return Applicant(kind, *dice.choice(agencies), mobile(dice))
    if kind == ANONYMOUS:
        return Applicant(kind, NAMELESS, "", "")
    return Applicant(kind, _name(kind, dice), identifier(kind, dice), mobile(dice))


def person(dice: Random) -> str:
    """«مریم رضایی»."""
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"


def _name(kind: str, dice: Random) -> str:
    match kind:
        case "legal":
            return dice.choice(COMPANIES)
        case "agency":
            return dice.choice(BODIES)
        case "foreign":
            return dice.choice(FOREIGN)
        case _:
            return person(dice)


def identifier(kind: str, dice: Random) -> str:
    """An identifier in its stored form: of a person, of a foreign person, else of a company or a body."""
    if kind == "natural":
        first = f"{dice.randint(1, 699):03}{dice.randint(100_000, 999_998)}"
        return first + national_id.check_digit(first)
    if kind == "foreign":
        return f"1{dice.randint(0, 10**11 - 1):011}"
    first = f"10{dice.randint(10_000_000, 99_999_999)}"
    return first + legal_id.check_digit(first)


def mobile(dice: Random) -> str:
    return f"+989{dice.choice('139')}{dice.randint(0, 99_999_999):08}"


def bank_account(dice: Random) -> str:
    """An IBAN at the bank where the treasury keeps its accounts."""
    bban = f"0170000000{dice.randint(10**11, 10**12 - 1)}"
    return f"IR{iban.check_digits(bban)}{bban}"
