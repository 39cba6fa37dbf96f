"""The steps of an end in their order: begun, backed up and compared, signed, kept, erased."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import structlog
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Max, Min

from mizban.core.cases.erasing import erase
from mizban.core.cases.models import Case, CaseQuerySet
from mizban.core.cases.writing import ActedFirst
from mizban.core.people.actors import SYSTEM, Staff
from mizban.core.people.models import Role
from mizban.core.refusals import Refusal
from mizban.core.sealing import keys
from mizban.core.sealing.cipher import BrokenSeal
from mizban.core.sealing.signing import sign as sealed_sign
from mizban.lib.jalali import local

from .. import closing
from ..models import Agreement, Ending, Notification, Standing
from ..models.version import TO_COME
from ..recording import locked, record
from ..refusals import (
    BackupOutdated,
    NothingInForce,
    NotTheDirector,
    NoVerifiedBackup,
    OneOnItsWay,
    StillKept,
    StillOpen,
)
from ..signing import message
from . import backup, restoring, vault

CHUNK = 200

log = structlog.get_logger()


class AlreadyEnding(Refusal):
    """The end of this agreement is under way."""

    code = "already-ending"
    message = "کار پایان این توافق‌نامه آغاز شده است."


class KeepTooShort(Refusal):
    """The retention would be over before it begins."""

    code = "keep-too-short"
    status = 422
    message = "زمان نگهداری باید پس از امروز باشد."


def begin(notification: Notification, *, manner: str, keep_until: date, by: Staff, at: datetime) -> Ending:
    """Begin the end that a notification asks for. Raises NothingInForce, AlreadyEnding, KeepTooShort.

    The caller enqueues `jobs.back_up` in the same transaction.
    """
    if keep_until <= local(at).date():
        raise KeepTooShort
    agreement = locked(notification.agreement_id)
    if agreement.in_force is None:
        raise NothingInForce
    ending, is_new = Ending.objects.get_or_create(
        agreement=agreement,
        defaults={
            "notification": notification,
            "manner": manner,
            "keep_until": keep_until,
            "begun_at": at,
        },
    )
    if not is_new:
        raise AlreadyEnding
    record(agreement, "ending-begun", by=by, at=at, manner=ending.get_manner_display())
    return ending


def again(ending: Ending) -> None:
    """Have the backup made anew. Raises AlreadyEnding once the end was signed."""
    open_states = [Ending.State.FAILED, Ending.State.VERIFIED, Ending.State.BACKING_UP]
    mine = Ending.objects.filter(pk=ending.pk, state__in=open_states)
    if not mine.update(state=Ending.State.BACKING_UP, why="", verified_at=None):
        raise AlreadyEnding
    ending.refresh_from_db()


def back_up(ending_id: int, *, at: datetime) -> str:
    """Make the backup, restore it on trial, compare; the state afterwards. Of two workers the later one counts."""
    wanted = Ending.objects.filter(pk=ending_id, state=Ending.State.BACKING_UP)
    if not wanted.update(attempt=F("attempt") + 1):
        return "superseded"
    ending = Ending.objects.select_related("agreement__agency").get(pk=ending_id)
    agreement = ending.agreement
    before = backup.fingerprint(agreement)
    try:
        facts = _made(agreement, at=at)
    except restoring.NotTheSame as fault:
        return _failed(ending, str(fault), at=at)
    made = {"fingerprint": before, **facts.pop("made")}
    with transaction.atomic():
        agreement = locked(ending.agreement_id)
        mine = Ending.objects.filter(pk=ending.pk, attempt=ending.attempt, state=Ending.State.BACKING_UP)
        old = ending.stored_as
        if not mine.update(state=Ending.State.VERIFIED, verified_at=at, made=made, **facts):
            # Nobody else knows of it.
            default_storage.delete(facts["stored_as"])
            return "superseded"
        record(
            agreement,
            "backup-verified",
            by=SYSTEM,
            at=at,
            cases=facts["compared"]["counts"]["cases"],
            sha256=facts["sha256"],
        )
        if old:
            transaction.on_commit(lambda: default_storage.delete(old))
    return str(Ending.State.VERIFIED)


def _made(agreement: Agreement, *, at: datetime) -> dict[str, Any]:
    """A stored backup, read back from the store before it is compared: what is tried is what is kept."""
    with vault.passing_folder() as folder:
        archive = backup.make(agreement, folder, at=at)
        key, wrapped = keys.new_wrapped_key(agreement.agency_id)
        facts: dict[str, Any] = {
            "sha256": backup.sha256_of(archive),
            "size": archive.stat().st_size,
            "stored_as": vault.put(archive, key),
            "wrapped_key": wrapped,
        }
        try:
            back = folder / "stored.zip"
            with back.open("wb") as out:
                out.writelines(vault.frames(facts["stored_as"], key))
            if backup.sha256_of(back) != facts["sha256"]:
                raise restoring.NotTheSame("پشتیبان نگهداری‌شده با آنچه نوشته شد یکی نیست.")
            facts["compared"] = restoring.compare(agreement, back, folder / "restored")
        except (BrokenSeal, OSError, restoring.NotTheSame) as fault:
            default_storage.delete(facts["stored_as"])
            raise restoring.NotTheSame(str(fault)) from fault
    facts["made"] = {"at": at.isoformat()}
    return facts


def _failed(ending: Ending, why: str, *, at: datetime) -> str:
    log.error("backup of an ending failed", ending=ending.pk)
    with transaction.atomic():
        agreement = locked(ending.agreement_id)
        mine = Ending.objects.filter(pk=ending.pk, attempt=ending.attempt)
        if mine.update(state=Ending.State.FAILED, why=why[:300]):
            record(agreement, "backup-failed", by=SYSTEM, at=at)
    return str(Ending.State.FAILED)


def sign(ending: Ending, *, by: Staff, at: datetime, seen_hash: str) -> None:
    """Sign the end over the backup whose SHA-256 the director saw: services take no new case, running ones go on.

    Raises NotTheDirector, NoVerifiedBackup, BackupOutdated, NothingInForce, OneOnItsWay.
    """
    if Role.DIRECTOR not in by.roles or by.agency_id != ending.agreement.agency_id:
        raise NotTheDirector
    by = by.by_right_of({Role.DIRECTOR})
    with transaction.atomic():
        agreement = locked(ending.agreement_id)
        ending = Ending.objects.select_for_update().get(pk=ending.pk)
        if ending.state != Ending.State.VERIFIED:
            raise NoVerifiedBackup
        if ending.sha256 != seen_hash or backup.fingerprint(agreement) != ending.made["fingerprint"]:
            raise BackupOutdated
        version = agreement.in_force
        if version is None:
            raise NothingInForce
        if agreement.versions.filter(standing__in=TO_COME).exists():
            raise OneOnItsWay
        said = message(
            document_hash=ending.sha256, agency_id=by.agency_id, user_id=by.user_id, name=by.name, at=at
        )
        signature, public_key = sealed_sign(by.agency_id, said)
        version.standing, version.closed_on = Standing(ending.manner), local(at).date()
        version.wake_on = None
        version.save(update_fields=["standing", "closed_on", "wake_on"])
        ending.state, ending.signed_at, ending.signed_by_id = Ending.State.SIGNED, at, by.user_id
        ending.save(update_fields=["state", "signed_at", "signed_by"])
        closing.close(agreement, by=by, at=at)
        told = {"backup": ending.sha256, "signature": signature.hex(), "key": public_key.hex()}
        record(agreement, "ended", by=by, at=at, version=version.number, **told)


def erase_all(ending_id: int, *, by: Staff, at: datetime) -> int:
    """Destroy the keys of all cases, then the backup; how many. A second run goes on where the first was interrupted.

    Raises StillKept before the retention time is over, StillOpen while somebody waits for an answer.
    """
    ending = Ending.objects.select_related("agreement__agency").get(pk=ending_id)
    if ending.state == Ending.State.ERASED:
        return 0
    refuse_erasure(ending, at=at)
    count = 0
    for case in _kept(ending):
        try:
            erase(case, by=by, at=at, facts={"agreement": ending.agreement.number, "ending": ending.pk})
            count += 1
        except ActedFirst:
            continue
    if _kept_cases(ending).exists():
        return count
    _certify(ending, by=by, at=at)
    return count


def refuse_erasure(ending: Ending, *, at: datetime) -> None:
    """Raises StillKept before the retention time is over, StillOpen while a case is open."""
    if not ending.may_be_erased(today=local(at).date()):
        raise StillKept
    if still_open(ending):
        raise StillOpen


def still_open(ending: Ending) -> int:
    """How many cases run on after an end that was signed; 0 before."""
    return _kept_cases(ending).filter(is_open=True).count() if ending.signed_at else 0


def _erasable(ending: Ending) -> CaseQuerySet:
    """What was filed up to the end: the same service may go on under another agreement."""
    return backup.cases_of(ending.agreement).filter(filed_at__lte=ending.signed_at)


def _kept_cases(ending: Ending) -> CaseQuerySet:
    return _erasable(ending).filter(wrapped_key__isnull=False)


def _kept(ending: Ending) -> Iterator[Case]:
    last = 0
    while chunk := list(_kept_cases(ending).filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from chunk
        last = chunk[-1].pk


def _certify(ending: Ending, *, by: Staff, at: datetime) -> None:
    agreement, cases = ending.agreement, _erasable(ending)
    span = cases.aggregate(first=Min("filed_at"), last=Max("filed_at"))
    certificate = {
        "cases": cases.count(),
        "first": span["first"].isoformat() if span["first"] else None,
        "last": span["last"].isoformat() if span["last"] else None,
        "backup": ending.sha256,
        "by": by.name,
        "at": at.isoformat(),
    }
    with transaction.atomic():
        held = locked(agreement.pk)
        mine = Ending.objects.filter(pk=ending.pk, state=Ending.State.SIGNED)
        gone = {"wrapped_key": None, "stored_as": ""}
        if not mine.update(state=Ending.State.ERASED, erased_at=at, certificate=certificate, **gone):
            return
        record(held, "data-erased", by=by, at=at, cases=certificate["cases"], backup=ending.sha256)
        stored_as = ending.stored_as
        transaction.on_commit(lambda: default_storage.delete(stored_as))
