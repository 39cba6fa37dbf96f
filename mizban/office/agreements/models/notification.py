"""A notification (ابلاغیه): the paper that replaces an agreement or brings it to its end."""

from django.db import models

from mizban.core.people.models import User


class Notification(models.Model):
    """Number, date and file of the paper, and what it does."""

    class Does(models.TextChoices):
        """What follows from it."""

        REPLACES = "replaces", "جایگزین می‌کند"
        ENDS = "ends", "پایان می‌دهد"

    agreement = models.ForeignKey(
        "agreements.Agreement", on_delete=models.PROTECT, related_name="notifications"
    )
    number = models.CharField(max_length=40)
    dated_on = models.DateField()
    does = models.CharField(max_length=10, choices=Does)
    file_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    file = models.BinaryField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="notification_once_per_number")
        ]

    def __str__(self) -> str:
        return f"notification {self.number}"
