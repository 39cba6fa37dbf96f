"""What is looked up as it stands: signatures, the menu, the end of an agreement, how surely its text was read."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.office.agreements.models import AgreementVersion, Clause, Ending, Signature
from mizban.office.agreements.signing import is_whole
from mizban.office.availability.models import Outage
from mizban.office.figures.spans import midnight

from .months import end_of

SURE = 0.5
MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}
Pair = tuple[int, int]
Menu = Callable[[Agency], Collection[str]]
_menu: list[Menu] = []


def install_menu(menu: Menu) -> None:
    """Called once, when pages are there: which services of an office its menu shows, as slugs."""
    _menu[:] = [menu]


def read_surely(
    version: AgreementVersion, _kind: str, _clause: Clause | None, _months: Sequence[date]
) -> Pair:
    clauses = version.clauses.all()
    return sum(clause.confidence >= SURE for clause in clauses), len(clauses)


def menu_complete(
    version: AgreementVersion, _kind: str, _clause: Clause | None, _months: Sequence[date]
) -> Pair | None:
    """Active services that the menu shows."""
    agency = version.agreement.agency
    if not _menu:
        return None
    active = set(Offering.objects.of(agency).standing().values_list("slug", flat=True))
    return len(active & set(_menu[0](agency))), len(active)


def signed_versions(
    version: AgreementVersion, kind: str, _clause: Clause | None, _months: Sequence[date]
) -> Pair | None:
    """Whether all parties signed this very text; None for one on paper, and where mutual signatures have one party."""
    if version.signature != Signature.SIMPLE or (
        kind == "mutual-signature" and version.counterpart_id is None
    ):
        return None
    parties = {agency.pk for agency in version.parties}
    whole = {each.agency_id for each in version.signatures.all() if is_whole(each)}
    return int(parties <= whole), 1


def backups_verified(
    version: AgreementVersion, _kind: str, _clause: Clause | None, _months: Sequence[date]
) -> Pair | None:
    """Whether its end, where there was one, had a backup that was tried before it was signed."""
    ending = Ending.objects.over().filter(agreement=version.agreement_id).first()
    if ending is None or ending.signed_at is None:
        return None
    return int(ending.verified_at is not None and ending.verified_at <= ending.signed_at), 1


def restored_in_time(
    version: AgreementVersion, _kind: str, clause: Clause | None, months: Sequence[date]
) -> Pair | None:
    """Outages of the months that ended within the time of the clause; None where it names none in plain hours."""
    promised = clause.target if clause else None
    if not promised or promised["unit"] not in MINUTES:
        return None
    within = promised["value"] * MINUTES[promised["unit"]]
    ended = Outage.objects.filter(
        agency=version.agreement.agency_id,
        until_at__isnull=False,
        from_at__gte=midnight(months[0]),
        from_at__lt=midnight(end_of(months[-1])),
    )
    return sum(each.minutes(at=each.from_at) <= within for each in ended), len(ended)


LookUp = Callable[[AgreementVersion, str, Clause | None, Sequence[date]], Pair | None]
LOOKED_UP: dict[str, LookUp] = {
    "read-surely": read_surely,
    # Known once all others are (`figures`).
    "measured-clauses": lambda *_: None,
    "menu-complete": menu_complete,
    "signed-versions": signed_versions,
    "backups-verified": backups_verified,
    "restored-in-time": restored_in_time,
}
