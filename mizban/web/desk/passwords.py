"""«گذرواژهٔ من»: everybody chooses their own; who came in with a one-time password can do nothing before."""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.declarations.fields import Field
from mizban.core.people.models import ApiToken, User
from mizban.core.people.passwords import is_weak
from mizban.kit.forms import Bound, with_errors
from mizban.kit.requests import Request
from mizban.office.staffing.passwords import choose
from mizban.web.pages import page

from .finding import private, to_sign_in
from .frame import lobby
from .guesses import guessed, slow_down

CURRENT = Field("current", "password", "گذرواژهٔ کنونی")
NEW = Field(
    "password",
    "new_password",
    "گذرواژهٔ تازه",
    help="دست‌کم ده نویسه، نه تنها رقم و نه نام کاربری؛ چند واژه که به هم ربطی ندارند خوب است",
)
AGAIN = Field("again", "new_password", "همان، یک بار دیگر")
LONGEST = 1000
WRONG = "گذرواژهٔ کنونی درست نیست."
WEAK = "این گذرواژه کوتاه یا ساده است: دست‌کم ده نویسه، نه تنها رقم و بی‌نام کاربری."
KNOWN = "این گذرواژه را همه می‌دانند؛ دیگری برگزینید."
NOT_THE_SAME = "با گذرواژهٔ تازه یکی نیست."
DEMO_PASSWORD = "mizban-demo"  # noqa: S105  # printed by `make run`


@private
def show(request: Request) -> HttpResponse:
    """Sessions elsewhere end with the old password; this one goes on. Programs go on until their tokens are revoked."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    user = request.user
    if request.method != "POST":
        return _form(request, user, {})
    if request.POST.get("act") == "revoke":
        ApiToken.objects.standing(user).revoke(at=request.now)
        return redirect("desk:password")
    typed = {name: request.POST.get(name, "")[:LONGEST] for name in ("current", "password", "again")}
    errors = _errors(request, user, typed)
    if errors:
        return _form(request, user, errors)
    choose(user, typed["password"])
    update_session_auth_hash(request, user)
    return redirect("desk:home")


def _errors(request: Request, user: User, typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by field; the present password is asked for unless it was for one use. Raises TooManyTries."""
    errors: dict[str, str] = {}
    if not user.must_renew:
        slow_down(request)
        if not user.check_password(typed["current"]):
            guessed(request)
            errors["current"] = WRONG
    if is_weak(typed["password"], username=user.username):
        errors["password"] = WEAK
    elif typed["password"] == DEMO_PASSWORD and not settings.DEMO:
        errors["password"] = KNOWN
    if typed["again"] != typed["password"]:
        errors["again"] = NOT_THE_SAME
    return errors


def _form(request: Request, user: User, errors: Mapping[str, str]) -> HttpResponse:
    fields = (NEW, AGAIN) if user.must_renew else (CURRENT, NEW, AGAIN)
    bounds = [Bound(each, error=errors.get(each.name)) for each in fields]
    return page(
        request,
        "desk/password.html",
        title="گذرواژهٔ خود را برگزینید" if user.must_renew else "گذرواژهٔ من",
        status=422 if errors else 200,
        desk=replace(lobby(request), account_url=""),
        bounds=bounds,
        errors=with_errors(bounds),
        is_first=user.must_renew,
        tokens=ApiToken.objects.standing(user).order_by("-id"),
    )
