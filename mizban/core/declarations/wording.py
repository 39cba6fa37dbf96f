"""What a declaration says, in Persian, for a site officer: who takes a step, when something holds, how long it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from mizban.lib.text import persian_digits

from .conditions import Condition
from .fields import Field
from .grammar import ASSIGNEE, PARTY, UNIT, Declaration, Step

WHO = {
    "applicant": "متقاضی",
    "expert": "کارشناس",
    "head": "رئیس واحد",
    "director": "مدیرکل",
    "site_officer": "مسئول سایت",
    "system": "خود سامانه",
    ASSIGNEE: "کارشناس پرونده",
}
UNITS = {"working_days": "روز کاری", "working_minutes": "دقیقهٔ کاری"}
TURNS = {"office": "اداره", "applicant": "متقاضی", "party": "دستگاه دیگر", "nobody": "هیچ‌کس"}
TESTS = {
    "is": "«{name}» {wanted} باشد",
    "in": "«{name}» {wanted} باشد",
    "greater": "«{name}» بیش از {wanted} باشد",
    "less": "«{name}» کمتر از {wanted} باشد",
    "contains": "در «{name}»، {wanted} باشد",
}


def amount(within: int, unit: str) -> str:
    """«۱۰ روز کاری»."""
    return f"{persian_digits(f'{within:,}').replace(',', '٬')} {UNITS[unit]}"


def taker(who: str, declaration: Declaration) -> str:
    """«رئیس واحد»; another agency by the name of its part."""
    party = declaration.parties.get(who.removeprefix(PARTY)) if who.startswith(PARTY) else None
    if who.startswith(UNIT):
        return f"واحد {who.removeprefix(UNIT)}"
    return party.label if party else WHO.get(who, who)


def takers(step: Step, declaration: Declaration) -> str:
    """«کارشناس یا رئیس واحد»."""
    return " یا ".join(taker(who, declaration) for who in step.by)


def condition(held: Condition | None, fields: Iterable[Field]) -> str:
    """«اگر «مالک هستم» خیر باشد»; always for none."""
    by_name = {field.name: field for field in fields}
    return f"اگر {_said(held, by_name)}" if held else "همیشه"


def _said(held: Condition, fields: Mapping[str, Field]) -> str:
    match held.op:
        case "all" | "any":
            joined = (" و " if held.op == "all" else " یا ").join(_said(part, fields) for part in held.parts)
            return f"({joined})" if len(held.parts) > 1 else joined
        case "not":
            return f"نه چنین که {_said(held.parts[0], fields)}"
        case "answered":
            name = _name(held.name, fields)
            return f"به «{name}» پاسخ داده شده باشد" if held.wanted else f"به «{name}» پاسخ داده نشده باشد"
        case _:
            wanted = held.wanted if isinstance(held.wanted, tuple) else (held.wanted,)
            words = " یا ".join(_answer(value, fields.get(held.name)) for value in wanted)
            return TESTS.get(held.op, "«{name}» {wanted} باشد").format(
                name=_name(held.name, fields), wanted=words
            )


def _name(name: str, fields: Mapping[str, Field]) -> str:
    return fields[name].label if name in fields else name


def _answer(value: Any, field: Field | None) -> str:
    if isinstance(value, bool):
        return "«بله»" if value else "«خیر»"
    if isinstance(value, int):
        return persian_digits(f"{value:,}").replace(",", "٬")
    return f"«{field.label_of(str(value)) if field else value}»"
