"""Published declarations, and which agency offers which."""

import hashlib
from datetime import datetime
from typing import Any, Self

from django.db import IntegrityError, models, transaction

from mizban.core.agencies.models import Agency
from mizban.core.declarations.fingerprints import changed_rules, fingerprints
from mizban.core.declarations.grammar import Declaration
from mizban.core.declarations.nodes import BrokenDeclaration
from mizban.core.declarations.reading import read_cached, read_published
from mizban.core.events.chain import chain_start
from mizban.core.events.models import Event, EventQuerySet, new_event
from mizban.core.kept import kept
from mizban.core.people.actors import SYSTEM, Actor, Staff
from mizban.core.people.models import User

from .known import Known
from .party import Party

SUBJECT = "service"
TRIES = 3

# By the hash of their text, which never changes: lists name many cases of few versions.
_declarations: dict[str, Declaration] = {}


class Origin(models.TextChoices):
    """Where the text of a version came from; what was written at a desk is never overwritten by a file."""

    FILE = "file", "همراه نرم‌افزار"
    DESK = "desk", "از میز"


class ServiceVersionQuerySet(models.QuerySet["ServiceVersion"]):
    def of(self, slug: str) -> Self:
        """Every text of one service, the newest first; an agency sees those it has offered (`publishing`)."""
        return self.filter(slug=slug).order_by("-number")

    def rules(self) -> dict[str, str]:
        """The fingerprint of every rule a version names, as it was when that was last published."""
        found: dict[str, str] = {}
        for rules in self.exclude(rules={}).order_by("pk").values_list("rules", flat=True):
            found |= rules
        return found

    def known_to(self, agency: Agency) -> Known:
        """What this agency's lists are about: one query, one more once after each publication."""
        offers = models.Exists(Offering.objects.filter(agency=agency, slug=models.OuterRef("slug")))
        parts = models.Exists(Party.objects.filter(agency=agency).exclude(case__agency=agency))
        rows = list(self.order_by("number").values_list("pk", "content_hash", offers, parts))
        unread = [pk for pk, content_hash, *_ in rows if content_hash not in _declarations]
        for version in self.filter(pk__in=unread) if unread else ():
            _declarations[version.content_hash] = read_published(version.source)
        declared = [(pk, _declarations[content_hash], offered) for pk, content_hash, offered, _ in rows]
        return Known(
            versions={pk: declaration for pk, declaration, _ in declared},
            offered={declaration.slug: declaration for _, declaration, offered in declared if offered},
            is_party=any(is_party for *_, is_party in rows),
        )


class ServiceVersion(models.Model):
    """One published text of a declaration. Never changed; a changed text is a new version.

    `rules` has the fingerprint of every rule the text names: changed behaviour is a rule of another name.
    """

    slug = models.SlugField(max_length=50)
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    source = models.TextField()
    published_at = models.DateTimeField()
    origin = models.CharField(max_length=4, choices=Origin, default=Origin.FILE)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    rules = models.JSONField(default=dict)

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
            known = _declarations[self.content_hash] = read_published(self.source)
        return known

    @classmethod
    def declared(cls, pk: int) -> Declaration:
        """The declaration of the version with this id; a page of a case that was moved asks for it many times."""
        return _version(pk).declaration

    @classmethod
    def publish(
        cls,
        source: str,
        *,
        at: datetime,
        by: Actor = SYSTEM,
        origin: str = Origin.FILE,
        note: str = "",
    ) -> "ServiceVersion":
        """The version with this text, made if it is new. Raises BrokenDeclaration, for a changed rule too."""
        declaration = read_cached(source)
        faults = changed_rules(declaration, source, cls.objects.rules())
        if faults:
            raise BrokenDeclaration(faults)
        content_hash = hash_of(source)
        _declarations.setdefault(content_hash, declaration)  # whoever publishes shows it next
        with transaction.atomic():
            known = cls.objects.of(declaration.slug)
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
                origin=origin,
                published_by_id=by.user_id if isinstance(by, Staff) else None,
                note=note,
                rules=fingerprints(declaration),
            )


@kept
def _version(pk: int) -> ServiceVersion:
    return ServiceVersion.objects.defer("source").get(pk=pk)


def hash_of(source: str) -> str:
    """What tells one text from another."""
    return hashlib.sha256(source.encode()).hexdigest()


class OfferingQuerySet(models.QuerySet["Offering"]):
    def for_agency(self, agency: Agency) -> "list[Offering]":
        """What other agencies' portals offer to agencies such as this one."""
        others = self.exclude(agency=agency).filter(agency__has_portal=True).standing().with_versions()
        return [offering for offering in others if "agency" in offering.declaration.applicants]

    def of(self, agency: Agency) -> Self:
        return self.filter(agency=agency)

    def standing(self) -> Self:
        """Those new cases can be filed under; of what was withdrawn only the running cases go on."""
        return self.filter(withdrawn_at=None)

    def with_versions(self) -> Self:
        return self.select_related("agency", "version")


class Offering(models.Model):
    """A service as one agency offers it: the version new cases are filed under."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="offerings")
    slug = models.SlugField(max_length=50)
    version = models.ForeignKey(ServiceVersion, on_delete=models.PROTECT, related_name="offerings")
    withdrawn_at = models.DateTimeField(null=True)

    objects = OfferingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agency", "slug"], name="service_offered_once")]

    def __str__(self) -> str:
        return f"{self.slug} at {self.agency_id}"

    @property
    def declaration(self) -> Declaration:
        return self.version.declaration

    @property
    def events(self) -> EventQuerySet:
        """What became of the offering at its agency: published, withdrawn, offered again; oldest first."""
        return Event.objects.about(SUBJECT, self.pk)

    @classmethod
    def publish(
        cls,
        agency: Agency,
        source: str,
        *,
        at: datetime,
        by: Actor = SYSTEM,
        origin: str = Origin.FILE,
        note: str = "",
    ) -> "Offering":
        """Offer this declaration at the agency from now on. Running cases keep theirs. Raises BrokenDeclaration."""
        for left in reversed(range(TRIES)):
            try:
                return cls._publish(agency, source, at=at, by=by, origin=origin, note=note)
            except IntegrityError:
                # Somebody published at the same moment, here or at another agency: theirs has the number.
                if not left:
                    raise
        raise AssertionError

    @classmethod
    def _publish(
        cls, agency: Agency, source: str, *, at: datetime, by: Actor, origin: str, note: str
    ) -> "Offering":
        with transaction.atomic():
            version = ServiceVersion.publish(source, at=at, by=by, origin=origin, note=note)
            known = cls.objects.filter(agency=agency, slug=version.slug).first()
            if known and known.version_id == version.pk and known.withdrawn_at is None:
                return known
            offering, _ = cls.objects.update_or_create(
                agency=agency, slug=version.slug, defaults={"version": version, "withdrawn_at": None}
            )
            facts = {"version": version.number, "text": version.content_hash, "note": note}
            offering.record("published", by=by, at=at, facts=facts)
        return offering

    def record(self, kind: str, *, by: Actor, at: datetime, facts: dict[str, Any]) -> Event:
        """Append an event about the offering, in the transaction of the change it tells of."""
        last = self.events.last()
        event = new_event(
            agency_id=self.agency_id,
            subject=(SUBJECT, self.pk),
            number=last.number + 1 if last else 1,
            previous=bytes(last.hash) if last else chain_start(f"{SUBJECT} {self.agency.slug} {self.slug}"),
            kind=kind,
            at=at,
            by=by,
            facts=facts,
        )
        event.save()
        return event
