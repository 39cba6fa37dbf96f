"""The director's signature under a report, and its publication. A signed report never changes."""

import hashlib
from datetime import datetime

from django.db import transaction

from mizban.core.events.chain import chain_start
from mizban.core.events.models import Event, new_event
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role
from mizban.core.sealing.signing import is_signed
from mizban.core.sealing.signing import sign as sealed_sign
from mizban.office.agreements.signing import message

from .models import Report
from .printing import Signature, printed
from .refusals import AlreadySigned, NotMadeYet, NotSignedYet, NumbersChanged, OnlyTheDirectorSigns

SUBJECT = "report"


def hash_of(document: str) -> str:
    """SHA-256 of the document, as the signature and the paper name it."""
    return hashlib.sha256(document.encode()).hexdigest()


def is_whole(report: Report) -> bool:
    """Whether the signature is over the document as it is stored now, by the key of the office."""
    if report.signed_at is None or report.signature is None or report.public_key is None:
        return False
    said = message(
        document_hash=hash_of(report.document),
        agency_id=report.agency_id,
        user_id=report.signer_id or 0,
        name=report.signer_name,
        at=report.signed_at,
    )
    return is_signed(report.agency_id, said, report.signature, report.public_key)


def sign(report: Report, *, by: Staff, at: datetime, seen_hash: str) -> Report:
    """Sign what the director read (`seen_hash` is its hash) and print it with the signature on it.

    Raises OnlyTheDirectorSigns, AlreadySigned, NotMadeYet, NumbersChanged.
    """
    if Role.DIRECTOR not in by.roles or by.agency_id != report.agency_id:
        raise OnlyTheDirectorSigns
    by = by.by_right_of({Role.DIRECTOR})
    if report.signed_at is not None:
        raise AlreadySigned
    if report.state != Report.State.DONE:
        raise NotMadeYet
    if report.hash != seen_hash or hash_of(report.document) != seen_hash:
        raise NumbersChanged
    said = message(
        document_hash=report.hash, agency_id=report.agency_id, user_id=by.user_id, name=by.name, at=at
    )
    signature, key = sealed_sign(report.agency_id, said)
    paper = printed(report, Signature(by.name, at, key.hex()))
    with transaction.atomic():
        signed = Report.objects.filter(
            pk=report.pk, signed_at=None, state=Report.State.DONE, hash=seen_hash
        ).update(
            signer=by.user_id,
            signer_name=by.name,
            signed_at=at,
            signature=signature,
            public_key=key,
            paper=paper,
        )
        if not signed:
            raise AlreadySigned
        _tell(report, "report-signed", by=by, at=at)
    report.refresh_from_db()
    return report


def publish(report: Report, *, by: Staff, at: datetime) -> None:
    """Let everybody read a signed report; once it is published nothing more happens. Raises NotSignedYet."""
    if report.signed_at is None:
        raise NotSignedYet
    with transaction.atomic():
        if Report.objects.filter(pk=report.pk, published_at=None).update(published_at=at):
            _tell(report, "report-published", by=by, at=at)


def _tell(report: Report, kind: str, *, by: Staff, at: datetime) -> None:
    """What happened to a report stands among the events of its office."""
    last = Event.objects.about(SUBJECT, report.pk).last()
    new_event(
        agency_id=report.agency_id,
        subject=(SUBJECT, report.pk),
        number=last.number + 1 if last else 1,
        previous=bytes(last.hash) if last else chain_start(f"{SUBJECT} {report.pk}"),
        kind=kind,
        at=at,
        by=by,
        facts={"month": report.month.isoformat(), "hash": report.hash},
    ).save()
