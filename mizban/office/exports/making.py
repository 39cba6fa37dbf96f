"""From asking to a sealed file: every change of an export, each conditional on the attempt that makes it."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction

from mizban.core.events.chain import chain_start
from mizban.core.events.models import new_event
from mizban.core.jobs.running import has_failed
from mizban.core.people.actors import Staff
from mizban.core.sealing import cipher, keys

from .models import Export, signature

PLACE = "export"
# Why an export was not made, as pages say it.
REASONS = {
    "no-access": "دیگر به این فهرست دسترسی ندارید.",
    "changed": "نقش یا واحد شما از آن پس تغییر کرده است. خروجی تازه‌ای بگیرید.",
    "failed": "ساختن خروجی به خطا خورد و خطا ثبت شد. یک بار دیگر بخواهید؛ اگر باز نشد، به مسئول سایت بگویید.",
}


class Superseded(Exception):
    """Another worker makes this export now, or nobody wants it any more."""


def ask(actor: Staff, query: Mapping[str, str], *, at: datetime) -> Export:
    """A new export of this list for this person; the caller enqueues its job in the same transaction."""
    return Export.objects.create(
        agency_id=actor.agency_id,
        user_id=actor.user_id,
        query=dict(query),
        seen_as=signature(actor),
        asked_at=at,
    )


def begin(export_id: int) -> Export:
    """Claim an export that is not made yet. Raises Superseded."""
    waiting = Export.objects.filter(pk=export_id).unfinished()
    changed = waiting.update(state=Export.State.RUNNING, attempt=models.F("attempt") + 1, done=0, total=None)
    if not changed:
        raise Superseded
    return Export.objects.select_related("agency", "user").get(pk=export_id)


def advance(export: Export, *, done: int, total: int) -> None:
    """How many rows are written. Raises Superseded once another worker has the export."""
    if not _mine(export).update(done=done, total=total):
        raise Superseded


def fail(export: Export, why: str, *, at: datetime) -> None:
    _mine(export).update(state=Export.State.FAILED, why=why, finished_at=at)


def finish(export: Export, content: bytes, *, by: Staff, rows: int, at: datetime) -> None:
    """Seal and store the file, and write down who took which list away. Raises Superseded."""
    key, wrapped = keys.new_wrapped_key(export.agency_id)
    stored_as = default_storage.save(
        f"exports/{secrets.token_hex(16)}", ContentFile(cipher.seal(key, content, place=PLACE))
    )
    facts = {
        "state": Export.State.DONE,
        "seen_as": signature(by),
        "finished_at": at,
        "done": rows,
        "total": rows,
    }
    try:
        with transaction.atomic():
            made = _mine(export).update(stored_as=stored_as, wrapped_key=wrapped, size=len(content), **facts)
            if not made:
                raise Superseded
            _tell(export, by=by, rows=rows, at=at)
    except BaseException:
        default_storage.delete(stored_as)
        raise


def content_of(export: Export) -> bytes:
    """The file. Raises BrokenSeal, or OSError where it is gone."""
    key = keys.unwrap(export.agency_id, bytes(export.wrapped_key or b""))
    with default_storage.open(export.stored_as, "rb") as stored:
        return cipher.unseal(key, stored.read(), place=PLACE)


def settle(export: Export, *, at: datetime) -> Export:
    """The export as it really stands: one whose job has failed will not be made."""
    if not export.is_over and export.job_id and has_failed(export.job_id):
        fail(export, "failed", at=at)
        export.refresh_from_db()
    return export


def purge(*, at: datetime, at_most: int = 200) -> int:
    """Drop the exports of the day before, row and file. How many."""
    old = list(Export.objects.outdated(at=at)[:at_most])
    for export in old:
        export.delete()
        if export.stored_as:
            default_storage.delete(export.stored_as)
    return len(old)


def _mine(export: Export) -> models.QuerySet[Export]:
    return Export.objects.unfinished().filter(pk=export.pk, attempt=export.attempt)


def _tell(export: Export, *, by: Staff, rows: int, at: datetime) -> None:
    """Names leave the house: the agency's events say with whom, how many and which list."""
    facts: dict[str, Any] = {"query": export.query, "rows": rows}
    new_event(
        agency_id=export.agency_id,
        subject=("export", export.pk),
        number=1,
        previous=chain_start(f"export {export.pk}"),
        kind="list-exported",
        at=at,
        by=by,
        facts=facts,
    ).save()
