"""Who files, as programs name them: an identifier under its own name, by the kind of applicant."""

from datetime import date

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.questions import speaks_for_agency
from mizban.core.cases.models import Offering
from mizban.core.declarations.applicants import ANONYMOUS, Applicant, identify_for
from mizban.core.declarations.mandates import BY, FILE, SELF
from mizban.core.people.actors import PUBLIC, Actor, Staff
from mizban.web.staff import may_read

from .form.schemas import IDENTIFIERS
from .problems import FOUND, Wrong
from .shapes import ApplicantSent, RepresentativeSent

PLACES = {
    "applicant_kind": "applicant.kind",
    "applicant_name": "applicant.name",
    "applicant_mobile": "applicant.mobile",
    BY: "representative.kind",
}
NOT_YOUR_AGENCY = Wrong(
    "applicant.legal_id", "not-your-agency", "با این توکن تنها برای دستگاه خودتان می‌توان درخواست داد."
)


def applicant_of(
    offering: Offering, sent: ApplicantSent, by_right: RepresentativeSent | None, *, today: date
) -> tuple[Applicant | None, list[Wrong]]:
    """The applicant, or None and what is wrong with what was sent about it; `today` is Tehran's."""
    identifier = IDENTIFIERS.get(sent.kind, "")
    raw = {
        "applicant_kind": sent.kind,
        "applicant_name": sent.name,
        "applicant_identifier": getattr(sent, identifier) or "" if identifier else "",
        "applicant_mobile": sent.mobile,
        **_mandate(by_right),
    }
    # Whether the file is there is found out when it is claimed.
    files = {FILE: (None,)} if by_right else {}
    applicant, filled = identify_for(offering.declaration, raw, today=today, files=files)
    wrongs = [
        Wrong(place_of(name, identifier), fault.code, fault.message) for name, fault in filled.errors.items()
    ]
    others = {*IDENTIFIERS.values()} - {identifier}
    extra = [name for name in sorted(others) if getattr(sent, name) is not None]
    if sent.kind == ANONYMOUS:
        extra += [name for name in ("name", "mobile") if getattr(sent, name)]
    wrongs += [Wrong(f"applicant.{name}", *FOUND["extra_forbidden"]) for name in extra]
    if by_right and (sent.kind == ANONYMOUS or not offering.declaration.representation):
        wrongs.append(Wrong("representative", *FOUND["extra_forbidden"]))
    return (None if wrongs else applicant), wrongs


def _mandate(by_right: RepresentativeSent | None) -> dict[str, str]:
    """The answers about a mandate, as the form asks for them."""
    if by_right is None:
        return {BY: SELF}
    return {
        BY: by_right.kind,
        "applicant_mandate_name": by_right.name,
        "applicant_mandate_id": by_right.national_id,
        "applicant_mandate_number": by_right.number,
        "applicant_mandate_from": by_right.from_,
        "applicant_mandate_until": by_right.until,
    }


def place_of(name: str, identifier: str = "") -> str:
    """Where a question about the applicant stands in what a program sends; "" for a question of the form itself."""
    if name.startswith("applicant_mandate_"):
        part = name.removeprefix("applicant_mandate_")
        return f"representative.{'national_id' if part == 'id' else part}"
    return PLACES.get(name, f"applicant.{identifier}" if name == "applicant_identifier" else "")


def filing_actor(offering: Offering, applicant: Applicant, staff: Staff | None) -> Actor:
    """On whose behalf a case is filed: of a signed-in agency where it files for itself, else of a guest."""
    speaks = staff is not None and speaks_for_agency(staff, offering) and may_read(staff)
    return staff if staff is not None and speaks and applicant.kind == "agency" else PUBLIC


def own_agency(actor: Actor, applicant: Applicant) -> list[Wrong]:
    """What is wrong where a signed-in agency names another one as the applicant."""
    if not isinstance(actor, Staff):
        return []
    legal_id = Agency.objects.values_list("legal_id", flat=True).get(pk=actor.agency_id)
    return [] if legal_id == applicant.identifier else [NOT_YOUR_AGENCY]
