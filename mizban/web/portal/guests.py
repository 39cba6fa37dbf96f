"""Whoever showed the code and the password of one case: a guest for half an hour, on this browser only."""

from datetime import datetime, timedelta
from typing import cast

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from mizban.core.cases.models import Case
from mizban.core.cases.taking import may_take
from mizban.core.cases.writing import ActedFirst
from mizban.core.declarations.grammar import Step
from mizban.core.people.actors import Guest
from mizban.core.refusals import FormRefused, NotFound, NotYours
from mizban.core.sealing import cipher, keys
from mizban.kit.requests import Request
from mizban.web import cookies, posted
from mizban.web.downloads import download

from . import case_page, guessing
from .finding import methods, private

COOKIE = "mizban_guest"
PATH = "/track/"
LASTS = timedelta(minutes=30)
LARGEST_ID = 2**63


def let_in(response: HttpResponse, case: Case, *, at: datetime) -> None:
    """Make the browser a guest of this case, for half an hour from now."""
    facts = {"case": case.pk, "mark": _mark(case)}
    cookies.put(response, COOKIE, facts, path=PATH, lasts=LASTS, at=at)


def case_of(request: Request) -> Case | None:
    """The case this browser is a guest of; None once the half hour is over or the password was changed."""
    facts = cookies.read(request, COOKIE, at=request.now)
    case = case_page.load(Guest(facts["case"])) if facts else None
    if facts is None or case is None or not cipher.same(facts["mark"].encode(), _mark(case).encode()):
        return None
    return case


def _mark(case: Case) -> str:
    """Changes with the password, so that a reset ends every guest's visit."""
    return keys.secret_hash("guest mark", bytes(case.password_hash).hex()).hex()[:32]


@methods("GET")
@private
def show(request: Request) -> HttpResponse:
    """The case of the guest."""
    case = case_of(request)
    return _shown(request, case_page.show(request, case), case) if case else redirect("portal:track")


@methods("POST")
@private
def take(request: Request, step: str) -> HttpResponse:
    """A step the applicant takes."""
    case = case_of(request)
    if case is None:
        return _see_other(reverse("portal:track"))
    declared = case.declaration.steps.get(step)
    if declared is None:
        raise NotFound
    if not may_take(case, declared, Guest(case.pk)):
        raise NotYours
    return _shown(request, _take(request, case, declared), case)


def _take(request: Request, case: Case, step: Step) -> HttpResponse:
    token, prefix = posted.token_of(request), case_page.prefix_of(case, step)
    sent = posted.read(request, step.form, agency_id=case.agency_id, token=token, prefix=prefix)
    seen = _number(request.POST.get("seen", ""))
    if "remove" in request.POST or sent.errors:
        return case_page.show(request, case, retry=case_page.Retry(step, token, sent, sent.errors))
    try:
        case.take(step.name, by=Guest(case.pk), at=request.now, answers=sent.raw, files=sent.files, seen=seen)
    except FormRefused as refusal:
        return case_page.show(request, case, retry=case_page.Retry(step, token, sent, refusal.errors))
    except ActedFirst as refusal:
        last = refusal.last
        # The same button pressed twice: the first press did it.
        if (
            last
            and last.actor_kind == "guest"
            and last.facts.get("step") == step.name
            and last.number == seen + 1
        ):
            return _see_other(reverse("portal:case"))
        return case_page.show(request, cast("Case", case_page.load(Guest(case.pk))), overtaken_by=last)
    return _see_other(reverse("portal:case"))


@methods("GET")
@private
def file(request: Request, file_id: int) -> HttpResponse:
    """A file of the guest's own case."""
    case = case_of(request)
    found = case.files.filter(pk=file_id).first() if case and file_id < LARGEST_ID else None
    if found is None:
        raise NotFound
    return download(found)


@methods("POST")
@private
def leave(request: Request) -> HttpResponse:  # noqa: ARG001  # a view takes a request
    """Close the visit: this browser forgets the case."""
    response = _see_other(reverse("portal:track"))
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    guessing.forget(response)
    return response


def _shown(request: Request, response: HttpResponse, case: Case) -> HttpResponse:
    """The half hour begins anew with every page."""
    let_in(response, case, at=request.now)
    return response


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _number(typed: str) -> int:
    """How many events the page knew of; −1, which no case has, for what is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
