"""Published declarations, and which agency offers which."""

import hashlib
from datetime import datetime
from typing import Self

from django.db import models, transaction

from mizban.core.agencies.models import Agency
from mizban.core.declarations.grammar import Declaration
from mizban.core.declarations.reading import read_cached


class ServiceVersion(models.Model):
    """One published text of a declaration. Never changed; a changed text is a new version."""

    slug = models.SlugField(max_length=50)
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    source = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "number"], name="service_version_once"),
            models.UniqueConstraint(fields=["slug", "content_hash"], name="service_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} v{self.number}"

    @property
    def declaration(self) -> Declaration:
        return read_cached(self.source)

    @classmethod
    def publish(cls, source: str, *, at: datetime) -> "ServiceVersion":
        """The version with this text, made if it is new. Raises BrokenDeclaration."""
        declaration = read_cached(source)
        content_hash = hashlib.sha256(source.encode()).hexdigest()
        with transaction.atomic():
            known = cls.objects.filter(slug=declaration.slug).order_by("-number")
            same = known.filter(content_hash=content_hash).first()
            if same:
                return same
            last = known.first()
            return cls.objects.create(
                slug=declaration.slug,
                number=last.number + 1 if last else 1,
                content_hash=content_hash,
                source=source,
                published_at=at,
            )


class OfferingQuerySet(models.QuerySet["Offering"]):
    def of(self, agency: Agency) -> Self:
        return self.filter(agency=agency)

    def with_versions(self) -> Self:
        return self.select_related("agency", "version")


class Offering(models.Model):
    """A service as one agency offers it: the version new cases are filed under."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="offerings")
    slug = models.SlugField(max_length=50)
    version = models.ForeignKey(ServiceVersion, on_delete=models.PROTECT, related_name="offerings")

    objects = OfferingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agency", "slug"], name="service_offered_once")]

    def __str__(self) -> str:
        return f"{self.slug} at {self.agency_id}"

    @property
    def declaration(self) -> Declaration:
        return self.version.declaration

    @classmethod
    def publish(cls, agency: Agency, source: str, *, at: datetime) -> "Offering":
        """Offer this declaration at the agency from now on. Running cases keep theirs. Raises BrokenDeclaration."""
        with transaction.atomic():
            version = ServiceVersion.publish(source, at=at)
            offering, _ = cls.objects.update_or_create(
                agency=agency, slug=version.slug, defaults={"version": version}
            )
        return offering
