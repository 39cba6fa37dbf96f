"""Papers that were made, so that each is made once and can be known again."""

from django.db import models

from mizban.core.agencies.models import Agency


class Paper(models.Model):
    """A PDF by the code of its content: of a service (`subject` is its slug), or of a version of an agreement.

    `content_hash` is the SHA-256 of what it says; `code`, its first 32 digits, stands on the paper; `pdf_hash` is of
    the file. Rows are added, never changed: what was printed once can be checked for good.
    """

    class Kind(models.TextChoices):
        """What sort of paper it is."""

        PROPOSAL = "proposal", "متن توافق‌نامه از روی خدمت"
        VERSION = "version", "توافق‌نامهٔ امضاشده"
        SHEET = "sheet", "شناسنامهٔ خدمت"

    code = models.CharField(max_length=32, unique=True)
    content_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    subject = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    pdf = models.BinaryField()
    pdf_hash = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
