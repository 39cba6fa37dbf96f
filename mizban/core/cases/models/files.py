"""A file of a case: its bytes lie encrypted in the file store, its name sealed here."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.core.prepared import Prepared, blank

from .unfinished import Unfinished

if TYPE_CHECKING:
    from .case import Case


class CaseFileQuerySet(models.QuerySet["CaseFile"]):
    def waiting(self, token_hash: bytes) -> Self:
        """Uploads of one form that is not filed yet."""
        return self.filter(token_hash=token_hash, case=None)

    def abandoned(self, *, before: datetime) -> Self:
        """Uploads whose form was never filed, and is not put aside to be finished another day."""
        old = self.filter(case=None, uploaded_at__lt=before)
        return old.exclude(models.Exists(Unfinished.objects.filter(token_hash=models.OuterRef("token_hash"))))


class CaseFile(models.Model):
    """An upload. Until its form is filed it waits under the form's token; then it belongs to the event that brought it.

    `wrapped_key` is wrapped by the agency's key while waiting, by the case's key afterwards, so that destroying the
    case's key destroys its files too.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="files")
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    token_hash = models.BinaryField(null=True, db_index=True)
    field = models.CharField(max_length=50)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    stored_as = models.CharField(max_length=100)
    sealed_name = models.BinaryField()
    wrapped_key = models.BinaryField()
    uploaded_at = models.DateTimeField()

    objects = CaseFileQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @classmethod
    def of(cls, case: "Case") -> "list[CaseFile]":
        """The files of a case, in the order they came. One query."""
        found = _of.all(case_id=case.pk)
        for file in found:
            file.case = case
        return found


_of = Prepared(lambda: CaseFile.objects.filter(case_id=blank(CaseFile, "case", "case_id")))
