"""The door of the desk: who is signed in, at which office, with which roles, and what that person may see."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from mizban.core.cases.models import Case
from mizban.core.cases.sight import seats
from mizban.core.people.actors import Staff
from mizban.core.people.models import Membership, Role, User
from mizban.core.prepared import Prepared, blank
from mizban.core.refusals import NotFound, NotYours, Refusal
from mizban.kit.requests import DeskRequest
from mizban.web.failures import refused
from mizban.web.staff import staff_of

from .frame import refused_at_desk
from .inspecting import seen

View = Callable[..., HttpResponse]

ELSEWHERE = "این بخش با شما نیست. اگر باید باشد، به مسئول سایت بگویید."
INSPECTORS_READ = "بازرس پرونده‌ها را می‌خواند و در آن‌ها کاری نمی‌کند؛ این بخش برای کارکنان اداره است."


def private(view: View) -> View:
    """Nothing of the desk stays in a browser or a proxy, a refusal no more than a page."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            response = view(request, *args, **named)
        except Refusal as refusal:
            response = (
                refused_at_desk(request, refusal) if hasattr(request, "actor") else refused(request, refusal)
            )
        response["Cache-Control"] = "no-store"
        return response

    return answered


def member(*roles: Role, inspected: bool = False) -> Callable[[View], View]:
    """Only for signed-in members of the agency in the address, holding one of `roles` where any are named.

    A stranger gets the answer of an address that is not there, and so never learns of the agency's desk. `inspected`
    pages are for inspectors too, whatever the method: they change nothing, and each read is written down.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, agency: str, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if request.user.must_renew:
                return redirect("desk:password")
            found = _seated(request, agency)
            if roles and found.actor.roles.isdisjoint(roles):
                raise NotYours(ELSEWHERE)
            if roles:
                found.actor = found.actor.by_right_of(roles)
            if not found.actor.inspects:
                return view(found, **named)
            if not inspected:
                raise NotYours(INSPECTORS_READ)
            return seen(found, view(found, **named), named.get("code", ""))

        return private(guarded)

    return guard


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Sign in first, then come back here."""
    return HttpResponseRedirect(f"{reverse('desk:sign-in')}?{urlencode({'next': request.path})}")


def _seated(request: HttpRequest, agency: str) -> DeskRequest:
    """The request with its agency, its actor and the roles held there."""
    user = cast("User", request.user)
    found = cast("DeskRequest", request)
    everywhere = _roles.all(user_id=user.pk, at=found.now) if user.held is None else user.held
    held = [membership for membership in everywhere if membership.agency.slug == agency]
    if not held:
        raise NotFound
    found.agency = held[0].agency
    found.memberships = held
    found.actor = staff_of(user, held)
    return found


_roles = Prepared(
    lambda: Membership.objects.of(blank(Membership, "user", "user_id"), at=blank(Membership, "from_at", "at"))
)


def as_site_officer(actor: Staff) -> Staff:
    """The same person as the site officer only, whose part is the whole agency."""
    officer = replace(actor, roles=frozenset({Role.SITE_OFFICER}), unit_ids=frozenset())
    if not actor.stands_in_for:
        return officer
    own = actor.alone is not None and Role.SITE_OFFICER in actor.alone.roles
    return replace(officer, alone=None, stands_in_for=()) if own else officer.as_deputy


def case_of(request: DeskRequest, code: str) -> Case:
    """The case with this code, of this agency or with a part for it, if this person may see it. Raises NotFound."""
    case = seats.case_of(request.actor, code)
    if case is None:
        raise NotFound
    return case


def to_case(case: Case, agency: str, *, query: str = "") -> HttpResponse:
    """Back to the page of a case (303: the browser asks anew)."""
    response = redirect("desk:case", agency, case.code)
    response["Location"] += query
    response.status_code = 303
    return response
