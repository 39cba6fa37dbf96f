"""Who has a part in a case: the applicant, and agencies that a step makes parties."""

from typing import TYPE_CHECKING

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.core.declarations.applicants import Applicant
from mizban.core.prepared import Prepared, blank
from mizban.core.sealing import cipher, keys

if TYPE_CHECKING:
    from .case import Case

PLACE = "party"
APPLICANT = "applicant"


class Party(models.Model):
    """A party of a case. Name, identifier and mobile are sealed; `identifier_index` finds an exact identifier."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="parties")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(max_length=20, default=APPLICANT)
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
            identifier_index=keys.blind(applicant.kind, applicant.identifier),
            sealed=cipher.seal_json(key, applicant.as_json(), place=PLACE),
        )

    @classmethod
    def who_applied(cls, case: "Case") -> "Party":
        """The applicant's part of a case. One query, none where the case came with its parties."""
        known = case.parties.all() if "parties" in getattr(case, "_prefetched_objects_cache", ()) else ()
        found = [party for party in known if party.role == APPLICANT] or _applied.all(case_id=case.pk)
        return found[0]

    def reveal(self, key: bytes) -> Applicant:
        """Who the applicant is. Raises BrokenSeal if the key is another case's or was destroyed."""
        return Applicant(**cipher.unseal_json(key, self.sealed or b"", place=PLACE))

    def is_identified_by(self, identifier: str) -> bool:
        """Whether this stored-form identifier is the party's."""
        return cipher.same(keys.blind(self.kind, identifier), self.identifier_index or b"")


_applied = Prepared(lambda: Party.objects.filter(role=APPLICANT, case_id=blank(Party, "case", "case_id")))
