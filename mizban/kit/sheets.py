"""Lists as xlsx: right to left, row by row to disk, and every text a text, never a formula or a link."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

Cell = str | int | float | None
LONGEST_CELL = 32_767
WIDEST, NARROWEST = 60, 10


def sheet(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, folder: Path | None = None
) -> bytes:
    """An xlsx file of one sheet. `rows` are taken once and none is kept; passing files lie in `folder` (0700)."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="sheet-") as passing:
        path = Path(passing) / "sheet.xlsx"
        _write(path, passing, title, headings, rows)
        return path.read_bytes()


def _write(
    path: Path, passing: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    import xlsxwriter  # noqa: PLC0415  # for sheets only, and every process would load it

    options = {
        "constant_memory": True,
        "tmpdir": passing,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet(title[:31])
        page.right_to_left()
        page.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            page.set_column(column, column, min(WIDEST, max(NARROWEST, len(heading) + 6)))
        page.write_row(0, 0, headings, book.add_format({"bold": True, "bottom": 1}))
        # «=1+1» that an applicant wrote stays a text, also when somebody edits the cell; codes keep their zeros.
        as_text = book.add_format({"num_format": "@"})
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, column, value[:LONGEST_CELL], as_text)
                elif value is not None:
                    page.write_number(number, column, value)
