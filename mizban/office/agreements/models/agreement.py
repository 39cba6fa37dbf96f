"""An agreement: what an agency promises for its services, in versions."""

from datetime import date
from typing import Self

from django.db import models

from mizban.core.agencies.models import Agency
from mizban.office.agreements import states

from .version import AgreementVersion, Standing


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def of(self, agency: Agency) -> Self:
        """The public agreements of an agency, in the order of their numbers."""
        return self.public().filter(agency=agency).order_by("number")

    def public(self) -> Self:
        """Those with a signed or published version: anybody may read them. One that is only drafted is nobody's yet."""
        known = AgreementVersion.objects.public().filter(agreement=models.OuterRef("pk"))
        return self.filter(models.Exists(known))

    def with_versions(self) -> Self:
        """With their offices and public versions in two queries, the long texts left in the database."""
        versions = AgreementVersion.objects.public().defer("text", "reading")
        return (
            self.public()
            .select_related("agency")
            .prefetch_related(models.Prefetch("versions", versions))
            .order_by("agency_id", "number")
        )

    def binding(self, agency: Agency, service: str, *, today: date | None = None) -> AgreementVersion | None:
        """The version a case of this service is filed under; None for a service that runs under none. One query.

        `today` is Tehran's date; without it a version whose date has passed binds whether it says so or not.
        """
        in_force = AgreementVersion.objects.filter(agreement__agency=agency, standing=Standing.IN_FORCE)
        found = in_force.select_related("agreement").defer("text", "reading")
        return next(
            (
                version
                for version in found
                if service in version.agreement.services and (today is None or version.binds(today=today))
            ),
            None,
        )


class Agreement(models.Model):
    """What an agency promises for some services; `number` counts from 1 within the agency.

    `title` and `services` are those of the version in force.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    # Slugs of the services run under it. A slug, not a key: what is offered changes, what was promised stays.
    services = models.JSONField(default=list)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="agreement_number_once_per_agency")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_force(self) -> AgreementVersion | None:
        """The version in force, None while there is none. From the versions at hand where they were fetched."""
        return next((each for each in self.versions.all() if each.standing == Standing.IN_FORCE), None)

    @property
    def current(self) -> AgreementVersion:
        """What the public reads first: the version in force, else the last that was signed or published."""
        # Not a query of its own: lists have the versions of all agreements at hand.
        public = [version for version in self.versions.all() if version.is_public]
        return self.in_force or max(public, key=lambda version: version.number)

    def gap(self, *, today: date) -> states.Gap:
        """The days it was without a valid version, up to today (Tehran's date)."""
        return states.gap(
            (
                states.Span(each.in_force_on, each.closed_on, each.valid_until, each.holdover)
                for each in self.versions.all()
                if each.in_force_on
            ),
            today=today,
        )
