"""Requests as views receive them: with the agency found, the actor known and the time taken once."""

from datetime import datetime

from django.http import HttpRequest

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Actor, Staff
from mizban.core.people.models import Membership


class Request(HttpRequest):
    """Any request: `now` is the one reading of the clock it is answered with."""

    now: datetime


class AgencyRequest(Request):
    """A request to the pages of one agency, made by `actor`."""

    agency: Agency
    actor: Actor


class DeskRequest(AgencyRequest):
    """A request of a signed-in member of the agency; `memberships` are the roles held there."""

    actor: Staff
    memberships: list[Membership]
