"""How much a visitor may send: one address fills no disk, and a busy counter behind one address goes on."""

from datetime import datetime, timedelta

from django.db.models import Count, Sum

from mizban.lib.identifiers.malformed import Malformed

from ..models.sendings import Sending

WINDOW = timedelta(hours=1)
MOST_BYTES, MOST_FILES = 300 * 1024 * 1024, 300


def spend(sender: bytes, size: int, *, at: datetime) -> None:
    """Count one more file of `size` bytes for whoever sends it (a keyed hash). Raises Malformed for one too many."""
    found = (
        Sending.objects.since(at - WINDOW).filter(sender=sender).aggregate(n=Count("pk"), bytes=Sum("size"))
    )
    if found["n"] >= MOST_FILES or (found["bytes"] or 0) + size > MOST_BYTES:
        raise Malformed(
            "too-much-at-once",
            "در یک ساعت گذشته از این نشانی فایل‌های بسیاری آمد. "
            "یک ساعت دیگر دوباره بفرستید، یا درخواست را بی‌فایل ثبت کنید.",
        )
    Sending.objects.create(sender=sender, size=size, at=at)


def forget(*, at: datetime) -> int:
    """Drop what counts no more. How many."""
    return Sending.objects.before(at - WINDOW).delete()[0]
