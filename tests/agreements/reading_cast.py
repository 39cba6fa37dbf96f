"""The texts the reader is tested on, read once a run."""

from datetime import date
from functools import cache
from pathlib import Path

from mizban.lib.text import compact_key
from mizban.office.agreements.reading import Reading, read_file

TEXTS = Path(__file__).parent / "texts"
TODAY = date(2026, 11, 20)  # 1405/08/29
PUBLISHED = {
    "S0": "000_2a070af21faceaf0.txt",
    "S1": "001_0f10398a8ff2d8a9.txt",
    "S2": "002_568b7523ef70813d.txt",
    "S3": "003_baad5504f4c0ae4e.txt",
    "S4": "004_e2ef9951ffffa943.txt",
}


@cache
def read(name: str) -> Reading:
    """The reading of one of the texts, by file name or by the id of clauses.md."""
    return read_file(TEXTS / PUBLISHED.get(name, name), today=TODAY)


def same(one: str | None, other: str | None) -> bool:
    """Whether two wordings are one but for blanks, half-spaces and letter forms."""
    return compact_key(one or "") == compact_key(other or "")


def holds(text: str | None, part: str) -> bool:
    """Whether a text holds a wording, but for blanks, half-spaces and letter forms."""
    return compact_key(part) in compact_key(text or "")
