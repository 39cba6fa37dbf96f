"""Files of a case: checked, encrypted into the file store, handed over from a form to its case, read back."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import puremagic
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from mizban.core.declarations.fields import Field
from mizban.core.events.models import Event
from mizban.core.sealing import cipher, keys
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import tidy

from .models.files import CaseFile

if TYPE_CHECKING:
    from .models import Case

LARGEST = 5 * 1024 * 1024
LONGEST_NAME = 120
MEDIA_TYPES = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
}


def waiting_hash(token: str) -> bytes:
    """How the token of a form is kept beside its waiting uploads."""
    return keys.secret_hash("upload token", token)


def media_type_of(data: bytes) -> str:
    """The media type found in the content, whatever the name claims. Raises Malformed for a kind not taken."""
    try:
        matches = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        matches = []
    for media_type, extensions in MEDIA_TYPES.items():
        if any(match.extension in extensions for match in matches):
            return media_type
    raise Malformed("wrong-kind", "این قالب پذیرفته نیست. فایل PDF، JPG یا PNG بفرستید.")


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
        sealed_name=cipher.seal(key, _short(name).encode(), place="file name"),
        wrapped_key=wrapped,
        uploaded_at=at,
    )


def _short(name: str) -> str:
    """The bare name, short enough to show, its extension kept."""
    bare = " ".join(tidy(name.replace("\\", "/").rsplit("/", 1)[-1]).split()) or "file"
    return bare if len(bare) <= LONGEST_NAME else f"{bare[: LONGEST_NAME - 12]}…{bare[-10:]}"


def brought(
    fields: Iterable[Field], answers: Mapping[str, Any], files: "Mapping[str, Sequence[CaseFile]]"
) -> "list[CaseFile]":
    """The files of the questions that are asked, given these answers; others are left where they are."""
    return [file for field in fields if field.is_asked(answers) for file in files.get(field.name, ())]


def attach(case: "Case", event: Event, brought: Sequence[CaseFile]) -> None:
    """Hand waiting uploads over to the case: their keys are wrapped by the case's key from now on."""
    for file in brought:
        file.wrapped_key = cipher.seal(case.key, key_of(file), place=f"file {file.pk}")
        file.case, file.event, file.token_hash = case, event, None
        file.save(update_fields=["wrapped_key", "case", "event", "token_hash"])


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
