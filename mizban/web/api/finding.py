"""What an address or a body names: an offering, a case, an id; and how calls declare the problems they answer with."""

import re
from datetime import date
from typing import Any, cast

from django.http import HttpRequest
from ninja import Schema

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.cases.publishing import refuse_withdrawn
from mizban.kit.requests import Request
from mizban.lib.jalali import local
from mizban.office.agreements.models import Agreement, AgreementVersion

from .problems import NothingHere
from .shapes import Problem

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")
NO_SERVICE = "چنین دستگاهی نیست، یا چنین خدمتی ندارد."


def answers(status: int, shape: type[Schema] | None, *problems: int) -> dict[int, Any]:
    """What a call answers, for its document: the shape it is for, and the problems of its own."""
    return {status: shape, **dict.fromkeys(problems, Problem)}


def arrived(request: HttpRequest) -> Request:
    """The request with its time (`web.middleware.arrival`)."""
    return cast("Request", request)


def today_of(request: HttpRequest) -> date:
    """Tehran's date."""
    return local(arrived(request).now).date()


def offering_of(agency: str, service: str) -> Offering:
    """What an office with a portal offers under this slug. Raises NothingHere; Withdrawn for what it offered once."""
    if not (SLUG.fullmatch(agency) and SLUG.fullmatch(service)):
        raise NothingHere(NO_SERVICE)
    offered = Offering.objects.with_versions().filter(agency__has_portal=True)
    found = offered.filter(agency__slug=agency, slug=service).first()
    if found is None:
        raise NothingHere(NO_SERVICE)
    refuse_withdrawn(found)
    return found


def binding(agency: Agency, service: str, *, today: date) -> AgreementVersion | None:
    """The version of the agreement that a case filed now is bound to."""
    return Agreement.objects.binding(agency, service, today=today)
