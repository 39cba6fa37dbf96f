"""What is probed of each office with a portal: its page, the form of its first service, tracking (Sx-3.0a, 3.1)."""

from dataclasses import dataclass

from django.urls import reverse

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.office.availability.models import Target


@dataclass(frozen=True, slots=True)
class Probed:
    """One page of one office, by its path."""

    agency: Agency
    target: Target
    path: str


def probed() -> list[Probed]:
    """All of them, office by office. Two queries."""
    agencies = list(Agency.objects.filter(has_portal=True))
    forms: dict[int, str] = {}
    for offering in Offering.objects.standing().filter(agency__in=agencies).order_by("-pk"):
        forms[offering.agency_id] = offering.slug
    found = []
    for agency in agencies:
        found.append(Probed(agency, Target.HOME, reverse("portal:office", args=[agency.slug])))
        if agency.pk in forms:
            form = reverse("portal:apply", args=[agency.slug, forms[agency.pk]])
            found.append(Probed(agency, Target.FORM, form))
        found.append(Probed(agency, Target.TRACKING, reverse("portal:track")))
    return found
