"""Filing: one transaction from a checked form to a case with its code, its password and its first event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from mizban.core.agencies.models import Unit
from mizban.core.declarations.applicants import Applicant, refused
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import State
from mizban.core.declarations.mandates import FILE as MANDATE
from mizban.core.events.chain import chain_start
from mizban.core.events.models import Event, new_event
from mizban.core.inserts import insert
from mizban.core.people.actors import Actor, Staff
from mizban.core.refusals import FormRefused, Refusal
from mizban.core.sealing import cipher, keys
from mizban.lib.codes import new_tracking_code
from mizban.lib.jalali import local

from ..clocks.clock import clock_of
from ..clocks.deadlines import Happening, Times, times
from ..models.party import Party
from ..papers import files as case_files
from ..papers import sealed_tables
from ..sight import words
from ..writing import PLACE, SUBJECT
from .questions import Asked, asked_of, speaks_for_agency
from .references import resolver
from .repeating import content_hash, password_for, password_hash, repeated, token_hash

if TYPE_CHECKING:
    from ..models import Case, CaseFile, Offering

TRIES = 3


class Withdrawn(Refusal):
    """The agency has withdrawn this service from new filings."""

    code = "service-withdrawn"
    status = 410
    message = "این دستگاه دیگر برای این خدمت درخواست تازه نمی‌پذیرد."


@dataclass(frozen=True, slots=True)
class Opened:
    """A filed case and its password, which is known only now. `is_new` is False for a repeated form."""

    case: "Case"
    password: str
    is_new: bool


@dataclass(frozen=True)
class _Filing:
    """Everything known before the transaction begins."""

    offering: "Offering"
    by: Actor
    applicant: Applicant
    answers: dict[str, Any]
    plain: dict[str, Any]
    unit: Unit | None
    at: datetime
    files: "list[CaseFile]"
    tables: sealed_tables.Tables
    channel: str
    agreement_version: int | None
    token: str | None
    upload_ids: tuple[int, ...]
    password: str
    times: Times

    @cached_property
    def content_hash(self) -> bytes:
        """What tells this form from another that comes with the same token."""
        said = self.applicant.as_json(), self.answers, self.plain
        return content_hash(self.offering.pk, *said, *self.upload_ids)


def open_case(
    offering: "Offering",
    *,
    by: Actor,
    applicant: Applicant,
    answers: Mapping[str, Any],
    at: datetime,
    files: "Mapping[str, Sequence[CaseFile]]",
    channel: str,
    agreement_version: int | None,
    token: str | None,
    upload_ids: Sequence[int] = (),
) -> Opened:
    """File a case under the offering's present version.

    `answers` are as typed, by field; `files` are waiting uploads, by field; `token` makes a repeated form the same
    case, and `upload_ids` are part of what must be the same, where files have ids that outlive their claim. Raises
    FormRefused with all errors, AlreadyFiled for a token used otherwise.
    """
    asked, declaration, today = asked_of(offering, by=by), offering.declaration, local(at).date()
    filled = fill(
        asked.fields,
        answers,
        files,
        checks=declaration.checks,
        today=today,
        known={"applicant_kind": applicant.kind, "applicant_identifier": applicant.identifier},
        resolve=resolver(by=by, token=token),
    )
    filled.errors.update(refused(declaration, applicant, filled.answers, files, today=today))
    kept, tables = sealed_tables.parted(asked.fields, filled.answers)
    sealed, plain = _parted(asked.fields, kept)
    filing = _Filing(
        offering=offering,
        by=by,
        applicant=applicant,
        answers=sealed,
        plain=plain,
        unit=_unit(offering, asked, plain),
        at=at,
        files=[
            *case_files.brought(asked.fields, filled.answers, files),
            *(files.get(MANDATE, ()) if applicant.mandate else ()),
        ],
        tables=tables,
        channel=channel,
        agreement_version=agreement_version,
        token=token,
        upload_ids=tuple(upload_ids),
        password=password_for(token),
        times=_times(offering, by, plain, at),
    )
    before = _filed_before(filing)
    if offering.withdrawn_at and not before:
        raise Withdrawn
    # Only now: a form that is sent again has no files left to bring, they belong to its case already.
    if filled.errors and not before:
        raise FormRefused(filled.errors)
    return before or _file(filing)


def _unit(offering: "Offering", asked: Asked, plain: Mapping[str, Any]) -> Unit | None:
    """Which unit gets the case: the declared one where the agency has it, or the one that was chosen."""
    declaration = offering.declaration
    if declaration.unit:
        return Unit.objects.filter(agency_id=offering.agency_id, slug=declaration.unit).first()
    return asked.unit(plain.get(declaration.unit_from))


def _parted(form: Sequence[Field], answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers to seal, and those lists and counts need in the open."""
    open_names = {field.name for field in form if field.plain}
    sealed = {name: value for name, value in answers.items() if name not in open_names}
    return sealed, {name: value for name, value in answers.items() if name in open_names}


def _filed_before(filing: _Filing) -> Opened | None:
    """The case this form already made. Raises AlreadyFiled if it is not a mere repetition."""
    case = repeated(filing.token, filing.content_hash, password=filing.password, at=filing.at)
    return Opened(case, filing.password, is_new=False) if case else None


def _file(filing: _Filing) -> Opened:
    """Write the case; a code met twice is drawn again, and a form that came twice at once is one case."""
    if filing.tables:
        kept = sealed_tables.keep_all(filing.offering.agency_id, filing.tables, at=filing.at)
        filing = replace(filing, files=[*filing.files, *kept])
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return Opened(_write(filing), filing.password, is_new=True)
        except IntegrityError:
            before = _filed_before(filing)
            if before:
                return before
    raise Refusal


def _write(filing: _Filing) -> "Case":
    offering, code = filing.offering, new_tracking_code()
    key, wrapped = keys.new_wrapped_key(offering.agency_id)
    event = _first_event(filing, code, key)
    state = _first_state(offering, filing.by)
    case = offering.cases.model(
        offering=offering,
        agency_id=offering.agency_id,
        version=offering.version,
        agreement_version=filing.agreement_version,
        unit=filing.unit,
        code=code,
        password_hash=password_hash(code, filing.password),
        token_hash=token_hash(filing.token),
        content_hash=filing.content_hash if filing.token else None,
        channel=filing.channel,
        state=state.name,
        turn=state.turn,
        plain=filing.plain,
        filed_at=filing.at,
        due_at=filing.times.due_at,
        due_calendar=filing.times.due_calendar,
        wake_at=filing.times.wake_at,
        number_of_events=1,
        head=event.hash,
        wrapped_key=wrapped,
    )
    insert(case)
    party = Party.applying(case, filing.applicant, key=key)
    if isinstance(filing.by, Staff) and speaks_for_agency(filing.by, offering):
        party.agency_id = filing.by.agency_id
    insert(party)
    event.subject_id = case.pk
    event.save()
    case_files.attach(case, event, filing.files)
    form = offering.declaration.form
    names = [] if filing.applicant.is_anonymous else [filing.applicant.name]
    words.index(case.pk, form, filing.answers | filing.plain, *names)
    return case


def _times(offering: "Offering", by: Actor, plain: Mapping[str, Any], at: datetime) -> Times:
    """When the case that begins now falls due."""
    filed = Happening(1, at, "filed", {"to": _first_state(offering, by).name})
    return times(offering.declaration, plain, [filed], clock_of(offering.agency_id))


def _first_state(offering: "Offering", by: Actor) -> State:
    """Where the case begins: a signed-in agency has no letter to confirm."""
    declaration = offering.declaration
    signed_in = speaks_for_agency(by, offering)
    return declaration.states[(signed_in and declaration.signed_in_starts_at) or declaration.first_state]


def _first_event(filing: _Filing, code: str, key: bytes) -> Event:
    """The filing itself, the first link of the case's chain; unsaved, its subject's row still to come."""
    offering = filing.offering
    return new_event(
        agency_id=offering.agency_id,
        subject=(SUBJECT, 0),
        number=1,
        previous=chain_start(f"{SUBJECT} {code}"),
        kind="filed",
        at=filing.at,
        by=filing.by,
        facts={
            "to": _first_state(offering, filing.by).name,
            "service": offering.slug,
            "version": offering.version.number,
            "agreement": filing.agreement_version,
            "channel": filing.channel,
            "files": len(filing.files),
            "plain": filing.plain,
        },
        sealed=cipher.seal_json(key, {"answers": filing.answers}, place=PLACE),
    )
