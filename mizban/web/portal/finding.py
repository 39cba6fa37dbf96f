"""The door of the portal: which office and which of its services an address means."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponse

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.cases.publishing import refuse_withdrawn
from mizban.core.kept import kept
from mizban.core.people.actors import PUBLIC
from mizban.core.refusals import NotFound
from mizban.kit.requests import AgencyRequest
from mizban.web.failures import failure

View = Callable[..., HttpResponse]

NO_OFFICE = "چنین دستگاهی در این درگاه نیست. از فهرست دستگاه‌ها آغاز کنید."
NO_SERVICE = "این اداره چنین خدمتی ندارد. فهرست خدمات آن را ببینید."
WRONG_WAY = "این نشانی را از راه صفحه‌ها و فرم‌های درگاه باز کنید."


def methods(*allowed: str) -> Callable[[View], View]:
    """Only these methods of HTTP; any other gets a page that says so. HEAD goes where GET goes."""
    known = {*allowed, *(["HEAD"] if "GET" in allowed else [])}

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if request.method in known:
                return view(request, *args, **named)
            response = failure(request, 405, WRONG_WAY)
            response["Allow"] = ", ".join(sorted(known))
            return response

        return guarded

    return guard


def private(view: View) -> View:
    """What it answers is one person's: no browser and no proxy keeps it."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        response = view(request, *args, **named)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answered


def of_agency(view: View) -> View:
    """Pages of one office: `request.agency` is the one in the address. NotFound without a portal of that name."""

    @wraps(view)
    def found(request: AgencyRequest, agency: str, **named: Any) -> HttpResponse:
        office = _portal_of(agency)
        if office is None:
            raise NotFound(NO_OFFICE)
        request.agency, request.actor = office, PUBLIC
        return view(request, **named)

    return found


def of_service(view: View) -> View:
    """Pages of one service of an office: the view is given its offering. NotFound where it never was offered,
    Withdrawn where it is no more."""

    @wraps(view)
    def found(request: AgencyRequest, service: str, **named: Any) -> HttpResponse:
        offering = offering_of(request.agency, service)
        if offering is None:
            refuse(request.agency, service)
        return view(request, offering, **named)

    return of_agency(found)


@kept
def _portal_of(slug: str) -> Agency | None:
    return Agency.objects.filter(slug=slug, has_portal=True).first()


@kept
def offering_of(agency: Agency, service: str) -> Offering | None:
    """What the office offers under this slug."""
    return Offering.objects.of(agency).standing().filter(slug=service).with_versions().first()


def refuse(agency: Agency, service: str) -> NoReturn:
    """Raises Withdrawn for what the office offered once, NotFound for what it never did."""
    refuse_withdrawn(Offering.objects.of(agency).filter(slug=service).with_versions().first())
    raise NotFound(NO_SERVICE)
