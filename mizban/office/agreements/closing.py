"""What the end of an agreement closes, and a later one opens again: its services. Running cases go on all the while."""

from datetime import datetime

from mizban.core.cases.models import Offering
from mizban.core.cases.models.services import OfferingQuerySet
from mizban.core.cases.publishing import offer_again, withdraw
from mizban.core.people.actors import Actor

from .models import Agreement, AgreementVersion

# What an event of a withdrawal says where an end was the cause: the number of the agreement.
ENDED = "agreement"


def close(agreement: Agreement, *, by: Actor, at: datetime) -> None:
    """No new case under an agreement that is ended. The caller holds the agreement's row."""
    for offering in _under(agreement, agreement.services).standing():
        withdraw(offering, by=by, at=at, because={ENDED: agreement.number})


def reopen(version: AgreementVersion, agreement: Agreement, *, by: Actor, at: datetime) -> None:
    """Services that an end had closed take cases under the version that begins; what an officer withdrew stays so."""
    for offering in _under(agreement, version.services).exclude(withdrawn_at=None):
        last = offering.events.last()
        if last and ENDED in last.facts:
            offer_again(offering, by=by, at=at)


def _under(agreement: Agreement, services: list[str]) -> OfferingQuerySet:
    return Offering.objects.of(agreement.agency).filter(slug__in=services).with_versions()
