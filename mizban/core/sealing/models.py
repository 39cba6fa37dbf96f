from django.db import models

from mizban.core.agencies.models import Agency


class AgencyKey(models.Model):
    """An agency's key, wrapped by the master key."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, primary_key=True, related_name="key")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"key of agency {self.pk}"
