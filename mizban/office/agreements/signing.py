"""Signatures under a version, one for each party, and its begin."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mizban.core.events.chain import instant
from mizban.core.people.actors import SYSTEM, Actor, Staff
from mizban.core.people.models import Role
from mizban.core.sealing.signing import is_signed
from mizban.core.sealing.signing import sign as sealed_sign
from mizban.lib.jalali import local

from . import closing
from .models import Agreement, AgreementVersion, Standing, VersionSignature
from .recording import locked, record
from .refusals import NothingToSign, NotTheDirector, TextChanged, TwoInForce
from .states import next_look


def document(version: AgreementVersion) -> bytes:
    """What is signed: the text and everything the program will hold the office to, in one canonical form."""
    clauses = version.clauses.order_by("position").values(
        "ref", "kind", "text", "obligor", "target", "owner", "measure", "unmeasurable"
    )
    whole = {
        "agency": version.agreement.agency.slug,
        "agreement": version.agreement.number,
        "version": version.number,
        "title": version.title,
        "services": version.services,
        "counterpart": version.counterpart.slug if version.counterpart else None,
        "valid_from": version.valid_from.isoformat() if version.valid_from else None,
        "valid_until": version.valid_until.isoformat() if version.valid_until else None,
        "holdover": version.holdover,
        "overrides": version.overrides,
        "clauses": list(clauses),
        "text": version.text,
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def document_hash(version: AgreementVersion) -> str:
    """SHA-256 of the document, as signatures and pages name it."""
    return hashlib.sha256(document(version)).hexdigest()


def message(*, document_hash: str, agency_id: int, user_id: int, name: str, at: datetime) -> bytes:
    """The bytes a signature covers: whose, when, of what."""
    said = {
        "hash": document_hash,
        "agency": agency_id,
        "user": user_id,
        "name": name,
        "office": Role.DIRECTOR,
        "at": instant(at),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def is_whole(signature: VersionSignature) -> bool:
    """Whether a signature is over the version as it is stored now, by the key of the agency it names."""
    signed = message(
        document_hash=document_hash(signature.version),
        agency_id=signature.agency_id,
        user_id=signature.user_id,
        name=signature.name,
        at=signature.at,
    )
    return is_signed(signature.agency_id, signed, signature.signature, signature.public_key)


def sign(version: AgreementVersion, *, by: Staff, at: datetime, seen_hash: str) -> AgreementVersion:
    """Sign for the signer's agency; with the last signature the version begins, or waits for its first day.

    `seen_hash` is the hash of the document as the signer read it. Raises NotTheDirector, NothingToSign, TextChanged,
    TwoInForce.
    """
    parties = [agency.pk for agency in version.parties]
    if Role.DIRECTOR not in by.roles or by.agency_id not in parties:
        raise NotTheDirector
    by = by.by_right_of({Role.DIRECTOR})
    try:
        with transaction.atomic():
            return _signed(version.pk, by=by, at=at, seen_hash=seen_hash)
    except IntegrityError as fault:
        raise TwoInForce from fault


def _signed(version_id: int, *, by: Staff, at: datetime, seen_hash: str) -> AgreementVersion:
    version = AgreementVersion.objects.select_related("agreement__agency", "counterpart").get(pk=version_id)
    agreement = locked(version.agreement_id)
    version.refresh_from_db(fields=["standing"])
    done = set(version.signatures.values_list("agency_id", flat=True))
    if version.standing != Standing.AWAITING or by.agency_id in done:
        raise NothingToSign
    found = document_hash(version)
    if found != seen_hash:
        raise TextChanged
    said = message(document_hash=found, agency_id=by.agency_id, user_id=by.user_id, name=by.name, at=at)
    made, key = sealed_sign(by.agency_id, said)
    version.signatures.create(
        agency_id=by.agency_id,
        user_id=by.user_id,
        name=by.name,
        at=at,
        document_hash=found,
        signature=made,
        public_key=key,
    )
    agency = next(each for each in version.parties if each.pk == by.agency_id)
    record(agreement, "signed", by=by, at=at, version=version.number, agency=agency.short_name, hash=found)
    if done | {by.agency_id} == {each.pk for each in version.parties}:
        _all_signed(version, agreement, at=at)
    return version


def _all_signed(version: AgreementVersion, agreement: Agreement, *, at: datetime) -> None:
    # Said now, not on the day it would begin.
    _refuse_two(version, agreement, among=(Standing.IN_FORCE, Standing.SIGNED))
    today = local(at).date()
    version.standing, version.wake_on = Standing.SIGNED, version.valid_from
    version.save(update_fields=["standing", "wake_on"])
    if version.valid_from is None or version.valid_from <= today:
        begin(version, agreement, today=today, at=at)


def begin(
    version: AgreementVersion, agreement: Agreement, *, today: date, at: datetime, by: Actor = SYSTEM
) -> None:
    """Let a signed version bind from today, in place of the one before. The caller holds the agreement's row.

    Raises TwoInForce where another agreement of the office binds one of its services.
    """
    _refuse_two(version, agreement, among=(Standing.IN_FORCE,))
    for before in agreement.versions.filter(standing=Standing.IN_FORCE):
        before.standing, before.closed_on, before.wake_on = Standing.REPLACED, today, None
        before.save(update_fields=["standing", "closed_on", "wake_on"])
        record(agreement, "replaced", by=by, at=at, version=before.number, by_version=version.number)
    version.standing, version.in_force_on = Standing.IN_FORCE, today
    version.wake_on = next_look(version.valid_until, after=today)
    version.save(update_fields=["standing", "in_force_on", "wake_on"])
    agreement.title, agreement.services = version.title, version.services
    agreement.save(update_fields=["title", "services"])
    closing.reopen(version, agreement, by=by, at=at)
    record(agreement, "came-into-force", by=by, at=at, version=version.number)


def _refuse_two(version: AgreementVersion, agreement: Agreement, *, among: Sequence[Standing]) -> None:
    """No two agreements of an office bind one service at once."""
    others = AgreementVersion.objects.filter(agreement__agency_id=agreement.agency_id, standing__in=among)
    for services in others.exclude(agreement=agreement).values_list("services", flat=True):
        if set(services) & set(version.services):
            raise TwoInForce
