"""Mails on their way out: each claimed, handed to the mail server, marked.

A mail is claimed before it is sent and marked after the server took it. Who is killed in between leaves a claim that
runs out: the mail goes out again, under the same Message-ID, by which mailboxes know it. Never lost, seldom twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused

import structlog
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from mizban.core.sealing.cipher import BrokenSeal

from .chosen import is_on
from .models import Delivery, Mailing, Outcome, Subscription
from .models.outgoing import DeliveryQuerySet

BATCH = 100
# Longer than a mail can take: six answers of a server, ten seconds each (EMAIL_TIMEOUT).
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=1)

# What makes a mail of a delivery and its address.
Write = Callable[[Delivery, str], EmailMessage]

log = structlog.get_logger()


class Away(Exception):
    """The mail server is not there, or does not want us: it is no mail's fault."""


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """The server did not take this mail. `code` is SMTP's; `of_mailbox` when it is the address that it refused."""

    code: int
    of_mailbox: bool

    @property
    def is_final(self) -> bool:
        return self.code >= 500


def send(
    write: Write, *, clock: Callable[[], datetime], stopped: Callable[[], bool], most: int = BATCH
) -> int:
    """Send what is due, at most `most` mails. How many were tried; 0 once the server is away, which is not raised."""
    due = list(Delivery.objects.due(at=clock())[:most]) if is_on() else []
    if not due:
        return 0
    server, tried = get_connection(), 0
    try:
        _opened(server)
        for each in due:
            if stopped():
                break
            if _claimed(each, at=clock()):
                tried += 1
                _try(each.pk, server, write, at=clock())
    except Away as away:
        # Its words may quote an address or a password; its kind is enough to look for.
        log.warning("mail server is away", exception=type(away.__cause__).__name__)
        return 0
    finally:
        _closed(server)
    return tried


def _claimed(mail: Delivery, *, at: datetime) -> bool:
    mine = Delivery.objects.filter(pk=mail.pk, outcome="", next_at=mail.next_at)
    return bool(mine.update(next_at=at + LEASE, attempts=F("attempts") + 1))


def _try(mail_id: int, server: BaseEmailBackend, write: Write, *, at: datetime) -> None:
    """One mail, as it stands now: whoever left a moment ago gets none. Raises Away."""
    joined = "mailing__agency", "subscription__agency", "subscription__case__agency"
    mail = Delivery.objects.select_related(*joined).get(pk=mail_id)
    if why := _obsolete(mail, at=at):
        _end(mail, Outcome.FAILED if why == "stale" else Outcome.DROPPED, why, at=at)
        return
    try:
        _handed_over(server, _written(mail, write))
    except BrokenSeal:
        _end(mail, Outcome.DROPPED, "erased", at=at)
    except Refused as refused:
        _refused(mail, refused, at=at)
    except Away:
        _again(mail, "away", at=at)
        raise
    except Exception as fault:  # a mail that cannot be written must not hold up the others
        log.error("a mail could not be written", exception=type(fault).__name__, mail=mail.pk)
        _again(mail, "fault", at=at)
    else:
        _end(mail, Outcome.SENT, "", at=at)


def _obsolete(mail: Delivery, *, at: datetime) -> str:
    """Why it is not sent any more; empty where it is."""
    who, mailing = mail.subscription, mail.mailing
    if mailing and mailing.good_until < at:
        return "stale"
    if who is None or (mailing and not Subscription.objects.standing().filter(pk=who.pk).exists()):
        return "left"
    return ""


def _written(mail: Delivery, write: Write) -> EmailMessage:
    assert mail.subscription is not None  # noqa: S101  # `_obsolete` said so
    return write(mail, mail.subscription.address)


def _opened(server: BaseEmailBackend) -> None:
    try:
        server.open()
    except (SMTPException, OSError) as fault:
        raise Away from fault


def _closed(server: BaseEmailBackend) -> None:
    """Whatever it says: what it took, it took."""
    try:
        server.close()
    except (SMTPException, OSError) as fault:
        log.warning("mail server broke off", exception=type(fault).__name__)


def _handed_over(server: BaseEmailBackend, message: EmailMessage) -> None:
    """Raises Refused for what concerns this mail, Away for all else."""
    try:
        server.send_messages([message])
    except SMTPRecipientsRefused as fault:
        raise Refused(next(iter(fault.recipients.values()))[0], of_mailbox=True) from fault
    except SMTPDataError as fault:
        raise Refused(fault.smtp_code, of_mailbox=False) from fault
    except SMTPNotSupportedError as fault:
        raise Refused(550, of_mailbox=True) from fault
    except (SMTPException, OSError) as fault:
        raise Away from fault


def _refused(mail: Delivery, refused: Refused, *, at: datetime) -> None:
    if not refused.is_final:
        _again(mail, str(refused.code), at=at)
        return
    _end(mail, Outcome.FAILED, str(refused.code), at=at)
    if refused.of_mailbox:
        Subscription.objects.of_address(mail.index).update(bounces=F("bounces") + 1)


def _again(mail: Delivery, why: str, *, at: datetime) -> None:
    """Later, and later each time; at last not at all."""
    if mail.attempts >= MOST_ATTEMPTS:
        _end(mail, Outcome.FAILED, why, at=at)
        return
    pause = min(LONGEST_PAUSE, timedelta(minutes=2 ** (mail.attempts - 1)))
    _mine(mail).update(next_at=at + pause, why=why)


@transaction.atomic
def _end(mail: Delivery, outcome: Outcome, why: str, *, at: datetime) -> None:
    """Counted once, whoever else believes to have it."""
    if not _mine(mail).update(outcome=outcome, why=why, next_at=at):
        return
    if outcome == Outcome.SENT and mail.subscription and mail.subscription.bounces:
        Subscription.objects.filter(pk=mail.subscription.pk).update(bounces=0)
    if mail.mailing_id and outcome != Outcome.DROPPED:
        counted = Mailing.objects.filter(pk=mail.mailing_id)
        counted.update(
            **({"sent": F("sent") + 1} if outcome == Outcome.SENT else {"failed": F("failed") + 1})
        )


def _mine(mail: Delivery) -> DeliveryQuerySet:
    return Delivery.objects.filter(pk=mail.pk, outcome="", next_at=mail.next_at)
