"""A lost tracking code: the site officer checks who is asking and is told that applicant's codes, on the record."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from mizban.core.declarations.applicants import Applicant
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role
from mizban.core.refusals import NotYours
from mizban.core.sealing import cipher
from mizban.core.sealing.cipher import BrokenSeal
from mizban.core.sealing.keys import blind
from mizban.lib.text import compact_key

from ..writing import ActedFirst, record

if TYPE_CHECKING:
    from ..models import Case, CaseQuerySet

# Who filed more than this is told of the newest; an agency follows its own at its desk.
MOST_TOLD = 20
TRIES = 3


def recover(
    cases: "CaseQuerySet", indexes: Iterable[bytes], *, name: str, mobile: str, by: Staff, at: datetime
) -> "list[Case]":
    """The newest of `cases` that this applicant filed; that the codes were told stands on each of them.

    `cases` are those the officer may see at the own agency; `indexes` are the blind indexes of the identifier given;
    name and mobile (stored form) must both be those of the case. Empty where anything differs. Raises NotYours.
    """
    if Role.SITE_OFFICER not in by.roles:
        raise NotYours
    candidates = cases.filed_by(indexes).for_lists().order_by("-id")[: MOST_TOLD * 5]
    found = [case for case in candidates if _is(case, name, mobile)][:MOST_TOLD]
    for case in found:
        _put_on_record(case, by=by, at=at)
    return found


def _is(case: "Case", name: str, mobile: str) -> bool:
    applicant = _applicant(case)
    # Both are compared, and as blind indexes: neither the answer nor its time tells which of the two was wrong.
    wanted = blind("name", compact_key(name)), blind("mobile", mobile)
    kept = (
        blind("name", compact_key(applicant.name if applicant else "")),
        blind("mobile", applicant.mobile if applicant else ""),
    )
    same = [cipher.same(mine, theirs) for mine, theirs in zip(kept, wanted, strict=True)]
    return applicant is not None and all(same)


def _applicant(case: "Case") -> Applicant | None:
    """Who filed; None once the key was destroyed."""
    party = next(party for party in case.parties.all() if party.role == "applicant")
    try:
        return party.reveal(case.key)
    except BrokenSeal:
        return None


def _put_on_record(case: "Case", *, by: Staff, at: datetime) -> None:
    """The telling changes nothing of the case, so whoever acts at the same moment is simply gone before."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                record(case, "code-recovered", by=by, at=at)
            return
        except ActedFirst:
            if not left:
                raise
            case.refresh_from_db(fields=["number_of_events", "head"])
