"""How many were told by mail, and how many not; how many would be."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Delivery, Mailing, Occasion, Subscription


@dataclass(frozen=True, slots=True)
class Told:
    """Mails that went out and that did not, and whether some are still on their way."""

    sent: int
    failed: int
    is_under_way: bool


def told(agency_id: int, notice_ids: Iterable[int | None], *occasions: Occasion) -> dict[int, Told]:
    """By the id of the notice, of these occasions. Two queries, however many notices."""
    wanted = [each for each in notice_ids if each is not None]
    found = list(Mailing.objects.of_notices(agency_id, wanted).filter(occasion__in=occasions))
    waiting = set(
        Delivery.objects.filter(mailing__in=found, outcome="").values_list("mailing", flat=True).distinct()
    )
    return {
        each.notice_id: Told(each.sent, each.failed, each.fanned_at is None or each.pk in waiting)
        for each in found
    }


def subscribers(agency_id: int) -> int:
    """How many addresses hear of this office. One query."""
    return Subscription.objects.standing().told_of(agency_id).values("index").distinct().count()
