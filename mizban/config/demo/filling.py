"""Valid answers to any declared form: one maker a kind of question, and another try where a rule says no."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from mizban.core.declarations.conditions import Condition
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.kinds import KINDS
from mizban.lib.jalali import numeric, to_jalali

from . import crowd

TRIES = 40
OFTEN = 0.7
# Nobody types what is computed, and a case of somebody else cannot be named.
UNTYPED = ("computed", "case")
# Not changed one by one: amounts belong together, and an agency must be one that acts.
STEADY = ("rials", "agency", "unit", "rows")
PAST = ((-60, -1), (-60, -1), (-400, -60))
FUTURE = ((3, 10), (10, 60), (60, 300))
LETTERS = "بجدسصطقلمنوه"
# What a text says, by a word of its question.
PHRASES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("کم است", "نقص", "ناقص"),
        ("امضای ذی‌حساب در نامه", "تصویر خوانای پیوست دوم", "شمارهٔ نامه با متن جور نیست"),
    ),
    (
        ("به چه اعتراض", "دلیل شما"),
        (
            "مدرکی که در پاسخ نبود دانسته شده، پیوست درخواست نخست من بود.",
            "پاسخ به پرسش دیگری داده شده است و دربارهٔ درخواست من چیزی نمی‌گوید.",
            "مبلغ با آنچه در نامهٔ دستگاه آمده جور نیست؛ نامه را پیوست کرده‌ام.",
        ),
    ),
    (
        ("دلیل", "علت", "چرا"),
        ("مدارک با درخواست جور نیست", "موضوع در صلاحیت این اداره نیست", "با مادهٔ قانونی یادشده سازگار نیست"),
    ),
    (("نشانی", "آدرس"), ("اراک، خیابان ملک، کوچهٔ ۱۲، پلاک ۷", "تبریز، خیابان ارتش جنوبی، پلاک ۴۸")),
    (
        ("سمت", "مقام"),
        ("مدیرکل", "معاون توسعهٔ مدیریت و منابع", "رئیس ادارهٔ پشتیبانی"),
    ),
    (("جا", "محل", "مکان"), ("ساختمان مرکزی، طبقهٔ ۲، اتاق ۲۱۴", "تبریز، خیابان ارتش جنوبی، طبقهٔ نخست")),
    (("ساعت",), ("۹ تا ۱۱", "۱۰ تا ۱۲")),
    (("شرکت", "دستگاه", "گیرنده"), crowd.BODIES),
    (("نام", "کارشناس", "نماینده", "تحویل"), ("بهرام نجفی", "سودابه کریمی", "ناصر فراهانی", "شیرین صادقی")),
    (("خودرو", "سیستم", "تیپ", "نوع"), ("سمند ال‌ایکس", "پژو ۴۰۵", "نیسان وانت", "تندر ۹۰")),
    (("رنگ",), ("سفید", "نقره‌ای", "خاکستری")),
    (("کاربری",), ("اداری", "آموزشی", "خدماتی")),
    (("موتور", "شماره", "کد"), ("1245873", "88214/5", "40217", "5512/98")),
    (
        ("نظر", "پاسخ", "توضیح", "شرح", "متن", "نتیجه"),
        (
            "مدارک بررسی شد و با سوابق دستگاه جور است؛ اقدام بعدی در همین پرونده نوشته می‌شود.",
            "موضوع با کارشناس دستگاه در میان گذاشته شد و آنچه خواسته شده بود فرستاده شد.",
            "بر پایهٔ مدارک پیوست، درخواست کامل است و دلیلی برای رد آن نیست.",
        ),
    ),
)
REMARKS = ("خوانا نیست", "با نامهٔ دستگاه جور نیست", "ناقص است", "")
ANY = (
    "به پیوست نامهٔ دستگاه فرستاده شد؛ خواهشمند است اقدام لازم انجام شود.",
    "با احترام، مدارک لازم پیوست است.",
)


@dataclass(frozen=True, slots=True)
class Pen:
    """Whoever fills a form: the dice, the day it is, who files, and how often a rule said no before."""

    dice: Random
    today: date
    known: Mapping[str, str] = field(default_factory=dict)
    attempt: int = 0


def wishes(condition: Condition | None, dice: Random) -> list[tuple[str, str]]:
    """Answers under which a simple condition holds."""
    match condition:
        case Condition(op="all", parts=parts):
            return [wish for part in parts for wish in wishes(part, dice)]
        case Condition(op="any", parts=parts):
            return wishes(dice.choice(parts), dice)
        case Condition(op="is" | "in", name=name, wanted=wanted):
            value = dice.choice(wanted) if isinstance(wanted, tuple) else wanted
            return [(name, {True: "yes", False: "no"}.get(value, str(value)))]
        case _:
            return []


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of a form that are typed, the `whole` with what is computed from them, and the rules over it."""

    fields: tuple[Field, ...]
    checks: tuple[str, ...]
    whole: tuple[Field, ...]

    def wrong(self, raw: Mapping[str, Any], pen: Pen) -> set[str]:
        """The names of the questions these answers do not answer."""
        found = fill(self.whole, raw, checks=self.checks, today=pen.today, known=pen.known)
        return set(found.errors)


def filled(
    fields: Iterable[Field], *, checks: tuple[str, ...], pen: Pen, given: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """Answers as typed that the form takes, files aside; None for a form nobody finds answers to.

    Begins with the declared examples, which fit each other, mends what a rule refuses, then changes what may be
    changed. `given` answers are kept as long as they are taken.
    """
    whole = tuple(each for each in fields if not KINDS[each.kind].is_file)
    paper = Paper(tuple(each for each in whole if each.kind not in UNTYPED), checks, whole)
    given = {
        name: value for name, value in (given or {}).items() if name in {each.name for each in paper.fields}
    }
    for start in (given, {}):
        raw = _valid(paper, pen, start)
        if raw is not None:
            return _varied(paper, raw, pen, keep=start)
    return None


def _valid(paper: Paper, pen: Pen, given: Mapping[str, Any]) -> dict[str, Any] | None:
    raw = {
        # What a case is about decides its way, so every choice comes up; the rest begins as the example has it.
        each.name: MAKERS[each.kind](each, pen)
        if _is_turn(each) or each.prefill == "this-year"
        else each.example or MAKERS[each.kind](each, pen)
        for each in paper.fields
        if each.required or pen.dice.random() < OFTEN
    } | dict(given)
    for attempt in range(1, TRIES):
        wrong = paper.wrong(raw, pen)
        if not wrong:
            return raw
        again = replace(pen, attempt=attempt)
        raw |= {each.name: MAKERS[each.kind](each, again) for each in paper.fields if each.name in wrong}
    return None


def _is_turn(asked: Field) -> bool:
    return asked.kind == "choice" and asked.plain


def _varied(paper: Paper, raw: dict[str, Any], pen: Pen, *, keep: Mapping[str, Any]) -> dict[str, Any]:
    """Other answers where they are taken as well: amounts all together, so that sums stay sums; the rest one by one."""
    kept = _scaled(paper, raw, pen)
    for each in paper.fields:
        if each.name not in kept or each.name in keep or each.kind in STEADY or pen.dice.random() > OFTEN:
            continue
        other = kept | {each.name: MAKERS[each.kind](each, pen)}
        if not paper.wrong(other, pen):
            kept = other
    return kept


def _scaled(paper: Paper, raw: dict[str, Any], pen: Pen) -> dict[str, Any]:
    tenths = pen.dice.randint(2, 40)
    amounts = {each.name for each in paper.fields if each.kind == "rials"}
    other = {
        name: str(int(value) * tenths // 10) if name in amounts and str(value).isdecimal() else value
        for name, value in raw.items()
    }
    return raw if paper.wrong(other, pen) else other


def _text(asked: Field, pen: Pen) -> str:
    said = next((texts for words, texts in PHRASES if any(word in asked.label for word in words)), None)
    if asked.example and (said is None or pen.attempt > 3 or pen.dice.random() < OFTEN):
        return asked.example
    text = pen.dice.choice(said or ANY)
    if len(text) < asked.min_length:
        text = " ".join([text] * (asked.min_length // len(text) + 1))
    return text[: asked.max_length].strip() if asked.max_length else text


def _items(asked: Field, pen: Pen) -> list[dict[str, str]]:
    """One or two questions of the form, or a thing it does not ask."""
    named = pen.dice.sample(asked.options, min(len(asked.options), pen.dice.randint(0, 2)))
    listed = [{"field": each.value, "remark": pen.dice.choice(REMARKS)} for each in named]
    return listed or [{"item": _text(replace(asked, label="نقص"), pen), "remark": ""}]


def _date(asked: Field, pen: Pen) -> str:
    # What people date lies behind them; a rule may want a day to come.
    spans = {"past": PAST, "future": FUTURE}.get(asked.day) or (PAST + FUTURE if pen.attempt else PAST)
    near, far = pen.dice.choice(spans)
    return numeric(pen.today + timedelta(days=pen.dice.randint(near, far)))


def _number(asked: Field, pen: Pen) -> str:
    if asked.prefill == "this-year":
        # Early in a year people still report on the last one; a rule may want that, too.
        return str(to_jalali(pen.today)[0] - pen.attempt % 2)
    if asked.example and pen.dice.random() < OFTEN:
        return asked.example
    low, high = pen.dice.choice(((1, 9), (2, 36), (50, 400), (1390, 1404)))
    low = max(low, asked.least)
    return str(pen.dice.randint(low, max(low, min(high, asked.most or high))))


def _rials(asked: Field, pen: Pen) -> str:
    if asked.example and pen.attempt % 2:
        return asked.example
    return str(pen.dice.randint(2, 900) * 10_000_000)


def _option(asked: Field, pen: Pen) -> str:
    return pen.dice.choice(asked.options).value if asked.options else ""


def _some(asked: Field, pen: Pen) -> list[str]:
    chosen = [option.value for option in asked.options if pen.dice.random() < 0.5]
    return chosen or [asked.options[0].value]


def _plate(_asked: Field, pen: Pen) -> dict[str, str]:
    dice = pen.dice
    letter = "الف" if dice.random() < 0.6 else dice.choice(LETTERS)
    two, three = (str(dice.randint(11, 99)), str(dice.randint(111, 999)))
    parts = {"two": two.replace("0", "4"), "letter": letter, "three": three.replace("0", "7")}
    return parts | {"region": dice.choice(("15", "25", "35", "47", "57"))}


def _vin(_asked: Field, pen: Pen) -> str:
    tail = "".join(pen.dice.choices("0123456789", k=7))
    return f"NA{pen.dice.choice('ABSP')}{pen.dice.choice('ABCDM')}01CA5D{tail}"[:17]


def _rows(asked: Field, pen: Pen) -> list[dict[str, Any]]:
    """A few rows, the first as the examples have it; those that must differ do."""
    columns = [column for column in asked.columns if column.computed is None]
    number = max(asked.least_rows, 1 if pen.attempt or not asked.unique else pen.dice.randint(2, 6))
    return [
        {
            column.name: column.example
            if column.example and column.name not in asked.unique
            else MAKERS[column.kind](column, pen)
            for column in columns
            if column.required or column.example
        }
        for _ in range(number)
    ]


def _period(_asked: Field, pen: Pen) -> dict[str, str]:
    first = pen.today - timedelta(days=pen.dice.randint(400, 500))
    return {"from": numeric(first), "until": numeric(first + timedelta(days=pen.dice.randint(30, 300)))}


def _address(_asked: Field, pen: Pen) -> dict[str, str]:
    street = pen.dice.choice(("خیابان ملک، کوچهٔ ۱۲، پلاک ۷", "خیابان ارتش جنوبی، پلاک ۴۸"))
    return {"province": "مرکزی", "city": "اراک", "street": street, "postal_code": "5166616471"}


def _by(make: Callable[[Random], Any]) -> "Maker":
    return lambda _asked, pen: make(pen.dice)


Maker = Callable[[Field, Pen], Any]
MAKERS: dict[str, Maker] = {
    "text": _text,
    "long_text": _text,
    "items": _items,
    "rows": _rows,
    "period": _period,
    "address": _address,
    "economic_code": _by(lambda dice: crowd.identifier("legal", dice)),
    "deposit_id": _by(lambda dice: str(dice.randint(10**14, 10**15))),
    "bill": _by(lambda _dice: "123456700114/1500050515"),
    "number": _number,
    "rials": _rials,
    "date": _date,
    "choice": _option,
    "choices": _some,
    "unit": _option,
    "agency": _option,
    "yes_no": _by(lambda dice: dice.choice(("yes", "no"))),
    "declaration": _by(lambda _dice: "yes"),
    "national_id": _by(lambda dice: crowd.identifier("natural", dice)),
    "legal_id": _by(lambda dice: crowd.identifier("legal", dice)),
    "foreign_id": _by(lambda dice: crowd.identifier("foreign", dice)),
    "mobile": _by(crowd.mobile),
    "landline": _by(lambda dice: f"0{dice.choice(('86', '41'))}3{dice.randint(2_000_000, 4_999_999)}"),
    "postal_code": _by(lambda dice: dice.choice(("3819953355", "5166616471", "3813688431"))),
    "iban": _by(crowd.bank_account),
    "vin": _vin,
    "plate": _plate,
    "plot": _by(lambda dice: {"main": str(dice.randint(1, 120)), "sub": str(dice.randint(1, 9000))}),
    "email": _by(lambda _dice: "daftar@example.ir"),
}
