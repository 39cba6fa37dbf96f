"""Who files, as programs name them: an identifier under its own name, by the kind of applicant."""

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.cases.questions import speaks_for_agency
from mizban.core.declarations.applicants import Applicant, identify
from mizban.core.people.actors import PUBLIC, Actor, Staff
from mizban.web.staff import may_read

from .form.schemas import IDENTIFIERS
from .problems import FOUND, Wrong
from .shapes import ApplicantSent

NOT_YOUR_AGENCY = Wrong(
    "applicant.legal_id", "not-your-agency", "با این توکن تنها برای دستگاه خودتان می‌توان درخواست داد."
)


def applicant_of(offering: Offering, sent: ApplicantSent) -> tuple[Applicant | None, list[Wrong]]:
    """The applicant, or None and what is wrong with what was sent about it."""
    identifier = IDENTIFIERS[sent.kind]
    raw = {
        "applicant_kind": sent.kind,
        "applicant_name": sent.name,
        "applicant_identifier": getattr(sent, identifier) or "",
        "applicant_mobile": sent.mobile,
    }
    applicant, filled = identify(offering.declaration.applicants, raw)
    places = {
        "applicant_kind": "kind",
        "applicant_name": "name",
        "applicant_identifier": identifier,
        "applicant_mobile": "mobile",
    }
    wrongs = [
        Wrong(f"applicant.{places[name]}", fault.code, fault.message) for name, fault in filled.errors.items()
    ]
    others = {*IDENTIFIERS.values()} - {identifier}
    wrongs += [
        Wrong(f"applicant.{name}", *FOUND["extra_forbidden"])
        for name in sorted(others)
        if getattr(sent, name) is not None
    ]
    return (None if wrongs else applicant), wrongs


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
