"""Files of a case: checked, encrypted into the file store, handed over from a form to its case, read back."""

import secrets
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from mizban.core.declarations.fields import FORMATS, Field
from mizban.core.events.models import Event
from mizban.core.refusals import FormRefused
from mizban.core.sealing import cipher, keys
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import tidy

from ..models.files import CaseFile

if TYPE_CHECKING:
    from ..models import Case

LARGEST = 5 * 1024 * 1024
FREE_FLOOR = 512 * 1024 * 1024
LONGEST_NAME = 120
GONE = "یکی از فایل‌ها دیگر در این فرم نیست. پیوست‌ها را ببینید و دوباره بفرستید."
SHEET = FORMATS["xlsx"]
MEDIA_TYPES = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    SHEET: (".xlsx",),
}
ZIP = b"PK\x03\x04"
# What a sheet may unpack to; a small file can hold gigabytes of blanks.
LARGEST_UNPACKED = 200 * 1024 * 1024


def waiting_hash(token: str) -> bytes:
    """How the token of a form is kept beside its waiting uploads."""
    return keys.secret_hash("upload token", token)


def media_type_of(data: bytes) -> str:
    """The media type found in the content, whatever the name claims. Raises Malformed for a kind not taken."""
    if data.startswith(ZIP):
        return _sheet(data)
    try:
        matches = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        matches = []
    for media_type, extensions in MEDIA_TYPES.items():
        if any(match.extension in extensions for match in matches):
            return media_type
    raise Malformed("wrong-kind", "این قالب پذیرفته نیست. فایل PDF، JPG یا PNG بفرستید.")


def _sheet(data: bytes) -> str:
    """The media type of a workbook; a ZIP of anything else, a workbook with macros or a bomb is refused."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            inside = {entry.filename: entry.file_size for entry in packed.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise Malformed("wrong-kind", "این فایل باز نمی‌شود. نسخهٔ سالم آن را بفرستید.") from fault
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= set(inside):
        raise Malformed("wrong-kind", "این قالب پذیرفته نیست. فایل PDF، JPG، PNG یا XLSX بفرستید.")
    if any(name.lower().endswith("vbaproject.bin") for name in inside):
        raise Malformed("has-macros", "این فایل ماکرو دارد. آن را با قالب XLSX و بی ماکرو ذخیره کنید.")
    if sum(inside.values()) > LARGEST_UNPACKED:
        raise Malformed("too-large", "این فایل پس از بازشدن بسیار بزرگ است. نسخهٔ کم‌حجم‌تری بفرستید.")
    return SHEET


def check(size: int, data: bytes) -> str:
    """The media type of an acceptable upload. Raises Malformed with what is wrong."""
    if size > LARGEST:
        raise Malformed("too-large", "فایل بیش از ۵ مگابایت است. نسخهٔ کم‌حجم‌تری بفرستید.")
    if not data:
        raise Malformed("empty-file", "این فایل خالی است. فایل دیگری برگزینید.")
    return media_type_of(data)


def keep(
    agency_id: int, field: str, name: str, data: bytes, *, size: int, token: str, at: datetime
) -> CaseFile:
    """Encrypt and store an upload; it waits for its form under `token`. Raises Malformed."""
    media_type = check(size, data)
    refuse_without_room()
    key, wrapped = keys.new_wrapped_key(agency_id)
    stored_as = f"{at:%Y/%m}/{secrets.token_hex(16)}"
    default_storage.save(stored_as, ContentFile(cipher.seal(key, data, place="file")))
    return CaseFile.objects.create(
        agency_id=agency_id,
        token_hash=waiting_hash(token),
        field=field,
        media_type=media_type,
        size=len(data),
        stored_as=stored_as,
        sealed_name=cipher.seal(key, short(name).encode(), place="file name"),
        wrapped_key=wrapped,
        uploaded_at=at,
    )


def refuse_without_room() -> None:
    """Uploads stop before the disk is full: cases without files must go on. Raises Malformed."""
    if settings.DATA.exists() and shutil.disk_usage(settings.DATA).free < FREE_FLOOR:
        raise Malformed(
            "no-room", "اکنون جایی برای فایل تازه نیست. بی‌فایل بفرستید یا کمی بعد دوباره بیازمایید."
        )


def short(name: str) -> str:
    """The bare name, short enough to show, its extension kept."""
    bare = " ".join(tidy(name.replace("\\", "/").rsplit("/", 1)[-1]).split()) or "file"
    return bare if len(bare) <= LONGEST_NAME else f"{bare[: LONGEST_NAME - 12]}…{bare[-10:]}"


def brought(
    fields: Iterable[Field], answers: Mapping[str, Any], files: "Mapping[str, Sequence[CaseFile]]"
) -> "list[CaseFile]":
    """The files of the questions that are asked, given these answers; others are left where they are.

    So is a table that waited for its form: what is filed of it is written anew (`sealed_tables`).
    """
    asked = (field for field in fields if not field.columns and field.is_asked(answers))
    return [file for field in asked for file in files.get(field.name, ())]


def attach(case: "Case", event: Event, brought: Sequence[CaseFile]) -> None:
    """Hand waiting uploads over to the case: their keys are wrapped by the case's key from now on.

    Raises FormRefused for one that was taken off, or brought to another case, a moment ago.
    """
    for file in brought:
        wrapped = cipher.seal(case.key, key_of(file), place=f"file {file.pk}")
        waiting = CaseFile.objects.filter(pk=file.pk, case=None)
        if not waiting.update(wrapped_key=wrapped, case=case, event=event, token_hash=None):
            raise FormRefused({file.field: Malformed("file-gone", GONE)})
        file.wrapped_key, file.case, file.event, file.token_hash = wrapped, case, event, None


def key_of(file: CaseFile) -> bytes:
    """Raises BrokenSeal when the case's key was destroyed."""
    if file.case is None:
        return keys.unwrap(file.agency_id, bytes(file.wrapped_key))
    return cipher.unseal(file.case.key, file.wrapped_key, place=f"file {file.pk}")


def name_of(file: CaseFile) -> str:
    return cipher.unseal(key_of(file), file.sealed_name, place="file name").decode()


def content_of(file: CaseFile) -> bytes:
    """The file as it was sent."""
    with default_storage.open(file.stored_as, "rb") as stored:
        return cipher.unseal(key_of(file), stored.read(), place="file")


def drop(file: CaseFile) -> None:
    """Delete a waiting upload and, once that is certain, its bytes."""
    stored_as = file.stored_as
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(stored_as))
