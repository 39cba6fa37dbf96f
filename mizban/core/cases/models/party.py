"""Who has a part in a case: the applicant, and agencies that a step makes parties."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import models

from mizban.core.agencies.models import Agency, Unit
from mizban.core.declarations.applicants import Applicant
from mizban.core.prepared import Prepared, blank, number
from mizban.core.sealing import cipher, keys

if TYPE_CHECKING:
    from .case import Case

PLACE = "party"
APPLICANT = "applicant"


class Party(models.Model):
    """A party of a case. Name, identifier and mobile are sealed; `identifier_index` finds an exact identifier.

    A `unit` of the case's own agency becomes a party where it is asked for a word on a case of another unit.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="parties")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=60, default=APPLICANT)
    kind = models.CharField(max_length=10)
    identifier_index = models.BinaryField(null=True, db_index=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [models.UniqueConstraint(fields=["case", "role"], name="party_once_per_role")]

    def __str__(self) -> str:
        return f"{self.role} of case {self.case_id}"

    @classmethod
    def applying(cls, case: "Case", applicant: Applicant, *, key: bytes) -> "Party":
        """The unsaved applicant's part of a case, sealed with the case's key."""
        return cls(
            case=case,
            kind=applicant.kind,
            identifier_index=None
            if applicant.is_anonymous
            else keys.blind(applicant.kind, applicant.identifier),
            sealed=cipher.seal_json(key, applicant.as_json(), place=PLACE),
        )

    @classmethod
    def of(cls, case: "Case") -> "list[Party]":
        """Who has a part in a case. One query for as long as nothing more happens; none where it came with them."""
        if "parties" in getattr(case, "_prefetched_objects_cache", ()):
            return list(case.parties.all())
        known = case.__dict__.get("_parts")
        if known is None or known[0] != case.number_of_events:
            known = case.__dict__["_parts"] = case.number_of_events, _of.all(case_id=case.pk)
        return list(known[1])

    @classmethod
    def forget(cls, case: "Case") -> None:
        """Look again who has a part: somebody came in."""
        case.__dict__.pop("_parts", None)

    @classmethod
    def who_applied(cls, case: "Case") -> "Party":
        """The applicant's part of a case. One query, none where the case came with its parties."""
        known = case.parties.all() if "parties" in getattr(case, "_prefetched_objects_cache", ()) else ()
        found = [party for party in known if party.role == APPLICANT] or _applied.all(case_id=case.pk)
        return found[0]

    @classmethod
    def applicants_of(cls, cases: "Iterable[Case]") -> "dict[int, Party]":
        """The applicants' parts of these cases, by case. One query."""
        ids = {f"case{place}": case.pk for place, case in enumerate(cases)}
        return {party.case_id: party for party in _applied_to(len(ids)).all(**ids)} if ids else {}

    def reveal(self, key: bytes) -> Applicant:
        """Who the applicant is. Raises BrokenSeal if the key is another case's or was destroyed."""
        return Applicant.from_json(cipher.unseal_json(key, self.sealed or b"", place=PLACE))

    def is_identified_by(self, identifier: str) -> bool:
        """Whether this stored-form identifier is the party's."""
        return cipher.same(keys.blind(self.kind, identifier), self.identifier_index or b"")


_of = Prepared(lambda: Party.objects.filter(case_id=blank(Party, "case", "case_id")))
_applied = Prepared(lambda: Party.objects.filter(role=APPLICANT, case_id=blank(Party, "case", "case_id")))


@lru_cache(maxsize=128)
def _applied_to(cases: int) -> Prepared[Party]:
    """The applicants' parts of so many cases."""
    ids = [number(f"case{place}") for place in range(cases)]
    return Prepared(
        lambda: Party.objects.filter(role=APPLICANT, case_id__in=ids).only("case_id", "role", "sealed")
    )
