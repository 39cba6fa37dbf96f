"""The identity sheet of a service (شناسنامه خدمت), after the ministry's form, from its declaration alone."""

import re
from collections.abc import Iterable, Sequence

from mizban.core.declarations.grammar import APPLICANT_KINDS, OFFICE, Declaration, State, Target
from mizban.core.declarations.mandates import REPRESENTATIONS
from mizban.lib.text import persian_digits
from mizban.office.agreements.words import amount

from .on_paper import Group, Part
from .times import figure_of

AUDIENCES = {
    "G2C": "خدمت به شهروندان (G2C)",
    "G2B": "خدمت به کسب‌وکار (G2B)",
    "G2G": "خدمت به دیگر دستگاه‌های دولتی (G2G)",
}
TURNS = {"office": "اداره", "applicant": "متقاضی", "party": "دستگاه دیگر", "nobody": "هیچ‌کس"}
_WORDS = re.compile(r"(\s+|[()])")
Rows = Iterable[tuple[str, Sequence[str]]]


def sheet(service: Declaration, *, agency: str, unit: str, portal: str) -> list[Part]:
    """The sheet's parts; a row that is not declared is left out. `unit` is the name of the unit that does the work."""
    identity, open_ = service.identity, [state for state in service.states.values() if not state.closed]
    return [
        _part("۱. خدمت و ارائه‌دهنده", [
            ("عنوان خدمت", [service.title]),
            ("شناسهٔ خدمت", [identity.code]),
            ("دستگاه ارائه‌دهنده", [agency]),
            ("واحد مسئول", [unit]),
            ("نشانی در درگاه", [portal]),
        ]),
        _part("۲. مشخصات خدمت", [
            ("شرح خدمت", [service.summary]),
            ("نوع خدمت", [AUDIENCES[kind] for kind in identity.kinds]),
            ("ماهیت و سطح", [" · ".join(filter(None, (identity.nature, identity.level)))]),
            ("خدمت‌گیرندگان", ["، ".join(APPLICANT_KINDS[kind] for kind in service.applicants)]),
            ("به جای متقاضی", ["، ".join(REPRESENTATIONS[kind] for kind in service.representation)]),
            ("زیرخدمت‌ها", _labels(service)),
            ("مدارک لازم", identity.documents),
            ("قوانین و مقررات بالادستی", identity.laws),
        ]),
        _part("۳. جزئیات خدمت", [
            ("متوسط زمان ارائه", [identity.average_time]),
            ("شمار در سال", [f"{identity.yearly_count:,}".replace(",", "٬") if identity.yearly_count else ""]),
            ("مراجعهٔ حضوری", [identity.visits]),
            ("هزینه", [identity.price]),
            ("زمان پرکردن فرم", [f"حدود {identity.minutes_to_fill} دقیقه" if identity.minutes_to_fill else ""]),
            ("راه‌های دسترسی", identity.channels),
        ]),
        _part("۴. مهلت‌ها", [(_name(each, service), [amount(figure_of(each))]) for each in service.targets.values()]),
        _part("۵. دستگاه‌های دیگر", [(each.label, _owed(each.name, service)) for each in service.parties.values()]),
        _part("۶. فرایند خدمت", [
            *((f"{number}. {state.label}", [_whose(state)]) for number, state in enumerate(open_, start=1)),
            ("پایان‌های ممکن", ["، ".join(state.label for state in service.states.values() if state.closed)]),
        ]),
    ]  # fmt: skip


def filled(found: Iterable[Part]) -> list[Part]:
    """The parts that say something, numbered anew."""
    kept = [part for part in found if part.groups[0].rows]
    return [
        Part(persian_digits(f"{number}. {part.heading.partition('. ')[2]}"), part.groups)
        for number, part in enumerate(kept, start=1)
    ]


def _part(heading: str, rows: Rows) -> Part:
    said = [(persian_digits(label), tuple(filter(None, map(_spoken, values)))) for label, values in rows]
    return Part(heading, (Group(rows=tuple((label, values) for label, values in said if values)),))


def _spoken(value: str) -> str:
    # «G2G» and addresses keep their digits.
    return "".join(
        part if part.isascii() and not part.isdigit() else persian_digits(part)
        for part in _WORDS.split(value)
    )


def _labels(service: Declaration) -> list[str]:
    field = service.field(service.title_from) if service.title_from else None
    return [each.label for each in field.options] if field else []


def _name(target: Target, service: Declaration) -> str:
    if target.label:
        return target.label
    if target is service.answer_target:
        others = any(each.when and not each.label for each in service.targets.values())
        return "پاسخ: دیگر درخواست‌ها" if others else "پاسخ"
    field = service.field(target.when.name) if target.when and target.when.op == "is" else None
    labels = (
        [each.label for each in field.options if target.when and each.value == target.when.wanted]
        if field
        else []
    )
    return f"پاسخ: {labels[0]}" if labels else "پاسخ در موردهای ویژه"


def _owed(role: str, service: Declaration) -> list[str]:
    owed = [
        each
        for each in service.targets.values()
        if each.owed_by not in (OFFICE,) and each.owed_by.endswith(f":{role}")
    ]
    return [f"{each.label or 'پاسخ'}: {amount(figure_of(each))}" for each in owed] or [
        "اگر لازم باشد گام خود را برمی‌دارد"
    ]


def _whose(state: State) -> str:
    """Whose turn it is, and whether the office's clock runs."""
    turn = f"در انتظار {state.waits_for}" if state.waits_for else f"نوبت {TURNS[state.turn]}"
    return f"{turn}؛ ساعت اداره می‌ایستد" if state.clock_stopped else turn
