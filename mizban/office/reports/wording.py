"""The data of a report in words, as its paper has them. Takes what `facts.facts_of` gives; asks nothing else."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mizban.lib.jalali import local, spoken, spoken_time
from mizban.lib.text import persian_digits
from mizban.office.agreements.words import OBLIGORS, STATES

NONE = "–"
VERDICTS = {
    "met": "رعایت شد",
    "missed": "رعایت نشد",
    "observed": "دیده می‌شود",
    "no_data": "داده‌ای نیست",
    "not_measurable": "سنجش‌پذیر نیست",
}
# What stands in the table of a chapter; the others say why they have no number.
COUNTED = ("met", "missed", "observed")
# So much of a clause is enough to know it by.
SHORT = 130
HAPPENINGS = (
    ("breaches", "پرونده‌هایی که مهلت آن‌ها گذشت"),
    ("apologies", "پوزش‌خواهی از متقاضی با موعد تازه"),
    ("reopened", "پرونده‌های بسته که دوباره به جریان افتاد"),
    ("resets", "کد یک‌بارمصرف برای رمز گم‌شده"),
    ("resets_used", "از آن‌ها به کار رفت"),
    ("codes_recovered", "کد رهگیری بازیافته"),
    ("complaints", "شکایت‌های رسیده"),
    ("complaints_answered", "از آن‌ها تا پایان ماه پاسخ گرفت"),
)
KINDS = {"fault": "نقص فنی", "telecom": "قطعی مخابرات"}
Words = dict[str, Any]


def month_name(on: date) -> str:
    """«مهر ۱۴۰۵»."""
    return spoken(on, weekday=False).split(" ", 1)[1]


def number(value: int) -> str:
    """A count with groups of three."""
    return persian_digits(f"{value:,}").replace(",", "٬")


def share(numerator: int, denominator: int) -> str:
    """A share as a percentage, cut and never rounded up: «۹۵٪», two places only close under a hundred."""
    part = Decimal(100 * numerator) / denominator
    places = 2 if 99 < part < 100 else 0
    cut = int(part * 10**places) / Decimal(10**places)
    return persian_digits(f"{cut.normalize():f}").replace(".", "٫") + "٪"


def moment(written: str) -> str:
    """A moment as the data have it, by Tehran's clock: «۲۰ مهر ۱۴۰۵، ۹:۱۰»."""
    at = datetime.fromisoformat(written)
    return f"{spoken(local(at).date(), weekday=False)}، {spoken_time(at)}"


def duration(minutes: int) -> str:
    """«۴۵ دقیقه», «۱ ساعت و ۳۰ دقیقه»."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} ساعت"] * bool(hours) + [f"{rest} دقیقه"] * bool(rest or not hours)
    return persian_digits(" و ".join(parts))


def cards(facts: Words) -> list[Words]:
    """The summary on top, each number with that of the month before."""
    now, before = facts["summary"], facts["before"]
    return [
        _card(number(now["arrived"]), "پروندهٔ رسیده", number(before["arrived"])),
        _card(number(now["answered"]), "پروندهٔ پاسخ‌گرفته", number(before["answered"])),
        _card(_in_time(now), "پاسخ در مهلت", _in_time(before)),
        _card(_median(now), "میانهٔ روز کاری", _median(before)),
        _card(number(now["late"]), "پاسخ دیر", number(before["late"])),
        _card(
            number(facts["happenings"]["reopened"]),
            "دوباره به جریان",
            number(facts["happenings_before"]["reopened"]),
        ),
    ]


def chapters(facts: Words) -> list[Words]:
    """One for each version of an agreement: what was measured, and what was not, with the reason."""
    return [_chapter(each) for each in facts["agreements"]]


def missed(facts: Words) -> list[Words]:
    """The clauses that were not kept, of all agreements, for those who read one page only."""
    return [
        {
            "of": persian_digits(f"توافق‌نامهٔ {agreed['number']}، ")
            + (f"بند {_place(each)}" if each["place"] else "عنوان"),
            "text": _shortened(persian_digits(each["text"])),
            "share": share(each["numerator"], each["denominator"]) if each["denominator"] else _said(each),
            "target": _percent(each["target"]),
        }
        for agreed in facts["agreements"]
        for each in agreed["figures"]
        if each["verdict"] == "missed"
    ]


def happenings(facts: Words) -> list[tuple[str, str, str]]:
    """What else happened: its name, this month, the month before."""
    return [
        (label, number(facts["happenings"][name]), number(facts["happenings_before"][name]))
        for name, label in HAPPENINGS
    ]


def outages(facts: Words) -> list[tuple[str, ...]]:
    """When, what, how long, how soon it was told, and the evidence where there is one."""
    return [
        (
            moment(each["from"]),
            KINDS.get(each["kind"], each["kind"]),
            duration(each["minutes"]),
            _until_told(each["minutes_to_tell"]),
            persian_digits(each["evidence"]) or NONE,
        )
        for each in facts["outages"]
    ]


def maintenance(facts: Words) -> list[tuple[str, ...]]:
    """When, until when, what, and whether it was announced in time."""
    return [
        (
            moment(each["from"]),
            moment(each["until"]),
            persian_digits(each["what"]),
            f"دیر: {persian_digits(each['late_reason'])}" if each["late_reason"] else "به‌هنگام",
        )
        for each in facts["maintenance"]
    ]


def rests_on(facts: Words) -> list[str]:
    """What the numbers stand on, so that nobody reads more into them."""
    until = facts["counted_until"]
    return [
        f"رویدادها تا {moment(until)} شمرده شده و این گزارش در {moment(facts['made_at'])} ساخته شده است."
        if until
        else "هنوز هیچ رویدادی شمرده نشده است.",
        "هر رقم از رویدادهای ثبت‌شده شمرده می‌شود و هر که رویدادها را دارد می‌تواند آن را دوباره بشمارد.",
        "آنچه سنجیده نشده نه رعایت به شمار می‌آید و نه تخلف. آنچه بر عهدهٔ متقاضی است تنها دیده می‌شود.",
        "داده‌های کامل این گزارش، همان که امضا می‌شود، به نام figures.json پیوست همین فایل است.",
    ]


def _until_told(minutes: int | None) -> str:
    if minutes is None:
        return "اعلام نشد"
    return duration(minutes) if minutes else "همان دم"


def _card(value: str, label: str, before: str) -> Words:
    return {"number": value, "label": label, "before": f"ماه پیش: {before}"}


def _in_time(summary: Words) -> str:
    if not summary["in_time"] + summary["late"]:
        return NONE
    return share(summary["in_time"], summary["in_time"] + summary["late"])


def _median(summary: Words) -> str:
    days = summary["median_days"]
    return NONE if days is None else persian_digits(f"{days:.1f}".removesuffix(".0")).replace(".", "٫")


def _chapter(agreed: Words) -> Words:
    figures = agreed["figures"]
    counts = agreed["counts"]
    until = agreed["valid_until"]
    state = STATES[agreed["state"]][0]
    return {
        "title": agreed["title"],
        "number": persian_digits(agreed["number"]),
        "under": persian_digits(f"توافق‌نامهٔ {agreed['number']}، نسخهٔ {agreed['version']}، {state}")
        + (f"، اعتبار تا {spoken(date.fromisoformat(until), weekday=False)}" if until else ""),
        "counts": [(verdict, VERDICTS[verdict], persian_digits(counts[verdict])) for verdict in VERDICTS],
        "rows": [_row(each) for each in figures if each["verdict"] in COUNTED],
        "without": list(_without(figures, "no_data")),
        "unmeasured": list(_without(figures, "not_measurable")),
    }


def _row(figure: Words) -> Words:
    return {
        "place": _place(figure),
        "text": persian_digits(figure["text"]),
        "obligor": OBLIGORS.get(figure["obligor"], ""),
        "title": figure["title"],
        "figure": _said(figure),
        "share": share(figure["numerator"], figure["denominator"]) if figure["denominator"] else NONE,
        "target": _percent(figure["target"]) if figure["verdict"] in ("met", "missed") else NONE,
        "before": share(**figure["before"]) if figure["before"] else NONE,
        "verdict": figure["verdict"],
        "word": VERDICTS[figure["verdict"]],
        "note": figure["detail"],
    }


def _said(figure: Words) -> str:
    if not figure["denominator"]:
        return NONE
    return f"{number(figure['numerator'])} از {number(figure['denominator'])}"


def _shortened(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …"


def _percent(target: float | None) -> str:
    return NONE if target is None else share(round(target * 10_000), 10_000)


def _without(figures: Sequence[Words], verdict: str) -> Iterator[Words]:
    """The clauses that have no figure, with the reason."""
    for each in figures:
        if each["verdict"] == verdict:
            yield {
                "place": _place(each),
                "text": persian_digits(each["text"]),
                "why": persian_digits(each["why"]),
            }


def _place(figure: Words) -> str:
    """The clause by its place in the text; the title has none."""
    return persian_digits(figure["place"]) if figure["place"] else "عنوان"
