"""Other agencies in a case: who they are, and from when they have a part in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mizban.core.agencies.models import Agency, Counterpart, Unit
from mizban.core.declarations.grammar import UNIT, PartyRole
from mizban.core.refusals import Refusal

from ..models.party import Party

if TYPE_CHECKING:
    from ..models import Case

APPLICANT = "applicant"


class PartyMissing(Refusal):
    """The agency that should come in is not known here."""

    code = "party-missing"
    status = 409
    message = "دستگاهی که باید در این پرونده نظر دهد هنوز در سامانه نیست. به مسئول سایت بگویید."


def confirm_applicant(case: "Case") -> None:
    """From here on the agency the guest speaks for sees the case, where it has a desk of its own."""
    for party in case.parties.filter(role=APPLICANT, kind="agency", agency=None):
        legal_id = party.reveal(case.key).identifier
        party.agency = Agency.objects.filter(legal_id=legal_id).first()
        party.save(update_fields=["agency"])
        Party.forget(case)


def bring(case: "Case", roles: Iterable[str]) -> None:
    """Make these roles parties of the case; one that is a party already stays as it is. Raises PartyMissing."""
    for name in roles:
        agency = _agency_of(case, case.declaration.parties[name])
        if agency is None:
            raise PartyMissing
        Party.objects.get_or_create(case=case, role=name, defaults={"agency": agency, "kind": "agency"})
        Party.forget(case)


class UnitMissing(Refusal):
    """The unit that should be asked is not one of this agency."""

    code = "unit-missing"
    status = 409
    message = "واحدی که باید در این پرونده نظر دهد در این دستگاه نیست. به مسئول سایت بگویید."


def bring_unit(case: "Case", slug: str) -> Unit:
    """A unit of the case's own agency from now on sees the case. Raises UnitMissing."""
    unit = Unit.objects.filter(agency=case.agency_id, slug=slug).first()
    if unit is None:
        raise UnitMissing
    if unit.pk != case.unit_id:
        Party.objects.get_or_create(
            case=case, role=UNIT + slug, defaults={"agency_id": case.agency_id, "unit": unit, "kind": "unit"}
        )
        Party.forget(case)
    return unit


def _agency_of(case: "Case", role: PartyRole) -> Agency | None:
    if role.source == "parent":
        applicant = case.parties.filter(role=APPLICANT).select_related("agency__parent").first()
        return applicant.agency.parent if applicant and applicant.agency else None
    if role.source.startswith("office."):
        wanted = Counterpart.objects.filter(agency=case.agency_id, role=role.source.removeprefix("office."))
        found = wanted.select_related("counterpart").first()
        return found.counterpart if found else None
    return Agency.objects.filter(slug=case.plain.get(role.source)).first()
