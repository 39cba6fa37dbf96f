"""The report of a month: the document that is signed, the paper it is printed on, and the signature."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import User
from mizban.lib.jalali import iso
from mizban.office.agreements.models import Agreement


class ReportQuerySet(models.QuerySet["Report"]):
    def public(self) -> Self:
        """Signed and published: anybody may read them."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, actor: Actor) -> Self:
        """What is public; staff also see what their own office prepares."""
        if not isinstance(actor, Staff):
            return self.public()
        return self.filter(Q(published_at__isnull=False) | Q(agency_id=actor.agency_id))

    def of(self, agency: Agency) -> Self:
        """An office's, the latest month first."""
        return self.filter(agency=agency).order_by("-month", "agreement__number")

    def unmade(self) -> Self:
        return self.filter(state__in=[Report.State.WAITING, Report.State.RUNNING])

    def without_papers(self) -> Self:
        """For lists: what is long stays in the database."""
        return self.select_related("agency", "agreement").defer("document", "paper")


class Report(models.Model):
    """Of one office, or of one of its agreements, for the Jalali month that begins on `month`.

    `document` is what is signed, one canonical JSON; `hash` its SHA-256; `paper` the PDF that shows it, after the
    signature with the signature on it. `address` is where the public finds it once it is published. `attempt` belongs
    to the one worker that may write. Once `signed_at` stands, nothing of it changes but `published_at`.
    """

    class State(models.TextChoices):
        """How far it is made."""

        WAITING = "waiting", "در نوبت"
        RUNNING = "running", "در حال ساختن"
        DONE = "done", "آماده"
        FAILED = "failed", "ساخته نشد"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reports")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    address = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    document = models.TextField(blank=True)
    hash = models.CharField(max_length=64, blank=True)
    paper = models.BinaryField(null=True)
    signer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=100, blank=True)
    signed_at = models.DateTimeField(null=True)
    signature = models.BinaryField(null=True)
    public_key = models.BinaryField(null=True)
    published_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "month"],
                condition=Q(agreement=None),
                name="report_of_an_office_once_a_month",
            ),
            models.UniqueConstraint(
                fields=["agreement", "month"],
                condition=Q(agreement__isnull=False),
                name="report_of_an_agreement_once_a_month",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(signed_at__isnull=False), name="published_report_is_signed"
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} of {self.month}"

    @property
    def is_over(self) -> bool:
        """Whether nobody makes it any more."""
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def name(self) -> str:
        """What its files are called: «markazi-roads-1405-07», with the number of the agreement where it is of one."""
        year_and_month = iso(self.month)[:7]
        part = f"-{self.agreement.number}" if self.agreement else ""
        return f"{self.agency.slug}{part}-{year_and_month}"


def new(
    agency: Agency, agreement: Agreement | None, month: date, *, by: Staff, at: datetime
) -> dict[str, Any]:
    """The columns of a report somebody asks for."""
    return {
        "agency": agency,
        "agreement": agreement,
        "month": month,
        "asked_by_id": by.user_id,
        "asked_at": at,
    }
