"""Filing: files first, each under an id, then the case that names them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest
from ninja import File, Router, Status, UploadedFile
from ninja.params.models import Header

from mizban.core.cases.clocks.clock import clock_of
from mizban.core.cases.filing import uploads
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.filing.questions import asked_of
from mizban.core.cases.filing.references import resolver
from mizban.core.cases.filing.repeating import AlreadyFiled, is_used
from mizban.core.cases.models import Case, Offering
from mizban.core.declarations.applicants import Applicant
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.mandates import FILE as MANDATE
from mizban.core.people.actors import PUBLIC, Actor, Staff
from mizban.core.refusals import FormRefused
from mizban.core.sealing.keys import secret_hash
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import iso, local
from mizban.office.breaches import complaining
from mizban.web import guessing, sending
from mizban.web.addresses import address_of, network_of

from .applicants import applicant_of, filing_actor, own_agency, place_of
from .finding import answers, arrived, binding, offering_of, today_of
from .problems import FOUND, TooLarge, Wrong, wrongs
from .sending import NoSuchUpload, Refused, Sent, claimed, parted
from .shapes import CaseSent, Filed, UploadId
from .tokens import bearer_of

router = Router(tags=["cases"])
# A key this long is taken for unique, a shorter one («1») for unique among those of its sender.
UNIQUE_FROM = 20
UNDER = "answers."
ONE_PART = {"content": {"multipart/form-data": {"schema": {"additionalProperties": False}}}}
KEY: Any = Header(None, alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[!-~]+$")


@router.post(
    "/files", response=answers(201, UploadId, 401), url_name="files", openapi_extra={"requestBody": ONE_PART}
)
def upload(request: HttpRequest, file: File[UploadedFile]) -> Status[UploadId]:
    """Send a PDF, JPG, PNG or XLSX of up to 5 MB; its `id` goes where a form's schema says `format: file`.

    The id is a secret: whoever has it can put the file into a case, once, within an hour. What is sent with a token can
    be used with a token of the same person only.
    """
    staff = bearer_of(request)
    extra = [name for name in (*request.POST, *request.FILES) if name != "file"]
    if extra:
        raise Refused(Wrong(name, *FOUND["extra_forbidden"]) for name in extra)
    sent_by, at = (staff.user_id if staff else None), arrived(request).now
    try:
        if staff is None:
            sending.spend(request, file.size or 0, at=at)
        held = uploads.hold(file.name or "", file.read(), size=file.size or 0, sent_by=sent_by, at=at)
    except Malformed as fault:
        if fault.code == "too-large":
            raise TooLarge from fault
        raise Refused(wrongs({"file": fault})) from fault
    return Status(201, UploadId(id=held.pk, media_type=held.media_type, size=held.size))


@router.post("/cases", response=answers(201, Filed, 401, 404, 409, 410), url_name="cases")
def file_case(
    request: HttpRequest,
    body: CaseSent,
    key: Annotated[str | None, KEY] = None,
) -> Status[Filed]:
    """File a case, as a guest would at the portal; by filing, the agreement that binds the service is accepted.

    With `Idempotency-Key` the same content is filed once, and answered the same for an hour; other content is 409.
    """
    offering, staff = offering_of(body.agency, body.service), bearer_of(request)
    token = _token(request, key, staff) if key else None
    try:
        opened = _filed(request, offering, body, staff, token)
    except (Refused, NoSuchUpload):
        if token and is_used(offering, token):
            raise AlreadyFiled from None
        raise
    return Status(201, _receipt(opened))


def _token(request: HttpRequest, key: str, staff: Staff | None) -> str:
    """What makes a repeated call the same case; long keys are their own, short ones belong to who sends them."""
    sender = ""
    if len(key) < UNIQUE_FROM:
        sender = f"user {staff.user_id}" if staff else f"address {network_of(address_of(request))}"
    return secret_hash("idempotency key", f"{sender}:{key}").hex()


def _filed(
    request: HttpRequest, offering: Offering, body: CaseSent, staff: Staff | None, token: str | None
) -> Opened:
    """The case, its uploads claimed with it or not at all. Raises Refused, NoSuchUpload, AlreadyFiled."""
    today = today_of(request)
    applicant, found = applicant_of(offering, body.applicant, body.representative, today=today)
    actor = filing_actor(offering, applicant, staff) if applicant else PUBLIC
    fields = asked_of(offering, by=actor).fields
    sent = parted(fields, body.answers, under=UNDER)
    if body.representative:
        sent.ids[MANDATE] = [body.representative.file]
    if applicant:
        found += own_agency(actor, applicant)
        found += _wrong_references(request, fields, sent, actor)
    if applicant is None or found or sent.wrongs:
        also = fill(fields, sent.raw, sent.placeholders, today=today).errors
        raise Refused([*found, *sent.wrongs, *sent.besides(wrongs(also, under=UNDER))])
    try:
        return _open(request, offering, applicant, actor, sent, staff, token)
    except FormRefused as refusal:
        raise Refused(_placed(wrongs(refusal.errors))) from refusal


def _placed(found: list[Wrong]) -> list[Wrong]:
    """Each under its path in what was sent: of the applicant, or of the answers."""
    return [replace(wrong, field=place_of(wrong.field) or UNDER + wrong.field) for wrong in found]


def _wrong_references(request: HttpRequest, fields: Sequence[Field], sent: Sent, actor: Actor) -> list[Wrong]:
    """What is wrong with cases that are named: a try at their passwords, so it is counted. Raises TooManyTries."""
    resolve = guessing.limited(
        resolver(by=actor, token=None),
        by=guessing.address_bucket(request),
        at=arrived(request).now,
    )
    named = [field for field in fields if field.kind == "case" and field.name in sent.raw]
    return wrongs(fill(named, sent.raw, resolve=resolve).errors, under=UNDER) if named else []


def _open(
    request: HttpRequest,
    offering: Offering,
    applicant: Applicant,
    actor: Actor,
    sent: Sent,
    staff: Staff | None,
    token: str | None,
) -> Opened:
    at, version = arrived(request).now, binding(offering.agency, offering.slug, today=today_of(request))
    sent_by = staff.user_id if staff else None
    with transaction.atomic():
        files, missing = claimed(sent, agency_id=offering.agency_id, sent_by=sent_by, at=at)
        # A repeated call has no uploads left to claim: its case has them.
        if missing and not (token and is_used(offering, token)):
            raise NoSuchUpload(place_of(name) or UNDER + name for name in missing)
        return complaining.file(
            offering,
            sent.raw,
            lambda: Case.open(
                offering,
                by=actor,
                applicant=applicant,
                answers=sent.raw,
                files=files,
                at=at,
                agreement_version=version.pk if version else None,
                token=token,
                upload_ids=sent.every_id,
            ),
            at=at,
        )


def _receipt(opened: Opened) -> Filed:
    """The promise as it was made at filing, whatever happened since."""
    case = opened.case
    due = clock_of(case.agency_id).due(case.target, filed_at=case.filed_at, stops=()).at
    return Filed(
        tracking_code=case.code,
        password=opened.password,
        due_at=due,
        due_on=iso(local(due).date()) if due else None,
    )
