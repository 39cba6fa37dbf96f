"""Notifications (ابلاغیه): entered with number, date and file; what follows is a draft, or an end."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from mizban.core.cases.papers import files
from mizban.core.people.actors import Staff
from mizban.core.refusals import Refusal

from .drafting import successor_of
from .models import Agreement, Draft, Notification
from .recording import locked, record
from .refusals import NothingInForce


class KnownNotification(Refusal):
    """This agreement has a notification of this number."""

    code = "notification-known"
    message = "ابلاغیه‌ای با همین شماره برای این توافق‌نامه وارد شده است."


def notify(
    agreement: Agreement,
    *,
    number: str,
    dated_on: date,
    does: str,
    name: str,
    data: bytes,
    by: Staff,
    at: datetime,
) -> Notification:
    """Enter a notification. Raises Malformed for its file, NothingInForce, KnownNotification."""
    media_type = files.check(len(data), data)
    try:
        with transaction.atomic():
            held = locked(agreement.pk)
            if held.in_force is None:
                raise NothingInForce
            made = Notification.objects.create(
                agreement=held,
                number=number,
                dated_on=dated_on,
                does=does,
                file_name=files.short(name),
                media_type=media_type,
                file=data,
                entered_by_id=by.user_id,
                entered_at=at,
            )
            told = {"number": number, "dated": dated_on.isoformat(), "does": made.get_does_display()}
            record(held, "notified", by=by, at=at, **told)
            return made
    except IntegrityError as fault:
        raise KnownNotification from fault


def draft_after(notification: Notification, *, by: Staff, at: datetime) -> Draft:
    """The draft of the version that a notification asks for; the open one where there is one."""
    agreement = notification.agreement
    version = agreement.in_force
    if version is None:
        raise NothingInForce
    return agreement.drafts.open().first() or successor_of(version, by=by, at=at)
