"""Kinds of several boxes: a period, an address, another case. How what was typed becomes one stored value."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mizban.core.agencies.provinces import PROVINCES
from mizban.lib import jalali, text
from mizban.lib.codes import CODE_LENGTH, in_groups, is_tracking_code, tidy_code
from mizban.lib.identifiers import postal_code
from mizban.lib.identifiers.malformed import Malformed

PERIOD = ("from", "until")
ADDRESS = ("province", "city", "street", "postal_code")
# A case of somebody else is named with its password; `proof` stands for one that was right (core/cases/references).
CASE = ("code", "password", "proof")
ADDRESS_LABELS = {"province": "استان", "city": "شهر", "street": "نشانی", "postal_code": "کد پستی"}
LONGEST = {"city": 60, "street": 300}
SHORTEST = {"city": 2, "street": 5}


def clean_period(_field: Any, raw: Any) -> dict[str, str]:
    """First and last day, both Gregorian in ISO form. Raises Malformed, for one that ends before it begins, too."""
    parts = _parts(raw, PERIOD)
    first, last = (_day(name, parts[key]) for name, key in (("آغاز", "from"), ("پایان", "until")))
    if last < first:
        raise Malformed("ends-before", "پایان دوره پیش از آغاز آن است؛ دو تاریخ را ببینید.")
    return {"from": first.isoformat(), "until": last.isoformat()}


def show_period(_field: Any, value: Mapping[str, str]) -> str:
    first, last = (jalali.spoken(date.fromisoformat(value[key]), weekday=False) for key in PERIOD)
    return f"از {first} تا {last}"


def clean_address(_field: Any, raw: Any) -> dict[str, str]:
    """Province (one of the 31), city, street and postal code. Raises Malformed, naming the part."""
    parts = {key: " ".join(text.tidy(typed[:2000]).split()) for key, typed in _parts(raw, ADDRESS).items()}
    empty = [label for key, label in ADDRESS_LABELS.items() if not parts[key]]
    if empty:
        raise Malformed("incomplete", f"این‌ها را هم بنویسید: {'، '.join(empty)}.")
    if parts["province"] not in PROVINCES:
        raise Malformed("not-an-option", "استان را از فهرست برگزینید.")
    for key, longest in LONGEST.items():
        if not SHORTEST[key] <= len(parts[key]) <= longest:
            least, most = text.persian_digits(str(SHORTEST[key])), text.persian_digits(str(longest))
            raise Malformed("wrong-length", f"{ADDRESS_LABELS[key]} از {least} تا {most} نویسه است.")
    return {**parts, "postal_code": postal_code.parse(parts["postal_code"])}


def show_address(_field: Any, value: Mapping[str, str]) -> str:
    place = f"استان {value['province']}، {value['city']}، {value['street']}"
    return text.persian_digits(f"{place}، کد پستی {value['postal_code']}")


def clean_case(_field: Any, raw: Any) -> dict[str, str]:
    """The named code, and what shows that its case may be named; whether it may, only core.cases knows.

    Raises Malformed for what can be no code.
    """
    parts = _parts({"code": raw} if isinstance(raw, str) else raw, CASE)
    code = tidy_code(parts["code"])
    if not is_tracking_code(code):
        length = text.persian_digits(str(CODE_LENGTH))
        raise Malformed("not-a-code", f"کد رهگیری {length} رقم است؛ آن را از روی رسید دوباره بنویسید.")
    return {"code": code, "password": tidy_code(parts["password"]), "proof": parts["proof"][:100]}


def show_case(_field: Any, value: str) -> str:
    return text.persian_digits(" ".join(in_groups(value)))


def _parts(raw: Any, names: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(raw, dict) or not all(isinstance(each, str) for each in raw.values()):
        raise Malformed("not-parts", f"این پاسخ از این بخش‌هاست: {'، '.join(names)}.")
    return {name: raw.get(name, "") for name in names}


def _day(label: str, typed: str) -> date:
    try:
        return jalali.parse_date(typed)
    except ValueError as fault:
        message = getattr(fault, "message", "تاریخ را چنین بنویسید: ۱۴۰۵/۰۸/۲۰.")
        raise Malformed(getattr(fault, "code", "not-a-date"), f"{label}: {message}") from fault
