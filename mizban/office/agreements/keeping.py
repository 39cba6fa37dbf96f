"""What the worker does about agreements: begins what was signed, tells of ends that come near, drafts successors."""

from datetime import date, datetime, timedelta

import structlog
from django.db import transaction

from mizban.core.people.actors import SYSTEM
from mizban.lib.jalali import local

from .drafting import successor_of
from .ending import vault
from .models import Agreement, AgreementVersion, Standing
from .recording import history, locked, record
from .refusals import TwoInForce
from .signing import begin
from .states import alert, next_look

AT_ONCE = 50

log = structlog.get_logger()


def keep(*, at: datetime) -> int:
    """Look at every version whose day has come; each exactly once, by any number of workers. How many."""
    vault.sweep()
    today = local(at).date()
    due = AgreementVersion.objects.filter(wake_on__lte=today).order_by("wake_on", "pk")
    waiting = list(due.values_list("pk", "agreement_id")[:AT_ONCE])
    return sum(_looked_at(pk, agreement_id, today=today, at=at) for pk, agreement_id in waiting)


def _looked_at(pk: int, agreement_id: int, *, today: date, at: datetime) -> bool:
    try:
        with transaction.atomic():
            agreement = locked(agreement_id)
            version = AgreementVersion.objects.filter(pk=pk, wake_on__lte=today).first()
            if version is None:
                return False
            version.agreement = agreement
            _look(version, agreement, today=today, at=at)
    except TwoInForce:
        _try_tomorrow(pk, agreement_id, today=today, at=at)
    return True


def _look(version: AgreementVersion, agreement: Agreement, *, today: date, at: datetime) -> None:
    if version.standing == Standing.SIGNED:
        begin(version, agreement, today=today, at=at)
        return
    until = version.valid_until
    version.wake_on = next_look(until, after=today) if version.standing == Standing.IN_FORCE else None
    version.save(update_fields=["wake_on"])
    if version.standing != Standing.IN_FORCE or until is None:
        return
    days = alert(until, today=today)
    if days is not None:
        left = (until - today).days
        record(agreement, "end-near", by=SYSTEM, at=at, version=version.number, days=left)
    elif today > until:
        record(agreement, "validity-over", by=SYSTEM, at=at, version=version.number, until=until.isoformat())
        _draft_successor(version, agreement, at=at)


def _draft_successor(version: AgreementVersion, agreement: Agreement, *, at: datetime) -> None:
    """Unless somebody is at one already (S4-6.3)."""
    to_come = agreement.versions.filter(number__gt=version.number).exists()
    if not to_come and not agreement.drafts.open().exists():
        successor_of(version, by=None, at=at)
        record(agreement, "successor-drafted", by=SYSTEM, at=at, version=version.number)


def _try_tomorrow(pk: int, agreement_id: int, *, today: date, at: datetime) -> None:
    """Another agreement holds the service: told once, tried daily."""
    with transaction.atomic():
        agreement = locked(agreement_id)
        version = AgreementVersion.objects.get(pk=pk)
        version.wake_on = today + timedelta(days=1)
        version.save(update_fields=["wake_on"])
        log.warning("a version cannot begin", version=pk)
        if not history(agreement).filter(kind="start-blocked", facts__version=version.number).exists():
            record(agreement, "start-blocked", by=SYSTEM, at=at, version=version.number)
