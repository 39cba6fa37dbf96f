"""A table as lines a reader can follow: «زمان ارائه خدمت | ۱۰ روز کاری», one line a row."""

import re

# Beyond these a table only lays out a page, and its cells are read one after the other.
_LONGEST_ROW, _MOST_CELLS, _TALLEST_CELL = 400, 6, 3
_LONGEST_NAME, _A_PAIR = 6, 2
_NUMBER = re.compile(r"\W*\d{1,3}\W*")


def lines_of_table(rows: list[list[str]]) -> list[str]:
    """One line a row, cells parted by « | »; under a row of names, each cell with its column's name.

    A first column of bare numbers is left out; a table that lays out a page gives a line for each line of its cells.
    """
    if any(_lays_out(row) for row in rows) or all(len(row) < _A_PAIR for row in rows):
        return [line for row in rows for cell in row for line in cell.split("\n")]
    filled = [[" ".join(cell.split()) for cell in row] for row in rows]
    told = [row for row in map(_without_number, filled) if any(row)]
    named = len(told) > 1 and len(told[0]) > _A_PAIR and _are_names(told[0])
    return [_line(row, told[0] if named and at else None) for at, row in enumerate(told)]


def _lays_out(row: list[str]) -> bool:
    tall = any(sum(bool(line.strip()) for line in cell.split("\n")) > _TALLEST_CELL for cell in row)
    return tall or len(row) > _MOST_CELLS or sum(map(len, row)) > _LONGEST_ROW


def _line(row: list[str], names: list[str] | None) -> str:
    if names is None or len(names) != len(row):
        return " | ".join(filter(None, row))
    first, *others = row
    return " | ".join(
        [first, *(f"{name}: {cell}" for name, cell in zip(names[1:], others, strict=True) if cell)]
    )


def _without_number(row: list[str]) -> list[str]:
    numbered = len(row) > _A_PAIR and (_NUMBER.fullmatch(row[0]) or row[0] in ("ردیف", "رديف", "#"))
    return row[1:] if numbered else row


def _are_names(row: list[str]) -> bool:
    return all(
        cell and len(cell.split()) <= _LONGEST_NAME and not any(map(str.isdigit, cell)) for cell in row
    )
