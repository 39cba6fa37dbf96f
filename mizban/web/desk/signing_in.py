"""Signing in and out, and the way from there to the right queue."""

from collections.abc import Iterable
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from mizban.core.declarations.fields import Field
from mizban.core.people.models import Membership, Role, User
from mizban.core.refusals import TooManyTries
from mizban.kit.filters import fa
from mizban.kit.forms import Bound, with_errors
from mizban.kit.requests import Request
from mizban.office.staffing.passwords import spend
from mizban.web.failures import HEADINGS
from mizban.web.pages import page

from . import spraying
from .devices import device_of, remember
from .finding import private, to_sign_in
from .frame import lobby
from .naming import name_typed

USERNAME = Field(name="username", kind="username", label="نام کاربری")
PASSWORD = Field(name="password", kind="password", label="گذرواژه")
WRONG = "نام کاربری یا گذرواژه درست نیست."
TOO_OLD = "مهلت این گذرواژهٔ یک‌بارمصرف گذشته است. از مسئول سایت گذرواژهٔ تازه بخواهید."
SLOWER = "از این نشانی چند بار پیاپی نادرست بود. {seconds} ثانیهٔ دیگر دوباره بیازمایید."
LONGEST_PASSWORD = 1000
LONGEST_ADDRESS = 300


@private
def sign_in(request: Request) -> HttpResponse:
    """One sentence for a wrong name and a wrong password; axes counts both, by name and device or address."""
    onward = _onward(request)
    if request.user.is_authenticated:
        return redirect(onward)
    if request.method != "POST":
        return _form(request, [Bound(USERNAME), Bound(PASSWORD)], onward)
    name, password = name_typed(request), request.POST.get("password", "")
    bounds = [_bound(USERNAME, name, name), _bound(PASSWORD, "", password)]
    if with_errors(bounds):
        return _form(request, bounds, onward, status=422)
    known = device_of(request)
    seconds = 0 if known else ceil(spraying.wait(request).total_seconds())
    if seconds:
        return _form(request, bounds, onward, status=429, others=(fa(SLOWER.format(seconds=seconds)),))
    user = authenticate(request, username=name, password=password[:LONGEST_PASSWORD])
    if user is None:
        if not known:
            spraying.wrong(request)
        return _form(request, bounds, onward, status=422, others=(WRONG,))
    return _let_in(request, user, bounds, onward)


def _let_in(request: Request, user: User, bounds: list[Bound], onward: str) -> HttpResponse:
    """A password that was handed over opens once, and only to choose another."""
    if user.must_renew:
        if user.handed_until is None or user.handed_until <= request.now:
            return _form(request, bounds, onward, status=422, others=(TOO_OLD,))
        spend(user)
    login(request, user)
    response = redirect("desk:password" if user.must_renew else onward)
    remember(response, request, user.username)
    return response


@private
def sign_out(request: HttpRequest) -> HttpResponse:
    """By a button only: a link somebody sends must not sign anybody out."""
    if request.method == "POST":
        logout(request)
        return redirect("desk:sign-in")
    return redirect("desk:home")


def locked_out(request: HttpRequest, *_facts: Any) -> HttpResponse:
    """What axes answers while it slows a guesser down."""
    response = page(
        request,
        "desk/refused.html",
        title=HEADINGS[429],
        status=429,
        sentence=TooManyTries.message,
        agency_slug="",
    )
    response["Cache-Control"] = "no-store"
    return response


@private
def home(request: Request) -> HttpResponse:
    """To the queue; who works at several offices chooses one first."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if request.user.must_renew:
        return redirect("desk:password")
    held = list(Membership.objects.of(request.user, at=request.now))
    agencies = list({membership.agency_id: membership.agency for membership in held}.values())
    if len(agencies) == 1:
        # Who only closes the offices of a province has no queue.
        is_province = {membership.role for membership in held} == {Role.PROVINCE_OFFICER}
        return redirect("desk:admin-province" if is_province else "desk:queue", agencies[0].slug)
    title = "در کدام دستگاه کار می‌کنید؟" if agencies else "هنوز میزی ندارید"
    return page(
        request, "desk/home.html", title=title, agencies=agencies, roles=_roles(held), desk=lobby(request)
    )


def _roles(held: Iterable[Membership]) -> dict[int, list[str]]:
    """The roles of a person by agency, as people say them."""
    roles: dict[int, list[str]] = {}
    for membership in held:
        roles.setdefault(membership.agency_id, []).append(str(membership.get_role_display()))
    return roles


def _form(
    request: HttpRequest, bounds: list[Bound], onward: str, *, status: int = 200, others: tuple[str, ...] = ()
) -> HttpResponse:
    errors = others or with_errors(bounds)
    return page(
        request,
        "desk/sign_in.html",
        title="ورود به میز",
        status=status,
        bounds=bounds,
        errors=errors,
        others=others,
        onward=onward,
    )


def _bound(field: Field, shown: str, typed: str) -> Bound:
    return Bound(field, shown, error=None if typed else f"«{field.label}» را بنویسید.")


def _onward(request: HttpRequest) -> str:
    """Where to go once signed in: the page of the desk that was asked for, and no other address."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    home = reverse("desk:home")
    if len(asked) > LONGEST_ADDRESS or not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return home
    try:
        found = resolve(urlsplit(asked).path)
    except (Resolver404, ValueError):
        return home
    return asked if found.namespace == "desk" and found.url_name not in ("sign-in", "sign-out") else home
