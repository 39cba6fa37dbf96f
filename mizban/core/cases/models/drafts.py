"""A declaration that is being written at a desk: saved with its faults, offered to nobody."""

from typing import Self

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Role, User


class ServiceDraftQuerySet(models.QuerySet["ServiceDraft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's own agency, for its site officers."""
        if isinstance(actor, Staff) and Role.SITE_OFFICER in actor.roles:
            return self.filter(agency_id=actor.agency_id)
        return self.none()


class ServiceDraft(models.Model):
    """The text an agency's site officers work on, one a service."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=50)
    source = models.TextField()
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()

    objects = ServiceDraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "slug"], name="service_drafted_once")]

    def __str__(self) -> str:
        return f"draft of {self.slug} at {self.agency_id}"
