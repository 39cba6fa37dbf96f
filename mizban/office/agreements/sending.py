"""From a draft to a version that waits for its signatures, and back."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from mizban.core.people.actors import Staff
from mizban.lib.jalali import local

from . import gate
from .composing import compose
from .drafting import facts_of
from .models import Agreement, AgreementVersion, Clause, Draft, Ending, Signature, Standing
from .models.version import TO_COME, clause_row
from .recording import locked, record
from .refusals import AlreadySent, Ended, NothingToSign, Obstructed, OneOnItsWay

SHORTEST_REASON = 10


def send(draft: Draft, reasons: Mapping[str, str], *, by: Staff, at: datetime) -> AgreementVersion:
    """Make a version of the draft that waits for its signatures.

    `reasons` say, by code, why a serious finding is signed in spite of; the public reads them. Raises Obstructed with
    what else stands in the way, OneOnItsWay, AlreadySent.
    """
    today = local(at).date()
    standing = gate.obstacles(facts_of(draft, at=at), today=today)
    given = {code: " ".join(reason.split()) for code, reason in reasons.items()}
    left = [
        each
        for each in standing
        if not (each.may_be_overridden and len(given.get(each.code, "")) >= SHORTEST_REASON)
    ]
    if left:
        raise Obstructed(left)
    overrides = [
        {"code": each.code, "message": each.message, "reason": given[each.code], "by": by.name}
        for each in standing
    ]
    try:
        with transaction.atomic():
            return _sent(draft, overrides, by=by, at=at)
    except IntegrityError as fault:
        raise OneOnItsWay from fault


def _sent(draft: Draft, overrides: list[dict[str, str]], *, by: Staff, at: datetime) -> AgreementVersion:
    agreement = locked(draft.agreement_id) if draft.agreement_id else _new_agreement(draft)
    if agreement.versions.filter(standing__in=TO_COME).exists():
        raise OneOnItsWay
    if Ending.objects.over().filter(agreement=agreement).exists():
        raise Ended
    version = _version(draft, agreement, overrides, at)
    mine = Draft.objects.filter(pk=draft.pk, version=None, revision=draft.revision)
    if not mine.update(version=version, agreement=agreement):
        raise AlreadySent
    record(agreement, "sent-for-signature", by=by, at=at, version=version.number)
    draft.refresh_from_db()
    return version


def _new_agreement(draft: Draft) -> Agreement:
    last = Agreement.objects.filter(agency=draft.agency).order_by("number").last()
    return Agreement.objects.create(
        agency=draft.agency,
        number=last.number + 1 if last else 1,
        title=draft.title,
        services=draft.services,
    )


def _version(
    draft: Draft, agreement: Agreement, overrides: list[dict[str, str]], at: datetime
) -> AgreementVersion:
    first, last = draft.valid_from, draft.valid_until
    if first is None or last is None:
        raise Obstructed([])
    composed = compose(draft.title, draft.clauses, valid_from=first, valid_until=last)
    before = agreement.versions.order_by("number").last()
    version = agreement.versions.create(
        number=before.number + 1 if before else 1,
        title=draft.title,
        services=draft.services,
        text=composed.text,
        text_hash=hashlib.sha256(composed.text.encode()).hexdigest(),
        reading=_reading(draft, composed.clauses, composed.sections, overrides),
        signature=Signature.SIMPLE,
        standing=Standing.AWAITING,
        counterpart=draft.counterpart,
        valid_from=first,
        valid_until=last,
        holdover=draft.holdover,
        overrides=overrides,
        entered_at=at,
    )
    Clause.objects.bulk_create(
        clause_row(version, position, found) for position, found in enumerate(composed.clauses, start=1)
    )
    return version


def _reading(
    draft: Draft,
    clauses: list[dict[str, Any]],
    sections: list[dict[str, Any]],
    overrides: list[dict[str, str]],
) -> dict[str, Any]:
    """What pages read of a version, in the shape the reader gives; its findings are those it was signed with."""
    kept = ("id", "kind", "text", "lines", "obligor", "target", "confidence")
    findings = [{"code": each["code"], "message": each["message"], "lines": None} for each in overrides]
    noted = [
        {"code": each["code"], "message": each["message"], "lines": None}
        for each in gate.notes(facts_of(draft))
    ]
    return {
        **draft.reading,
        "clauses": [{name: clause[name] for name in kept} for clause in clauses],
        "sections": sections,
        "placeholders": [],
        "findings": findings + noted,
    }


def send_back(version: AgreementVersion, *, by: Staff, at: datetime) -> None:
    """Take a version that waits for signatures back into its draft. Raises NothingToSign once it was signed by all."""
    with transaction.atomic():
        agreement = locked(version.agreement_id)
        if not AgreementVersion.objects.filter(pk=version.pk, standing=Standing.AWAITING).exists():
            raise NothingToSign
        record(agreement, "sent-back", by=by, at=at, version=version.number)
        version.delete()
