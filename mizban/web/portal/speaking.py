"""Complaint, comment, question: forms of the service desk, a short address each, from every page."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mizban.core.cases.models import Offering
from mizban.kit.requests import AgencyRequest, Request
from mizban.web.pages import page

from .finding import methods, of_agency, offering_of, refuse

SERVICE_DESK = "service-desk"
View = Callable[..., HttpResponse]


def _of_kind(kind: str) -> View:
    """On to the service desk's form with this kind chosen; refused where the office has none."""

    @methods("GET")
    @of_agency
    def speak(request: AgencyRequest) -> HttpResponse:
        if offering_of(request.agency, SERVICE_DESK) is None:
            refuse(request.agency, SERVICE_DESK)
        return HttpResponseRedirect(desk_address(request.agency.slug, kind))

    return speak


def desk_address(agency: str, kind: str) -> str:
    """The service desk's form with a kind of message chosen."""
    address = reverse("portal:apply", args=[agency, SERVICE_DESK])
    return f"{address}?{urlencode({'kind': kind})}"


complaint = _of_kind("complaint")
comment = _of_kind("comment")
question = _of_kind("question")


@methods("GET")
def choose(request: Request) -> HttpResponse:
    """To whom: the offices that take complaints, comments and questions, from pages that belong to no office."""
    desks = (
        Offering.objects.standing()
        .filter(slug=SERVICE_DESK, agency__has_portal=True)
        .select_related("agency")
    )
    return page(
        request,
        "portal/speak.html",
        title="شکایت، نظر یا پرسش",
        here="complaints",
        offices=[offering.agency for offering in desks],
    )
