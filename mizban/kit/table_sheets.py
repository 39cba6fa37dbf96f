"""A table of a form as an xlsx file: empty to be filled, filled to be kept, and read again, cell by cell."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from mizban.core.cases.papers.files import LARGEST
from mizban.core.cases.papers.files import check as check_upload
from mizban.core.declarations.fields import FORMATS, Field
from mizban.core.declarations.tables import MOST_ROWS, Rows
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import numeric
from mizban.lib.text import compact_key, persian_digits

from .sheets import Cell, sheet

XLSX = FORMATS["xlsx"]
# 5,000 rows of 20 columns unpack to some 10 MB; what unpacks to more is no table of ours.
LARGEST_UNPACKED = 30 * 1024 * 1024
# A tag costs microseconds, and a file of some kilobytes can hold millions: so many a cell may have, so many a line may
# have cells beside ours, so many lines stand in the smallest table, so many tags in all that is no line.
TAGS_A_CELL, CELLS_BESIDE, FEWEST_LINES, TAGS_BESIDE = 8, 10, 1000, 60_000
SHEETS = ("xl/worksheets/", "xl/sharedStrings.xml")
LONGEST_CELL = 400
# A column people keep for themselves and we have no question for.
COUNTING = compact_key("ردیف")
YES, NO = "بله", "خیر"
# Identifiers a sheet program takes for numbers lose their leading zeros; these have a fixed length to fill up to.
LENGTHS = {"national_id": 10, "legal_id": 11, "mobile": 11, "postal_code": 10}
CHUNK = 1024 * 1024
TOO_LARGE = "این فایل پس از بازشدن بسیار بزرگ است. تنها جدول را در آن نگه دارید."
RawRow = dict[str, str]


def filled_sheet(field: Field, rows: Rows) -> bytes:
    """The rows as people read them, under the headings by which they can be read again."""
    columns = field.columns
    cells = ([_cell(column, row.get(column.name)) for column in columns] for row in rows)
    return sheet(field.label, [column.label for column in columns], cells)


def blank_sheet(field: Field) -> bytes:
    """An empty table to fill in: headings with a word on each, lists to choose from, texts that keep their zeros."""
    written, typed = BytesIO(), _typed(field)
    import xlsxwriter  # noqa: PLC0415  # for sheets only, and every process would load it

    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        page = book.add_worksheet(field.label[:31])
        page.right_to_left()
        page.freeze_panes(1, 0)
        heading, as_text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        for place, column in enumerate(typed):
            page.set_column(place, place, max(14, len(column.label) + 4), as_text)
            page.write_string(0, place, column.label, heading)
            if hint := _hint(column):
                page.write_comment(0, place, hint)
            if labels := _labels(column):
                page.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": labels})
    return written.getvalue()


def read_sheet(field: Field, data: bytes) -> list[RawRow]:
    """The rows of an uploaded workbook as texts by column, as if typed. Raises Malformed for what is no such table."""
    from openpyxl import load_workbook  # noqa: PLC0415  # the same

    if check_upload(len(data), data) != XLSX:
        raise Malformed("wrong-format", "جدول را از فایل XLSX می‌خوانیم. فایل دیگری برگزینید.")
    try:
        _refuse_bombs(field, data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        lines = _lines(book.worksheets[0])
        return _rows(field, lines)
    except Malformed:
        raise
    except Exception as fault:  # a stranger's file: whatever breaks in it, it is one that cannot be read
        raise Malformed("wrong-kind", "این فایل باز نمی‌شود. نسخهٔ سالم آن را بفرستید.") from fault


def _refuse_bombs(field: Field, data: bytes) -> None:
    """Raises Malformed for a small file that would not stay small, or would be read for long."""
    lines = max(field.most_rows or MOST_ROWS, FEWEST_LINES)
    most = lines * (len(field.columns) + CELLS_BESIDE) * TAGS_A_CELL
    with ZipFile(BytesIO(data)) as packed:
        entries = packed.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED or len(data) > LARGEST:
            raise Malformed("too-large", TOO_LARGE)
        in_sheets = beside = 0
        for entry in entries:
            if entry.filename.startswith(SHEETS):
                in_sheets += _tags(packed, entry)
            else:
                beside += _tags(packed, entry)
            if in_sheets > most or beside > TAGS_BESIDE:
                raise Malformed("too-large", TOO_LARGE)


def _tags(packed: ZipFile, entry: ZipInfo) -> int:
    with packed.open(entry) as part:
        return sum(piece.count(b"<") for piece in iter(lambda: part.read(CHUNK), b""))


def _lines(page: Any) -> Iterator[Sequence[Any]]:
    """The lines of a sheet, and two more than a table may have; nothing to the right of what people fill in."""
    # What the sheet says of its own size is not asked.
    page.reset_dimensions()
    lines: Iterator[Sequence[Any]] = page.iter_rows(max_row=MOST_ROWS + 2, max_col=60, values_only=True)
    return lines


def _rows(field: Field, lines: Iterator[Sequence[Any]]) -> list[RawRow]:
    places = _places(field, next(lines, ()))
    rows = [
        {column.name: _text(column, line[place]) for place, column in places.items() if place < len(line)}
        for line in lines
    ]
    while rows and not any(rows[-1].values()):
        rows.pop()
    if len(rows) > MOST_ROWS:
        most = persian_digits(str(MOST_ROWS))
        raise Malformed("too-many-rows", f"جدول بیش از {most} سطر دارد؛ در چند درخواست بفرستید.")
    return rows


def _places(field: Field, headings: Sequence[Any]) -> dict[int, Field]:
    """Which column stands where, by its heading; a heading nobody asked for is refused, not dropped in silence."""
    known = {compact_key(column.label): column for column in field.columns}
    found: dict[int, Field] = {}
    for place, heading in enumerate(headings):
        key = compact_key(str(heading)[:LONGEST_CELL]) if heading is not None else ""
        if key in known:
            found[place] = known[key]
        elif key and key != COUNTING:
            raise Malformed(
                "unknown-column", f"ستون «{str(heading)[:60]}» در این جدول نیست. از الگوی خالی آغاز کنید."
            )
    always = [column for column in _typed(field) if column.required and not column.show_if]
    missing = [column.label for column in always if column not in found.values()]
    if missing:
        raise Malformed("missing-column", f"در سطر نخست فایل این ستون‌ها نیست: {'، '.join(missing)}.")
    return {place: column for place, column in found.items() if column.computed is None}


def _text(column: Field, value: Any) -> str:
    """A cell as a person would type it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() | date():
            return numeric(value.date() if isinstance(value, datetime) else value)
        case int() | float():
            text = str(int(value)) if value == int(value) else str(value)
            return text.zfill(LENGTHS.get(column.kind, 0))
        case _:
            return _chosen(column, str(value)[:LONGEST_CELL].strip())


def _chosen(column: Field, typed: str) -> str:
    """The value of an option named by its label; anything else as it stands."""
    if column.kind == "yes_no":
        return {YES: "yes", NO: "no"}.get(typed, typed)
    by_label = {compact_key(option.label): option.value for option in column.options}
    return by_label.get(compact_key(typed), typed) if by_label else typed


def _cell(column: Field, value: Any) -> Cell:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if column.kind == "date":
        return numeric(date.fromisoformat(value))
    if column.kind == "yes_no":
        return YES if value else NO
    return column.label_of(value) if column.options else str(value)


def _typed(field: Field) -> list[Field]:
    """The columns people fill in."""
    return [column for column in field.columns if column.computed is None]


def _labels(column: Field) -> list[str]:
    """What can be chosen in a cell; a list a sheet program has no room for is typed."""
    labels = [YES, NO] if column.kind == "yes_no" else [option.label for option in column.options]
    return labels if len(",".join(labels)) <= 255 else []


def _hint(column: Field) -> str:
    example = f"نمونه: {persian_digits(column.example)}" if column.example else ""
    return ". ".join(said for said in (column.help.rstrip("."), example) if said)
