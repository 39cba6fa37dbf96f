"""A table of rows: every cell cleaned as a question of its own, every error with its row and its column."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mizban.lib import rials
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import persian_digits

from .fields import Field

if TYPE_CHECKING:
    from .forms import Filled

MOST_ROWS = 5_000
# So many errors are said in words; a program is given every one of them.
MOST_SAID = 8
# Errors beyond this are counted no more: a file of another shape is wrong in every cell.
MOST_WRONG = 500
# Kinds a column can be of: each is one box, or one cell of a sheet.
COLUMN_KINDS = (
    "text", "number", "rials", "date", "choice", "yes_no", "national_id", "legal_id", "foreign_id", "mobile",
    "landline", "postal_code", "iban", "vin", "plate", "plot", "economic_code", "deposit_id", "bill", "computed",
)  # fmt: skip

NO_COLUMN = "این جدول چنین ستونی ندارد."

Row = dict[str, Any]
Rows = list[Row]


class CleanRows(list[Row]):
    """Rows that were cleaned before and have lain sealed since: for drafts; what is filed is cleaned once more."""


class MalformedRows(Malformed):
    """What is wrong in a table; `cells` by index of the row (from 0) and name of the column."""

    def __init__(self, field: Field, cells: Mapping[tuple[int, str], Malformed]) -> None:
        labels = {column.name: column.label for column in field.columns}
        said = [
            f"سطر {_fa(row + 1)}، {labels.get(name, name)}: {fault.message.rstrip('.')}"
            for (row, name), fault in list(cells.items())[:MOST_SAID]
        ]
        more = len(cells) - len(said)
        rest = f". و {_fa(more)} خطای دیگر" if more > 0 else ""
        super().__init__("rows-refused", f"{'؛ '.join(said)}{rest}.")
        self.cells = dict(cells)
        self.first = f"{said[0]}." if said else ""


def clean_rows(field: Field, raw: Any, fill_row: "Callable[[Row], Filled]") -> Rows:
    """The rows that have anything in them. Raises Malformed for too few or too many, MalformedRows for their cells."""
    if isinstance(raw, CleanRows):
        return raw
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        raise Malformed("not-a-list", "پاسخ این پرسش فهرستی از سطرهاست.")
    written = [(number, row) for number, row in enumerate(raw) if is_written(row)]
    _keep_number(field, len(written))
    rows: Rows = []
    cells: dict[tuple[int, str], Malformed] = {}
    known = {column.name for column in field.columns}
    for number, row in written:
        filled = fill_row(row)
        unknown = {str(name): Malformed("unknown", NO_COLUMN) for name in set(row) - known}
        cells |= {(number, name): fault for name, fault in (unknown | filled.errors).items()}
        rows.append(filled.answers)
        if len(cells) > MOST_WRONG:
            break
    cells = cells or _alike(field, written, rows)
    if cells:
        raise MalformedRows(field, cells)
    return rows


def is_written(row: Mapping[str, Any]) -> bool:
    """Whether anything was typed in this row."""
    return any(value.strip() if isinstance(value, str) else value is not None for value in row.values())


def _keep_number(field: Field, number: int) -> None:
    most, least = field.most_rows or MOST_ROWS, max(field.least_rows, 1)
    if number > most:
        raise Malformed("too-many-rows", f"جدول بیش از {_fa(most)} سطر دارد؛ در چند درخواست بفرستید.")
    if number < least:
        raise Malformed("too-few-rows", f"جدول دست‌کم {_fa(least)} سطر می‌خواهد.")


def _alike(field: Field, written: Sequence[tuple[int, Row]], rows: Rows) -> dict[tuple[int, str], Malformed]:
    """Rows that repeat another in a column declared unique."""
    found = {}
    for name in field.unique:
        first: dict[Any, int] = {}
        for (number, _), row in zip(written, rows, strict=True):
            if name in row and (before := first.setdefault(row[name], number)) != number:
                found[number, name] = Malformed("repeated", f"در سطر {_fa(before + 1)} هم آمده است.")
    return found


def stub(field: Field, rows: Rows) -> dict[str, Any]:
    """What an event keeps of a table: how many rows, the sums of its numbers, and the hash of its content.

    The rows themselves are a sealed file of the case (core/cases/sealed_tables).
    """
    numbers = [column.name for column in field.columns if column.kind in ("number", "rials", "computed")]
    content = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "rows": len(rows),
        "sums": {name: sum(row.get(name, 0) for row in rows) for name in numbers},
        "sha256": hashlib.sha256(content.encode()).hexdigest(),
    }


def show_rows(field: Field, value: Any) -> str:
    """How many rows there are, and the sums of their amounts; of rows, or of what an event kept of them."""
    kept = stub(field, value) if isinstance(value, list) else value
    sums = [
        f"{_sum_of(column.label)} {rials.grouped(kept['sums'][column.name])} ریال"
        for column in field.columns
        if _is_amount(column) and column.name in kept["sums"]
    ]
    return "؛ ".join([f"{_fa(kept['rows'])} سطر", *sums])


def _sum_of(label: str) -> str:
    return label if label.startswith("جمع") else f"جمع {label}"


def _is_amount(column: Field) -> bool:
    return column.kind == "rials" or (column.kind == "computed" and column.result == "rials")


def _fa(number: int) -> str:
    return persian_digits(str(number))
