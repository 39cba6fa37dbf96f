"""The kinds of field: how what was typed becomes a stored value, and how that value is shown.

A kind is one line of `KINDS`. Cleaning raises `Malformed` with a code for programs and a sentence for people.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mizban.lib import jalali, rials, text
from mizban.lib.identifiers import (
    bill,
    deposit_id,
    economic_code,
    foreign_id,
    iban,
    landline,
    legal_id,
    mobile,
    national_id,
    plate,
    plot,
    postal_code,
    vin,
)
from mizban.lib.identifiers.malformed import Malformed

from . import groups
from .bounds import keep_letters
from .fields import Field
from .items import clean_items, show_items
from .tables import show_rows

Clean = Callable[[Field, Any], Any]
Show = Callable[[Field, Any], str]

LONGEST_LINE = 300
LONGEST_TEXT = 10_000
# What is typed has at most fifteen digits; a number that a program sends has no more.
LARGEST_NUMBER = 10**15


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind is cleaned and shown. `parts` are the names of its boxes where it has several.

    Of a table (`rows`) and of a value nobody types (`computed`) `forms` takes care: they look at other questions.
    """

    clean: Clean
    show: Show
    parts: tuple[str, ...] = ()
    is_file: bool = False


def _typed(raw: Any) -> str:
    if not isinstance(raw, str):
        raise Malformed("not-text", "این پاسخ باید یک نوشته باشد.")
    return raw


def _clean_text(field: Field, raw: Any) -> str:
    longest = field.max_length or (LONGEST_TEXT if field.kind == "long_text" else LONGEST_LINE)
    typed = _typed(raw)
    if len(typed) > longest * 4:
        raise _too_long(longest)
    value = text.tidy(typed)
    if field.kind == "text":
        value = " ".join(value.split())
    if len(value) > longest:
        raise _too_long(longest)
    if len(value) < field.min_length:
        least = text.persian_digits(str(field.min_length))
        raise Malformed("too-short", f"کمی بیشتر بنویسید؛ دست‌کم {least} نویسه لازم است.")
    return keep_letters(field, value)


def _too_long(longest: int) -> Malformed:
    return Malformed(
        "too-long", f"کوتاه‌تر بنویسید؛ بیش از {text.persian_digits(str(longest))} نویسه جا نمی‌گیرد."
    )


def _clean_choice(field: Field, raw: Any) -> str:
    value = _typed(raw)
    if value not in {option.value for option in field.options}:
        raise Malformed("not-an-option", "یکی از گزینه‌های فهرست را برگزینید.")
    return value


def _clean_choices(field: Field, raw: Any) -> list[str]:
    if not isinstance(raw, str | list):
        raise Malformed("not-a-list", "پاسخ این پرسش فهرستی از گزینه‌هاست.")
    values = [_clean_choice(field, value) for value in ([raw] if isinstance(raw, str) else raw)]
    return list(dict.fromkeys(values))


def _clean_yes_no(_field: Field, raw: Any) -> bool:
    if raw in (True, "yes", "on", "true"):
        return True
    if raw in (False, "no", "false"):
        return False
    raise Malformed("not-yes-or-no", "«بله» یا «خیر» را برگزینید.")


def _clean_declaration(field: Field, raw: Any) -> bool:
    if raw in (True, "yes", "on", "true"):
        return True
    raise Malformed("not-accepted", f"برای ادامه لازم است این جمله را بپذیرید: «{field.label}»")


def _clean_number(_field: Field, raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < LARGEST_NUMBER:
        return raw
    if isinstance(raw, int):
        raise Malformed("not-a-number", "یک عدد درست بنویسید؛ نمونه: ۱۲.")
    typed = text.ascii_digits(_typed(raw)).strip()
    if not typed or len(typed) > 15 or not (typed.isascii() and typed.isdigit()):
        raise Malformed("not-a-number", "یک عدد درست بنویسید؛ نمونه: ۱۲.")
    return int(typed)


def _clean_rials(_field: Field, raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= rials.LARGEST_STORED:
        return raw
    try:
        return int(rials.parse(_typed(raw)))
    except Malformed:
        raise
    except ValueError as fault:
        raise Malformed("not-rials", "مبلغ را به ریال و با رقم بنویسید؛ نمونه: ۱٬۰۰۰٬۰۰۰.") from fault


def _clean_date(_field: Field, raw: Any) -> str:
    try:
        return jalali.parse_date(_typed(raw)).isoformat()
    except Malformed:
        raise
    except ValueError as fault:
        message = getattr(fault, "message", "تاریخ را چنین بنویسید: ۱۴۰۵/۰۸/۲۰.")
        raise Malformed(getattr(fault, "code", "not-a-date"), message) from fault


def _by(parse: Callable[[str], str]) -> Clean:
    return lambda _field, raw: parse(_typed(raw))


def _clean_plate(_field: Field, raw: Any) -> str:
    return str(plate.parse(_joined(raw, ("two", "letter", "three", "region"))))


def _clean_plot(_field: Field, raw: Any) -> str:
    if isinstance(raw, dict):
        raw = f"{raw.get('sub') or 0} فرعی از {raw.get('main') or 0} اصلی"
    parsed = plot.parse(_typed(raw))
    return f"{parsed.sub} فرعی از {parsed.main} اصلی"


def _joined(raw: Any, parts: tuple[str, ...]) -> str:
    if isinstance(raw, dict):
        return " ".join(_typed(raw.get(part, "")) for part in parts)
    return _typed(raw)


def _plain(_field: Field, value: Any) -> str:
    return str(value)


def _digits(_field: Field, value: Any) -> str:
    return text.persian_digits(str(value))


def _label(field: Field, value: Any) -> str:
    return field.label_of(value)


def _labels(field: Field, values: Any) -> str:
    return "، ".join(field.label_of(value) for value in values)


def _yes_no(_field: Field, value: Any) -> str:
    return "بله" if value else "خیر"


def _money(_field: Field, value: Any) -> str:
    return f"{rials.grouped(value)} ریال"


def _day(_field: Field, value: Any) -> str:
    return jalali.spoken(date.fromisoformat(value))


def _clean_bill(_field: Field, raw: Any) -> str:
    return bill.parse(_typed(raw)).text


def _bill(_field: Field, value: Any) -> str:
    return bill.show(bill.parse(value))


def _computed(field: Field, value: Any) -> str:
    if field.result == "rials":
        return f"{'−' if value < 0 else ''}{rials.grouped(abs(value))} ریال"
    shown = text.persian_digits(str(value)).replace("-", "−")
    return f"{shown}٪" if field.result == "percent" else shown


def _no_value(_field: Field, _value: Any) -> Any:
    return None


KINDS: dict[str, Kind] = {
    "text": Kind(_clean_text, _plain),
    "long_text": Kind(_clean_text, _plain),
    "number": Kind(_clean_number, _digits),
    "rials": Kind(_clean_rials, _money),
    "date": Kind(_clean_date, _day),
    "choice": Kind(_clean_choice, _label),
    "choices": Kind(_clean_choices, _labels),
    "unit": Kind(_clean_choice, _label),
    "agency": Kind(_clean_choice, _label),
    "yes_no": Kind(_clean_yes_no, _yes_no),
    "declaration": Kind(_clean_declaration, _yes_no),
    "file": Kind(_no_value, _plain, is_file=True),
    "files": Kind(_no_value, _plain, is_file=True),
    "national_id": Kind(_by(national_id.parse), _digits),
    "legal_id": Kind(_by(legal_id.parse), _digits),
    "foreign_id": Kind(_by(foreign_id.parse), _digits),
    "mobile": Kind(_by(mobile.parse), lambda _field, value: mobile.show(value)),
    "landline": Kind(_by(landline.parse), _digits),
    "postal_code": Kind(_by(postal_code.parse), _digits),
    "iban": Kind(_by(iban.parse), lambda _field, value: iban.show(value)),
    "vin": Kind(_by(vin.parse), _plain),
    "plate": Kind(_clean_plate, _digits, parts=("two", "letter", "three", "region")),
    "plot": Kind(_clean_plot, _digits, parts=("main", "sub")),
    "economic_code": Kind(_by(economic_code.parse), _digits),
    "deposit_id": Kind(_by(deposit_id.parse), _digits),
    "bill": Kind(_clean_bill, _bill),
    "period": Kind(groups.clean_period, groups.show_period, parts=groups.PERIOD),
    "address": Kind(groups.clean_address, groups.show_address, parts=groups.ADDRESS),
    "case": Kind(groups.clean_case, groups.show_case, parts=groups.CASE),
    "rows": Kind(_no_value, show_rows),
    "items": Kind(clean_items, show_items),
    "computed": Kind(_no_value, _computed),
}
