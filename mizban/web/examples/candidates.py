"""Answers that may be right, by kind of question: the declared example first, then others to try."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import cleaned
from mizban.core.declarations.kinds import KINDS
from mizban.lib import jalali
from mizban.lib.identifiers import iban
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import tidy

SENTENCE = "این متن نمونه است. "
MOST_OPTIONS = 12
# Days to try, from today: by-laws ask for days past and to come, and for one after another.
DAYS = (0, -1, -30, -365, 1, 30, 90, 365, -3 * 365)
AMOUNTS = (1_000_000, 10_000_000, 1_000_000_000, 0)
NUMBERS = (1, 2, 3, 12, 1400, 0)
TREASURY = "0100000004001234567890"
SAMPLES: dict[str, tuple[str, ...]] = {
    "national_id": ("0065123492", "1367458218"),
    "legal_id": ("10380284790",),
    "foreign_id": ("105123456789",),
    "mobile": ("09141234567",),
    "landline": ("041-33334444",),
    "postal_code": ("5166616471",),
    "iban": (f"IR{iban.check_digits(TREASURY)}{TREASURY}", "IR270170000000100324200001"),
    "vin": ("NAAM01CA5DE123456", "NAAM01CA5DE123457"),
    "plate": ("12 الف 345 ایران 15", "12 ب 345 ایران 15"),
    "plot": ("1617 فرعی از 72 اصلی",),
    "economic_code": ("10380284790",),
    "deposit_id": ("384012740001234",),
    "bill": ("123456700114/1500050515",),
}
ADDRESS = {
    "province": "آذربایجان شرقی",
    "city": "تبریز",
    "street": "خیابان ارتش جنوبی، پلاک ۱۲",
    "postal_code": "5166616471",
}


def candidates(field: Field, *, today: date) -> list[Any]:
    """Right answers to this question taken alone, likeliest first; empty for files and for a choice of nothing.

    `today` is Tehran's. What is right together with other answers, only the whole form can say.
    """
    declared = [field.example] if field.example else []
    tried = [*_typed(field, declared), *MAKERS.get(field.kind, _samples)(field, today)]
    right = [answer for answer in tried if _is_right(field, answer, today=today)]
    return [answer for place, answer in enumerate(right) if answer not in right[:place]]


def _is_right(field: Field, answer: Any, *, today: date) -> bool:
    try:
        cleaned(field, answer, today=today)
    except Malformed:
        return False
    return True


def _typed(field: Field, declared: Iterable[str]) -> list[Any]:
    """Examples as a declaration writes them, in the type a program sends."""
    try:
        found = [KINDS[field.kind].clean(field, example) for example in declared]
    except Malformed:
        return []
    if field.kind == "date":
        return [jalali.iso(date.fromisoformat(day)) for day in found]
    if field.kind in ("number", "rials", "yes_no", "declaration", "choices"):
        return found
    # As people write it, in the digits of the schema's pattern.
    return [example if field.kind in ("text", "long_text") else tidy(example) for example in declared]


def _samples(field: Field, _today: date) -> list[Any]:
    return list(SAMPLES.get(field.kind, ()))


def _text(field: Field, _today: date) -> list[Any]:
    text = "نمونه" if field.kind == "text" else SENTENCE.strip()
    while len(text) < field.min_length:
        text = f"{text} {SENTENCE.strip()}"
    return [text[: field.max_length].strip() if field.max_length else text, "12345", "1"]


def _number(field: Field, _today: date) -> list[Any]:
    bounds = [bound for bound in (field.least, field.most) if bound]
    return [*bounds, *(AMOUNTS if field.kind == "rials" else NUMBERS)]


def _date(_field: Field, today: date) -> list[Any]:
    return [jalali.iso(today + timedelta(days=days)) for days in DAYS]


def _choice(field: Field, _today: date) -> list[Any]:
    return [option.value for option in field.options[:MOST_OPTIONS]]


def _choices(field: Field, today: date) -> list[Any]:
    return [[value] for value in _choice(field, today)]


def _yes_no(_field: Field, _today: date) -> list[Any]:
    return [False, True]


def _declaration(_field: Field, _today: date) -> list[Any]:
    return [True]


def _period(_field: Field, today: date) -> list[Any]:
    """A year that is over, one that has begun, one to come."""
    spans = ((-730, -365), (-180, 180), (30, 395))
    return [
        {"from": jalali.iso(today + timedelta(days=first)), "until": jalali.iso(today + timedelta(days=last))}
        for first, last in spans
    ]


def _address(_field: Field, _today: date) -> list[Any]:
    return [dict(ADDRESS)]


def _rows(field: Field, today: date) -> list[Any]:
    """As many rows as there must be, each with what it cannot do without."""
    found = [_row(field, today, number) for number in range(max(field.least_rows, 1))]
    return [found] if all(found) else []


def _row(field: Field, today: date, number: int) -> dict[str, Any]:
    """A row of a table; its answers differ from those of other rows where they have to. Empty where there is none."""
    row: dict[str, Any] = {}
    known: dict[str, Any] = {}
    for column in field.columns:
        if column.computed or not (column.is_asked(known) and column.is_required(known)):
            continue
        tried = candidates(column, today=today)
        if not tried:
            return {}
        row[column.name] = tried[number % len(tried) if column.name in field.unique else 0]
        known[column.name] = cleaned(column, row[column.name], today=today)
    return row


def _nothing(_field: Field, _today: date) -> list[Any]:
    return []


def _items(field: Field, _today: date) -> list[Any]:
    return [[option.value] for option in field.options[:1]] + [["نمونه"]]


MAKERS: dict[str, Callable[[Field, date], list[Any]]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "rials": _number,
    "date": _date,
    "choice": _choice,
    "unit": _choice,
    "agency": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "declaration": _declaration,
    "period": _period,
    "address": _address,
    "rows": _rows,
    # Nobody types a computed value, and no example can name a case of somebody's.
    "computed": _nothing,
    "case": _nothing,
    "file": _nothing,
    "files": _nothing,
    "items": _items,
}
