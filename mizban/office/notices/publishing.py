"""A notice written, published, ended: each an event of the notice, by whom and when."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.events.journal import append
from mizban.core.people.actors import Actor
from mizban.core.refusals import Refusal

from .models import Kind, Notice
from .standing import forget

SUBJECT = "notice"


class AlreadyPublished(Refusal):
    """What the public has read is not changed under its eyes: it is ended, and another one written."""

    code = "notice-already-published"
    message = "این اطلاعیه منتشر شده و دیگر تغییر نمی‌کند؛ آن را پایان دهید و اطلاعیهٔ تازه‌ای بنویسید."


class NotStanding(Refusal):
    """It is a draft, or it ended before."""

    code = "notice-not-standing"
    message = "این اطلاعیه اکنون منتشر نیست."


class NoticeEndsBeforeItBegins(Refusal):
    code = "notice-ends-before-it-begins"
    status = 422
    message = "پایان باید پس از آغاز باشد."


class NoticeOver(Refusal):
    """Nobody would ever read it on a page."""

    code = "notice-over"
    status = 422
    message = "زمان پایان این اطلاعیه گذشته است."


@dataclass(frozen=True, slots=True)
class Text:
    """What a notice says, and when what it tells of holds (aware UTC; None leaves that end open)."""

    heading: str
    text: str = ""
    kind: str = Kind.NOTICE
    from_at: datetime | None = None
    until_at: datetime | None = None


@transaction.atomic
def write(agency: Agency, text: Text, *, by: Actor, at: datetime, notice: Notice | None = None) -> Notice:
    """A new draft, or other words for one. Raises AlreadyPublished, NoticeEndsBeforeItBegins."""
    if text.from_at and text.until_at and text.until_at <= text.from_at:
        raise NoticeEndsBeforeItBegins
    if notice and not Notice.objects.drafts().filter(pk=notice.pk).exists():
        raise AlreadyPublished
    kept = notice or Notice(agency=agency)
    kept.kind, kept.heading, kept.text = text.kind, text.heading, text.text
    kept.from_at, kept.until_at = text.from_at, text.until_at
    kept.save()
    _record(kept, "notice_changed" if notice else "notice_written", by=by, at=at)
    return kept


@transaction.atomic
def publish(notice: Notice, *, by: Actor, at: datetime) -> None:
    """From now on it stands on every page of the office. Raises AlreadyPublished, NoticeOver."""
    if notice.is_over(at=at):
        raise NoticeOver
    release(notice, by=by, at=at)


@transaction.atomic
def release(notice: Notice, *, by: Actor, at: datetime) -> None:
    """Published, even where what it tells of is over: the record of an outage found late. Raises AlreadyPublished."""
    if not Notice.objects.drafts().filter(pk=notice.pk).update(published_at=at):
        raise AlreadyPublished
    notice.published_at = at
    _record(notice, "notice_published", by=by, at=at)
    _seen()


@transaction.atomic
def end(notice: Notice, *, until_at: datetime, by: Actor, at: datetime) -> None:
    """It holds until `until_at` (aware) only; what was to come is called off. Raises NotStanding."""
    if notice.published_at is None or (notice.until_at and notice.until_at <= until_at):
        raise NotStanding
    # One that tells of something to come never began: it ends with what it told of, as the table asks for.
    called_off = notice.from_at is not None and notice.from_at >= until_at
    notice.from_at = None if called_off else notice.from_at
    notice.until_at = until_at
    notice.save(update_fields=["from_at", "until_at"])
    _record(notice, "notice_ended", by=by, at=at)
    _seen()


@transaction.atomic
def drop(notice: Notice, *, by: Actor, at: datetime) -> None:
    """A draft nobody wants. Raises AlreadyPublished."""
    if not Notice.objects.drafts().filter(pk=notice.pk).exists():
        raise AlreadyPublished
    _record(notice, "notice_dropped", by=by, at=at)
    Notice.objects.filter(pk=notice.pk).delete()


def _record(notice: Notice, kind: str, *, by: Actor, at: datetime) -> None:
    """The words themselves are public; the event keeps them as they were when it happened."""
    if notice.agency_id is None:
        return  # of the whole site: events belong to an agency
    span = {
        name: value.isoformat()
        for name, value in (("from_at", notice.from_at), ("until_at", notice.until_at))
        if value
    }
    facts = {"kind": str(notice.kind), "heading": notice.heading, "text": notice.text, **span}
    append(notice.agency_id, (SUBJECT, notice.pk), kind, facts, by=by, at=at)


def _seen() -> None:
    forget()
    # Another thread may look between now and the commit, and keep what stood before for some seconds.
    transaction.on_commit(forget)
