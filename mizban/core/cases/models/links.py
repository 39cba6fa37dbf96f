"""Cases that belong together: linked at the desk, or one merged into the other."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from .case import Case


class CaseLinkQuerySet(models.QuerySet["CaseLink"]):
    def of(self, case: "Case") -> Self:
        """Links in which the case is either side, in their order."""
        return self.filter(models.Q(case=case) | models.Q(other=case)).select_related(
            "case__agency", "case__version", "case__unit", "other__agency", "other__version", "other__unit"
        )

    def merged_into(self, case: "Case") -> Self:
        """The duplicates whose papers are read with this case."""
        return self.filter(other=case, is_merged=True)


class CaseLink(models.Model):
    """Two cases of one agency. Where `is_merged`, `case` is the duplicate and `other` the one that goes on."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    is_merged = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects = CaseLinkQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "other"], name="cases_linked_once")]

    def __str__(self) -> str:
        return f"cases {self.case_id} and {self.other_id}"

    def beside(self, case: "Case") -> "Case":
        """The other side of the link."""
        return self.other if self.case_id == case.pk else self.case

    @classmethod
    def add(cls, case: "Case", other: "Case", *, at: datetime, is_merged: bool = False) -> "CaseLink":
        link, _ = cls.objects.update_or_create(
            case=case, other=other, defaults={"at": at, "is_merged": is_merged}
        )
        return link
