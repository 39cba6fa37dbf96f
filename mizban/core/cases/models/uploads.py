"""A file that a program sent before its case: it waits, encrypted, for whoever has its id."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.db import models

# As large as every language's JSON reads exactly: the id is a secret, and nobody guesses one of so many.
BITS = 53
GOOD_FOR = timedelta(hours=1)


def new_upload_id() -> int:
    """A random id: it is all that binds an upload to the program that sent it."""
    return secrets.randbits(BITS) or 1


class UploadQuerySet(models.QuerySet["Upload"]):
    def claimable(self, *, at: datetime, sent_by: int | None) -> Self:
        """Those not too old; what came with a token is for its user, what came without for whoever has the id."""
        mine = models.Q(sent_by=None) | models.Q(sent_by=sent_by)
        return self.filter(mine, uploaded_at__gt=at - GOOD_FOR)

    def left_behind(self, *, at: datetime) -> Self:
        """Those that nobody came for."""
        return self.filter(uploaded_at__lte=at - GOOD_FOR)


class Upload(models.Model):
    """An upload that belongs to no agency yet; `wrapped_key` is wrapped by a key of the instance."""

    id = models.BigIntegerField(primary_key=True, default=new_upload_id)
    sent_by = models.BigIntegerField(null=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    stored_as = models.CharField(max_length=100)
    sealed_name = models.BinaryField()
    wrapped_key = models.BinaryField()
    uploaded_at = models.DateTimeField(db_index=True)

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"upload of {self.size} bytes"
