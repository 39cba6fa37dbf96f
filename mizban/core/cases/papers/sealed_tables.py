"""The rows of a table: a file of its case that Mizban wrote itself, sealed in chunks, so that its first rows are quick.

An event keeps of a table what `declarations.tables.stub` says; the file waits, is handed over and erased like uploads.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mizban.core.declarations.fields import Field
from mizban.core.declarations.tables import CleanRows, Rows, stub
from mizban.core.sealing import cipher, keys
from mizban.lib.jalali import local

from ..models.files import CaseFile
from .files import key_of, refuse_without_room, short, waiting_hash

TABLE = "application/vnd.mizban.table"
CHUNK = 500
LENGTH_BYTES = 4
Tables = list[tuple[Field, Rows]]


def parted(fields: Iterable[Field], answers: Mapping[str, Any]) -> tuple[dict[str, Any], Tables]:
    """The answers as an event keeps them, and the tables that are kept beside it."""
    tables = [(field, answers[field.name]) for field in fields if field.columns and field.name in answers]
    return {**answers, **{field.name: stub(field, rows) for field, rows in tables}}, tables


def keep_all(agency_id: int, tables: Tables, *, at: datetime) -> list[CaseFile]:
    """Store these tables; they wait, for an hour at most, to be attached to the event that brings them."""
    return [keep(agency_id, field, rows, token=secrets.token_urlsafe(16), at=at) for field, rows in tables]


def keep(agency_id: int, field: Field, rows: Rows, *, token: str, at: datetime) -> CaseFile:
    """Seal and store cleaned rows; they wait under the token of their form. Raises Malformed on a full disk."""
    refuse_without_room()
    key, wrapped = keys.new_wrapped_key(agency_id)
    head = {"rows": len(rows), "columns": _print_of(field), "day": local(at).date().isoformat()}
    packed = b"".join(_packed(key, [head, *_chunks(rows)]))
    stored_as = f"{at:%Y/%m}/{secrets.token_hex(16)}"
    default_storage.save(stored_as, ContentFile(packed))
    return CaseFile.objects.create(
        agency_id=agency_id,
        token_hash=waiting_hash(token),
        field=field.name,
        media_type=TABLE,
        size=len(packed),
        stored_as=stored_as,
        sealed_name=cipher.seal(key, short(f"{field.label}.xlsx").encode(), place="file name"),
        wrapped_key=wrapped,
        uploaded_at=at,
    )


def rows_of(file: CaseFile, *, most: int | None = None) -> Rows:
    """The rows of a table, or the first `most` of them. Raises BrokenSeal, FileNotFoundError."""
    key = key_of(file)
    found: Rows = []
    with default_storage.open(file.stored_as, "rb") as stored:
        for number, chunk in enumerate(_sealed(stored)):
            if number == 0:
                continue
            if most is not None and len(found) >= most:
                break
            found += cipher.unseal_json(key, chunk, place=_place(number))
    return found[:most]


def waiting_rows(file: CaseFile, field: Field, *, at: datetime) -> Rows:
    """The rows of a draft; as clean as they were if the columns and the day are still the same. Raises BrokenSeal."""
    with default_storage.open(file.stored_as, "rb") as stored:
        head = cipher.unseal_json(key_of(file), next(_sealed(stored)), place=_place(0))
    rows = rows_of(file)
    is_same = head["columns"] == _print_of(field) and head["day"] == local(at).date().isoformat()
    return CleanRows(rows) if is_same else rows


def _chunks(rows: Rows) -> Iterator[Rows]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))


def _packed(key: bytes, parts: Sequence[Any]) -> Iterator[bytes]:
    """Each part sealed at its place, so that none can be left out or moved, after its length."""
    for number, part in enumerate(parts):
        sealed = cipher.seal_json(key, part, place=_place(number))
        yield len(sealed).to_bytes(LENGTH_BYTES, "big") + sealed


def _sealed(stored: IO[bytes]) -> Iterator[bytes]:
    while length := stored.read(LENGTH_BYTES):
        yield stored.read(int.from_bytes(length, "big"))


def _place(number: int) -> str:
    return f"table part {number}"


def _print_of(field: Field) -> str:
    """Changes with what the columns are and allow."""
    facts = (field.columns, field.unique, field.least_rows, field.most_rows)
    return sha256(json.dumps(repr(facts)).encode()).hexdigest()
