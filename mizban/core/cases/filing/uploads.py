"""Files that programs send before their case: held under an unguessable id, then claimed once."""

import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from mizban.core.sealing import cipher, keys

from ..models.files import CaseFile
from ..models.uploads import Upload
from ..papers.files import check, refuse_without_room, short

PLACE = "waiting upload"


def hold(name: str, data: bytes, *, size: int, sent_by: int | None, at: datetime) -> Upload:
    """Encrypt and store an upload; `sent_by` is the user whose token came with it. Raises Malformed."""
    media_type = check(size, data)
    refuse_without_room()
    key = cipher.new_key()
    stored_as = f"{at:%Y/%m}/{secrets.token_hex(16)}"
    default_storage.save(stored_as, ContentFile(cipher.seal(key, data, place="file")))
    return Upload.objects.create(
        sent_by=sent_by,
        media_type=media_type,
        size=len(data),
        stored_as=stored_as,
        sealed_name=cipher.seal(key, short(name).encode(), place="file name"),
        wrapped_key=cipher.seal(keys.purpose_key(PLACE), key, place=PLACE),
        uploaded_at=at,
    )


def claim(
    upload_id: int, *, field: str, agency_id: int, sent_by: int | None, at: datetime
) -> CaseFile | None:
    """The upload as a file for `field` of a form of this agency, or None where there is no such upload for `sent_by`.

    It can be claimed once; the caller's transaction undoes the claim if the form is refused.
    """
    with transaction.atomic():
        upload = Upload.objects.claimable(at=at, sent_by=sent_by).filter(pk=upload_id).first()
        # Of two claims at once, the one whose delete finds the row has it.
        if upload is None or not Upload.objects.filter(pk=upload_id).delete()[0]:
            return None
        key = cipher.unseal(keys.purpose_key(PLACE), upload.wrapped_key, place=PLACE)
        return CaseFile.objects.create(
            agency_id=agency_id,
            field=field,
            media_type=upload.media_type,
            size=upload.size,
            stored_as=upload.stored_as,
            sealed_name=bytes(upload.sealed_name),
            wrapped_key=keys.wrap(agency_id, key),
            uploaded_at=upload.uploaded_at,
        )


def drop_left_behind(*, at: datetime, most: int) -> int:
    """Delete up to `most` uploads that nobody came for, with their bytes; how many."""
    dropped = 0
    for upload in Upload.objects.left_behind(at=at)[:most]:
        # Claimed in this moment: its bytes are a case's now.
        if Upload.objects.filter(pk=upload.pk).delete()[0]:
            default_storage.delete(upload.stored_as)
            dropped += 1
    return dropped
