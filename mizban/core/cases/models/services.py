"""Published declarations, and which agency offers which."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import models, transaction

from mizban.core.agencies.models import Agency
from mizban.core.declarations.grammar import Declaration
from mizban.core.declarations.reading import read_cached

from .party import Party

# By the hash of their text, which never changes: lists name many cases of few versions.
_declarations: dict[str, Declaration] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """The declarations cases can be filed under, by version, and what the agency offers, by slug (the newest text).

    `is_party`: whether it has a part in cases of other agencies.
    """

    versions: dict[int, Declaration]
    offered: dict[str, Declaration]
    is_party: bool

    def versions_of(self, service: str) -> list[int]:
        return [pk for pk, declaration in self.versions.items() if declaration.slug == service]

    @property
    def own_versions(self) -> dict[int, Declaration]:
        """The versions of what the agency offers: its own cases were filed under one of these."""
        return {pk: declared for pk, declared in self.versions.items() if declared.slug in self.offered}


class ServiceVersionQuerySet(models.QuerySet["ServiceVersion"]):
    def known_to(self, agency: Agency) -> Known:
        """What this agency's lists are about: one query, one more once after each publication."""
        offers = models.Exists(Offering.objects.filter(agency=agency, slug=models.OuterRef("slug")))
        parts = models.Exists(Party.objects.filter(agency=agency).exclude(case__agency=agency))
        rows = list(self.order_by("number").values_list("pk", "content_hash", offers, parts))
        unread = [pk for pk, content_hash, *_ in rows if content_hash not in _declarations]
        for version in self.filter(pk__in=unread) if unread else ():
            _declarations[version.content_hash] = read_cached(version.source)
        declared = [(pk, _declarations[content_hash], offered) for pk, content_hash, offered, _ in rows]
        return Known(
            versions={pk: declaration for pk, declaration, _ in declared},
            offered={declaration.slug: declaration for _, declaration, offered in declared if offered},
            is_party=any(is_party for *_, is_party in rows),
        )


class ServiceVersion(models.Model):
    """One published text of a declaration. Never changed; a changed text is a new version."""

    slug = models.SlugField(max_length=50)
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    source = models.TextField()
    published_at = models.DateTimeField()

    objects = ServiceVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "number"], name="service_version_once"),
            models.UniqueConstraint(fields=["slug", "content_hash"], name="service_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} v{self.number}"

    @property
    def declaration(self) -> Declaration:
        """Read once a process; a row fetched without its text asks for it only then."""
        known = _declarations.get(self.content_hash)
        if known is None:
            known = _declarations[self.content_hash] = read_cached(self.source)
        return known

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
    def for_agency(self, agency: Agency) -> "list[Offering]":
        """What other agencies' portals offer to agencies such as this one."""
        others = self.exclude(agency=agency).filter(agency__has_portal=True).with_versions()
        return [offering for offering in others if "agency" in offering.declaration.applicants]

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
