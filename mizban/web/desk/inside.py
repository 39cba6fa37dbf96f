"""The doors of what is done inside the office, posted from the page of a case: assignment, notes, referral."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mizban.core.cases import linking
from mizban.core.cases.inhouse import assigning, noting, opinions, referring
from mizban.core.cases.inhouse.inside import is_inside
from mizban.core.cases.models import Case
from mizban.core.cases.writing import ActedFirst
from mizban.core.declarations.forms import fill
from mizban.core.refusals import FormRefused, NotFound, Refusal
from mizban.kit.requests import DeskRequest
from mizban.lib.codes import tidy_code
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import ascii_digits

from .acts import PREFIX, TO, Sent
from .case_page import behind, case_page
from .finding import case_of, member, to_case
from .stepping import seen_on

Act = Callable[[DeskRequest, Case, Sent], object]
NAMES = {
    "assign": (TO,),
    "note": ("text",),
    "refer": ("unit", "reason"),
    "opinion": ("unit", "question"),
    "give": ("opinion",),
    "link": ("code", "how"),
}
NO_CASE = "پرونده‌ای با این کد در اداره نمی‌بینید. کد رهگیری را دوباره ببینید."


@member()
def assignment(request: DeskRequest, code: str) -> HttpResponse:
    """Take the case, give it to a colleague, or (`give_back`) to nobody."""

    def act(request: DeskRequest, case: Case, sent: Sent) -> None:
        seen = seen_on(request)
        if "give_back" in request.POST:
            assigning.give_back(case, by=request.actor, at=request.now, seen=seen)
        else:
            assigning.assign(case, to=_number(sent), by=request.actor, at=request.now, seen=seen)

    return _acted(request, code, "assign", act)


@member()
def note(request: DeskRequest, code: str) -> HttpResponse:
    """Write an internal note."""

    def act(request: DeskRequest, case: Case, sent: Sent) -> None:
        noting.note(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    return _acted(request, code, "note", act)


@member()
def referral(request: DeskRequest, code: str) -> HttpResponse:
    """Send the case to another unit; whoever sees that unit not has it no more."""

    def act(request: DeskRequest, case: Case, sent: Sent) -> None:
        referring.refer(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    return _acted(request, code, "refer", act)


@member()
def opinion(request: DeskRequest, code: str) -> HttpResponse:
    """Ask another unit what it thinks, or (`give`) write what the own unit thinks."""

    def ask(request: DeskRequest, case: Case, sent: Sent) -> None:
        opinions.ask(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    def give(request: DeskRequest, case: Case, sent: Sent) -> None:
        opinions.give(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    gives = PREFIX + "opinion" in request.POST
    return _acted(request, code, "give" if gives else "opinion", give if gives else ask)


@member()
def links(request: DeskRequest, code: str) -> HttpResponse:
    """Link the case to another one of the office that this person sees, or merge it into that one."""

    def act(request: DeskRequest, case: Case, sent: Sent) -> None:
        filled = fill(linking.QUESTIONS, sent.raw)
        other = _other(request, str(sent.raw["code"]))
        if other is None:
            filled.errors.setdefault("code", Malformed("not-found", NO_CASE))
        if filled.errors or other is None:
            raise FormRefused(filled.errors)
        does = linking.merge if filled.answers["how"] == linking.MERGE else linking.link
        does(case, other, by=request.actor, at=request.now, seen=seen_on(request))

    return _acted(request, code, "link", act)


def _other(request: DeskRequest, typed: str) -> Case | None:
    return Case.objects.in_house_for(request.actor).for_lists().filter(code=tidy_code(typed)).first()


def _acted(request: DeskRequest, code: str, name: str, act: Act) -> HttpResponse:
    """Do it and show the case, or say on its page what stood in the way. To a party there is no such door."""
    case = case_of(request, code)
    if not is_inside(case, request.actor):
        raise NotFound
    if request.method != "POST":
        return to_case(case, request.agency.slug)
    sent = Sent(name, {each: request.POST.get(PREFIX + each, "") for each in NAMES[name]})
    try:
        act(request, case, sent)
    except FormRefused as refusal:
        return case_page(request, case, sent=Sent(name, sent.raw, refusal.errors), status=422)
    except ActedFirst:
        return behind(request, code, sent=sent)
    except Refusal as refusal:
        fresh = case_of(request, code)
        return case_page(request, fresh, sent=sent, others=(refusal.message,), status=refusal.status)
    return _onward(request, case)


def _onward(request: DeskRequest, case: Case) -> HttpResponse:
    """To the case; to the queue where it went out of sight."""
    if Case.objects.visible_to(request.actor).filter(pk=case.pk).exists():
        return to_case(case, request.agency.slug, query="?done=1")
    response = redirect("desk:queue", request.agency.slug)
    response["Location"] = f"{reverse('desk:queue', args=[request.agency.slug])}?left=1"
    response.status_code = 303
    return response


def _number(sent: Sent) -> int:
    """The colleague's number; 0, which nobody has, for what is none."""
    typed = ascii_digits(str(sent.raw[TO]))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0
