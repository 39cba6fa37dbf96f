"""A subscription: an address that is told of an office, of all offices, or of the office of a case while it is open."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.sealing import cipher, keys
from mizban.lib.identifiers import email

PLACE = "subscription"
PURPOSE = "mail addresses"
# So many mails that no mailbox took, and the address is left alone until it is confirmed anew.
MOST_BOUNCES = 3


def index_of(address: str) -> bytes:
    """What an address is found by; it cannot be read from it."""
    return keys.blind("email", email.same(address))


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def standing(self) -> Self:
        """Confirmed, of mailboxes that take mails, and of cases that are still open."""
        open_ = Q(case=None) | Q(case__is_open=True)
        return self.filter(open_, confirmed_at__isnull=False, bounces__lt=MOST_BOUNCES)

    def told_of(self, agency_id: int) -> Self:
        """Those that hear of an office: its own, and those of all offices."""
        return self.filter(Q(agency=None) | Q(agency_id=agency_id))

    def of_address(self, index: cipher.Stored) -> Self:
        return self.filter(index=bytes(index))

    def unconfirmed(self, *, before: datetime) -> Self:
        """Asked for before this moment and never confirmed."""
        return self.filter(confirmed_at=None, asked_at__lt=before)

    def of_closed_cases(self) -> Self:
        return self.filter(case__is_open=False)


class Subscription(models.Model):
    """`agency` None hears of every office; `case` is whose tracking page asked, `agency` is its office then.

    The address is sealed with the key of what it belongs to: erasing a case erases it here too. `index` finds it.
    A confirmation is good for one use until `expires_at` and stands as a keyed hash. All moments are aware UTC.
    """

    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")
    index = models.BinaryField(db_index=True)
    sealed = models.BinaryField()
    asked_at = models.DateTimeField()
    token_hash = models.BinaryField(null=True, unique=True)
    expires_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    bounces = models.PositiveSmallIntegerField(default=0)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["index"], condition=Q(agency=None), name="subscribed_once_to_all"
            ),
            models.UniqueConstraint(
                fields=["index", "agency"], condition=Q(case=None), name="subscribed_once_to_an_office"
            ),
            models.UniqueConstraint(
                fields=["index", "case"], condition=Q(case__isnull=False), name="subscribed_once_by_a_case"
            ),
            models.CheckConstraint(
                condition=Q(case=None) | Q(agency__isnull=False), name="subscription_of_a_case_has_its_office"
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"

    @property
    def address(self) -> str:
        """Raises BrokenSeal once the case it belongs to was erased."""
        return cipher.unseal(key_for(self.agency_id, self.case), self.sealed, place=PLACE).decode()

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


def key_for(agency_id: int | None, case: Case | None) -> bytes:
    """The key that seals an address: the case's, else the office's, else the installation's."""
    if case is not None:
        return case.key
    if agency_id is not None:
        return keys.agency_purpose_key(agency_id, PURPOSE)
    return keys.purpose_key(PURPOSE)


def seal(address: str, *, agency_id: int | None, case: Case | None) -> bytes:
    return cipher.seal(key_for(agency_id, case), address.encode(), place=PLACE)
