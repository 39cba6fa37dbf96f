"""What becomes of an agency's services: their texts checked, brought in by files, offered, withdrawn, told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.declarations.fingerprints import changed_rules
from mizban.core.declarations.nodes import BrokenDeclaration, Fault
from mizban.core.declarations.reading import read_cached
from mizban.core.events.models import Event
from mizban.core.people.actors import Actor
from mizban.lib.jalali import local, spoken

from .filing.opening import Withdrawn
from .models.services import Offering, Origin, ServiceVersion


@dataclass(frozen=True, slots=True)
class Publication:
    """One version as an agency offered it, and the event of that; None where it came before there were any."""

    version: ServiceVersion
    event: Event | None


def faults_of(source: str) -> list[Fault]:
    """Everything that keeps a text from being published, by line: what is wrong in it, and rules that changed."""
    broken = _broken(source)
    return list(broken) or changed_rules(read_cached(source), source, ServiceVersion.objects.rules())


@lru_cache(maxsize=32)
def _broken(source: str) -> tuple[Fault, ...]:
    """What is wrong in a text; a page of a draft asks more than once, and long broken texts take seconds to read."""
    try:
        read_cached(source)
    except BrokenDeclaration as broken:
        return tuple(broken.faults)
    return ()


def load(agency: Agency, source: str, *, at: datetime) -> list[Fault]:
    """Offer a deployed service's text, unless the desk wrote its own or withdrew the service; then it only lies ready.

    Nothing is raised: an installation starts with what it has. The faults say why a text was not taken.
    """
    try:
        slug = read_cached(source).slug
        offering = Offering.objects.of(agency).filter(slug=slug).select_related("version").first()
        if offering is None or _follows_files(offering):
            Offering.publish(agency, source, at=at)
        else:
            ServiceVersion.publish(source, at=at)
    except BrokenDeclaration as broken:
        return broken.faults
    return []


def _follows_files(offering: Offering) -> bool:
    return offering.withdrawn_at is None and offering.version.origin == Origin.FILE


def ready(offering: Offering) -> ServiceVersion | None:
    """The text that came with a newer deployment and waits for the site officer; None where there is none."""
    newer = ServiceVersion.objects.of(offering.slug).filter(number__gt=offering.version.number)
    return newer.filter(origin=Origin.FILE).first()


def withdraw(
    offering: Offering, *, by: Actor, at: datetime, because: Mapping[str, Any] | None = None
) -> None:
    """No new case from now on; running ones go on. A second time changes nothing.

    `because` is what the event tells of the cause, such as the agreement that was ended.
    """
    _stand(offering, "withdrawn", withdrawn_at=at, by=by, at=at, told=because or {})


def offer_again(offering: Offering, *, by: Actor, at: datetime) -> None:
    """Cases can be filed again, under the version that was offered last."""
    _stand(offering, "offered-again", withdrawn_at=None, by=by, at=at, told={})


def _stand(
    offering: Offering,
    kind: str,
    *,
    withdrawn_at: datetime | None,
    by: Actor,
    at: datetime,
    told: Mapping[str, Any],
) -> None:
    with transaction.atomic():
        other = Offering.objects.filter(pk=offering.pk, withdrawn_at__isnull=withdrawn_at is not None)
        if other.update(withdrawn_at=withdrawn_at):
            offering.record(kind, by=by, at=at, facts={"version": offering.version.number, **told})
    offering.withdrawn_at = withdrawn_at


def refuse_withdrawn(offering: Offering | None) -> None:
    """Raises Withdrawn for a service that was offered once, saying since when it takes no case, and why."""
    if offering is None or offering.withdrawn_at is None:
        return
    last = offering.events.filter(kind="withdrawn").last()
    why = "، چون توافق‌نامهٔ سطح خدمت آن پایان یافت" if last and "agreement" in last.facts else ""
    since = spoken(local(offering.withdrawn_at).date(), weekday=False)
    raise Withdrawn(
        f"«{offering.declaration.title}» از {since} درخواست تازه نمی‌پذیرد{why}. "
        "درخواست‌هایی که پیش‌تر ثبت شده‌اند تا پاسخ پیش می‌روند و پیگیری می‌شوند."
    )


def publications(offering: Offering, events: Sequence[Event] | None = None) -> list[Publication]:
    """The versions this agency offered, the one offered now first, each with the last event that published it.

    Versions are numbered per service, whoever wrote them; what other agencies wrote is not told.
    """
    told = [event for event in (events or offering.events) if event.kind == "published"]
    by_number = {event.facts["version"]: event for event in told}
    numbers = {offering.version.number, *by_number}
    versions = ServiceVersion.objects.of(offering.slug).filter(number__in=numbers)
    found = [Publication(version, by_number.get(version.number)) for version in versions]
    return sorted(found, key=lambda each: each.event.number if each.event else 0, reverse=True)
