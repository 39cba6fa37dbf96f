"""An agency and its units."""

from django.db import models


class Agency(models.Model):
    """A government body (دستگاه اجرایی), with what its pages say about it."""

    slug = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100)
    province = models.CharField(max_length=50, blank=True)
    legal_id = models.CharField(max_length=11, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    has_portal = models.BooleanField(default=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    hours = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit (واحد، دپارتمان) of an agency; `is_public` ones are offered to applicants.

    One that is not active takes no cases; it stays for the sake of those it had, and is never public.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="units")
    slug = models.SlugField(max_length=50)
    name = models.CharField(max_length=100)
    is_public = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agency", "slug"], name="unit_slug_once_per_agency")]

    def __str__(self) -> str:
        return self.name


class Counterpart(models.Model):
    """Which agency plays a role for another: the provincial treasury of an economy office, its traffic police."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="counterparts")
    role = models.SlugField(max_length=30)
    counterpart = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "role"], name="counterpart_once_per_role")]

    def __str__(self) -> str:
        return f"{self.role} of {self.agency_id}"
