"""Subscribing with a confirmed address, and leaving again with one press.

Whoever asks gets the same answer whether the address was known or not: only its owner hears more, by mail.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.sealing import cipher, keys

from .models import Delivery, Subscription
from .models.subscriptions import index_of, seal

GOOD_FOR = timedelta(hours=48)
# An address that somebody types again and again gets a mail so often at most.
QUIET_FOR = timedelta(hours=1)
CONFIRMATION, LEAVING = "mail confirmation", "mail leaving"


@transaction.atomic
def ask(address: str, *, agency: Agency | None = None, case: Case | None = None, at: datetime) -> None:
    """Write down that this address (`identifiers.email`) wants to hear, and that a mail is to ask its owner.

    Of one office, of all (None), or of the office of a case for as long as it is open.
    """
    office = case.agency if case else agency
    sealed = seal(address, agency_id=office.pk if office else None, case=case)
    found, made = Subscription.objects.get_or_create(
        index=index_of(address), agency=office, case=case, defaults={"sealed": sealed, "asked_at": at}
    )
    if not made and not _again(found, sealed, at=at):
        return
    Delivery.objects.create(subscription=found, index=found.index, next_at=at)


def _again(found: Subscription, sealed: bytes, *, at: datetime) -> bool:
    """Whether it may be asked once more; of two at once one."""
    quiet = Subscription.objects.filter(pk=found.pk, asked_at__lte=at - QUIET_FOR)
    # What its owner confirmed stays as it is, whoever types it again.
    return bool(quiet.update(asked_at=at, **({} if found.is_confirmed else {"sealed": sealed})))


def issue(subscription: Subscription, *, at: datetime) -> str:
    """A fresh token for the mail that asks to confirm; the one before it is good no more."""
    token = secrets.token_urlsafe(32)
    subscription.token_hash = keys.secret_hash(CONFIRMATION, token)
    subscription.expires_at = at + GOOD_FOR
    subscription.save(update_fields=["token_hash", "expires_at"])
    return token


def waiting_for(token: str, *, at: datetime) -> Subscription | None:
    """The subscription that this token confirms; None for one that was used, is over, or never was."""
    found = Subscription.objects.filter(token_hash=keys.secret_hash(CONFIRMATION, token), expires_at__gt=at)
    return found.select_related("agency", "case").first()


def confirm(token: str, *, at: datetime) -> Subscription | None:
    """It stands from now on; None where `waiting_for` is. A token is good once."""
    found = waiting_for(token, at=at)
    if found is None:
        return None
    mine = Subscription.objects.filter(pk=found.pk, token_hash=found.token_hash)
    changed = mine.update(token_hash=None, expires_at=None, confirmed_at=at, bounces=0)
    return found if changed else None


def mark_of(subscription_id: int) -> str:
    """What stands in a mail's link for leaving: it ends this subscription, opens nothing and is stored nowhere."""
    return keys.secret_hash(LEAVING, str(subscription_id)).hex()[:32]


def is_mark(subscription_id: int, mark: str) -> bool:
    """Whether this link came from a mail of ours, also after the subscription is gone."""
    return cipher.same(mark_of(subscription_id).encode(), mark.encode())


@transaction.atomic
def leave(subscription_id: int) -> None:
    """No more mails of this kind: the subscription ends, and every other by which the address would hear the same.

    Leaving what was told of all offices ends all; leaving one office leaves others alone. Twice is harmless.
    """
    found = Subscription.objects.filter(pk=subscription_id).first()
    if found is None:
        return
    mine = Subscription.objects.of_address(found.index)
    (mine if found.agency_id is None else mine.filter(Q(agency=None) | Q(agency=found.agency_id))).delete()


def forget(*, at: datetime, most: int) -> int:
    """Drop what nobody confirmed and what belonged to a case that is closed. How many."""
    old = at - GOOD_FOR - QUIET_FOR
    waits = Q(expires_at=None) | Q(expires_at__lt=at)
    gone = [
        *Subscription.objects.unconfirmed(before=old).filter(waits).values_list("pk", flat=True)[:most],
        *Subscription.objects.of_closed_cases().values_list("pk", flat=True)[:most],
    ]
    return Subscription.objects.filter(pk__in=gone).delete()[1].get("mailing.Subscription", 0)
