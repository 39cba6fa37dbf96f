"""Whoever showed the code and the password of one case: a guest for half an hour, on this browser only."""

from datetime import datetime, timedelta
from typing import cast

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from mizban.core.cases.models import Case
from mizban.core.cases.papers import sealed_tables
from mizban.core.cases.steps.mending import as_asked
from mizban.core.cases.steps.permitting import may_take
from mizban.core.cases.writing import ActedFirst, opened
from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import Step
from mizban.core.events.models import Event
from mizban.core.people.actors import Guest
from mizban.core.refusals import FormRefused, NotFound, NotYours
from mizban.core.sealing import cipher, keys
from mizban.core.sealing.cipher import BrokenSeal
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
    return _shown(request, _take(request, case, as_asked(case, declared)), case)


def _take(request: Request, case: Case, step: Step) -> HttpResponse:
    token, prefix = posted.token_of(request), _prefix_of(request, step)
    sent = posted.read(request, step.form, agency_id=case.agency_id, token=token, prefix=prefix)
    seen = _number(request.POST.get("seen", ""))
    if sheet := posted.sheet_of(request, step.form, sent.raw, sent.errors, prefix=prefix):
        return sheet
    if posted.is_at_work(request) or sent.errors:
        return case_page.show(request, case, retry=case_page.Retry(step, token, sent, sent.errors))
    try:
        case.take(step.name, by=Guest(case.pk), at=request.now, answers=sent.raw, files=sent.files, seen=seen)
    except FormRefused as refusal:
        return case_page.show(request, case, retry=case_page.Retry(step, token, sent, refusal.errors))
    except ActedFirst as refusal:
        fresh = cast("Case", case_page.load(Guest(case.pk)))
        if refusal.last and _did_it(fresh, refusal.last, step, sent, seen=seen):
            return _see_other(reverse("portal:case"))
        retry = case_page.Retry(step, token, sent, {})
        return case_page.show(request, fresh, retry=retry, overtaken_by=refusal.last)
    return _see_other(reverse("portal:case"))


def _prefix_of(request: Request, step: Step) -> str:
    """What the names of this form began with on its page: the case may have moved on, and other steps come first."""
    prefix = case_page.prefix(step)
    return prefix if any(name.startswith(prefix) for name in (*request.POST, *request.FILES)) else ""


def _did_it(case: Case, last: Event, step: Step, sent: posted.Posted, *, seen: int) -> bool:
    """Whether the same button was pressed twice and the first press brought just this: nothing is lost then."""
    if last.actor_kind != "guest" or last.facts.get("step") != step.name or last.number != seen + 1:
        return False
    try:
        brought = opened(last, case.key).get("answers", {})
    except BrokenSeal:
        return False
    again, _ = sealed_tables.parted(step.form, fill(step.form, sent.raw, sent.files).answers)
    # Uploads of the first press belong to the case by now: those of the second wait under the same token.
    return bool(again == brought) and not any(sent.files.values())


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
