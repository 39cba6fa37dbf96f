"""Letters of telecom: checked, encrypted under a key of their own, written into the outage's events, read back."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from mizban.core.cases.papers import files
from mizban.core.events.journal import append
from mizban.core.people.actors import Actor
from mizban.core.sealing import cipher, keys
from mizban.lib.identifiers.malformed import Malformed

from .models import EvidenceLetter, Outage
from .outages import SUBJECT

PLACE, NAME_PLACE = "evidence letter", "evidence letter name"


def keep(outage: Outage, *, name: str, data: bytes, by: Actor, at: datetime) -> EvidenceLetter:
    """The letter, once: the same file again is the one that is kept. Raises Malformed for what is no picture or PDF."""
    media_type = files.check(len(data), data)
    if media_type == files.SHEET:
        raise Malformed("wrong-kind", "نامه را PDF، JPG یا PNG بفرستید.")
    files.refuse_without_room()
    digest = hashlib.sha256(data).hexdigest()
    key, wrapped = keys.new_wrapped_key(outage.agency_id)
    with _stored(cipher.seal(key, data, place=PLACE), at=at) as stored_as, transaction.atomic():
        Outage.objects.select_for_update().get(pk=outage.pk)
        if known := EvidenceLetter.objects.filter(outage=outage, sha256=digest).first():
            default_storage.delete(stored_as)
            return known
        made = EvidenceLetter.objects.create(
            outage=outage,
            media_type=media_type,
            size=len(data),
            sha256=digest,
            stored_as=stored_as,
            sealed_name=cipher.seal(key, files.short(name).encode(), place=NAME_PLACE),
            wrapped_key=wrapped,
            kept_by=by.spoken_name,
            kept_at=at,
        )
        facts = {"sha256": digest, "size": made.size, "media_type": media_type}
        append(outage.agency_id, (SUBJECT, outage.pk), "evidence_letter_kept", facts, by=by, at=at)
    return made


@contextmanager
def _stored(sealed: bytes, *, at: datetime) -> Iterator[str]:
    """Where it lies; nowhere any more should what follows fail."""
    stored_as = default_storage.save(f"{at:%Y/%m}/{secrets.token_hex(16)}", ContentFile(sealed))
    try:
        yield stored_as
    except BaseException:
        default_storage.delete(stored_as)
        raise


def content_of(letter: EvidenceLetter) -> bytes:
    """The file as it was sent. Raises BrokenSeal, or OSError where it is gone."""
    with default_storage.open(letter.stored_as, "rb") as stored:
        return cipher.unseal(_key_of(letter), stored.read(), place=PLACE)


def name_of(letter: EvidenceLetter) -> str:
    """Raises BrokenSeal."""
    return cipher.unseal(_key_of(letter), letter.sealed_name, place=NAME_PLACE).decode()


def _key_of(letter: EvidenceLetter) -> bytes:
    return keys.unwrap(letter.outage.agency_id, bytes(letter.wrapped_key))
