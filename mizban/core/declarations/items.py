"""What a return names as missing: questions of the form, and things it has no question for, each with a remark."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import persian_digits, tidy

from .fields import Field

MOST = 30
LONGEST_LABEL, LONGEST_REMARK = 150, 500


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is missing: the question `field`, or with an empty one what `label` says."""

    field: str
    label: str
    remark: str = ""

    @property
    def spoken(self) -> str:
        return f"{self.label} ({self.remark})" if self.remark else self.label


def clean_items(field: Field, raw: Any) -> list[dict[str, str]]:
    """Items as stored: their labels are kept, so that they read the same whatever becomes of the form.

    `raw` is a list of names of questions or free texts, or of {`field` or `item`, `remark`}. Raises Malformed.
    """
    typed = raw if isinstance(raw, list | tuple) else [raw]
    if len(typed) > MOST:
        raise Malformed("too-many-items", f"بیش از {persian_digits(str(MOST))} مورد در یک برگشت جا نمی‌گیرد.")
    found = {item.field or item.label: item for item in (_item(field, each) for each in typed) if item}
    if not found and field.required:
        raise Malformed("required", f"در «{field.label}» دست‌کم یک مورد را نام ببرید.")
    return [asdict(item) for item in found.values()]


def _item(field: Field, raw: Any) -> Item | None:
    """One item; None for a line left empty."""
    if isinstance(raw, Mapping):
        which, remark = raw.get("field") or raw.get("item") or "", raw.get("remark") or ""
    else:
        which, remark = raw, ""
    if not isinstance(which, str) or not isinstance(remark, str):
        raise Malformed("not-an-item", "هر مورد نام یک پرسش فرم یا یک نوشته است، با توضیحی برای آن.")
    label, remark = _line(which, LONGEST_LABEL), _line(remark, LONGEST_REMARK)
    known = {option.value: option.label for option in field.options}
    if which in known:
        return Item(which, known[which], remark)
    if isinstance(raw, Mapping) and raw.get("field"):
        raise Malformed("not-an-option", "پرسشی که نام برده‌اید در این درخواست نیست یا برگشت‌پذیر نیست.")
    if not label:
        return None
    if len(label) < 2:
        raise Malformed("too-short", "نام مورد را روشن‌تر بنویسید.")
    return Item("", label, remark)


def _line(typed: str, longest: int) -> str:
    text = " ".join(tidy(typed[: longest * 4]).split())
    if len(text) > longest:
        raise Malformed(
            "too-long", f"کوتاه‌تر بنویسید؛ بیش از {persian_digits(str(longest))} نویسه جا نمی‌گیرد."
        )
    return text


def show_items(_field: Field, value: Any) -> str:
    """«شمارهٔ نامه (خوانا نیست)، تصویر پشت کارت»; texts of before there was a list stay as they are."""
    return value if isinstance(value, str) else "، ".join(item.spoken for item in read_items(value))


def read_items(value: Any) -> list[Item]:
    """Stored items as objects."""
    return [Item(**each) for each in value]
