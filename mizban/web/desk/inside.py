"""The doors of what is done inside the office, posted from the page of a case: assignment, notes, referral."""

from django.http import HttpResponse

from mizban.core.cases import linking
from mizban.core.cases.inhouse import assigning, noting, opinions, referring
from mizban.core.cases.models import Case
from mizban.core.declarations.forms import fill
from mizban.core.refusals import FormRefused
from mizban.kit.requests import DeskRequest
from mizban.lib.codes import tidy_code
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import ascii_digits

from .acting import acted
from .acts import PREFIX, TO, Sent
from .finding import member
from .stepping import seen_on

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

    return acted(request, code, "assign", (TO,), act)


@member()
def note(request: DeskRequest, code: str) -> HttpResponse:
    """Write an internal note."""

    def act(request: DeskRequest, case: Case, sent: Sent) -> None:
        noting.note(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    return acted(request, code, "note", ("text",), act)


@member()
def referral(request: DeskRequest, code: str) -> HttpResponse:
    """Send the case to another unit; whoever sees that unit not has it no more."""

    def act(request: DeskRequest, case: Case, sent: Sent) -> None:
        referring.refer(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    return acted(request, code, "refer", ("unit", "reason"), act)


@member()
def opinion(request: DeskRequest, code: str) -> HttpResponse:
    """Ask another unit what it thinks, or (`give`) write what the own unit thinks."""

    def ask(request: DeskRequest, case: Case, sent: Sent) -> None:
        opinions.ask(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    def give(request: DeskRequest, case: Case, sent: Sent) -> None:
        opinions.give(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    if PREFIX + "opinion" in request.POST:
        return acted(request, code, "give", ("opinion",), give)
    return acted(request, code, "opinion", ("unit", "question"), ask)


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

    return acted(request, code, "link", ("code", "how"), act)


def _other(request: DeskRequest, typed: str) -> Case | None:
    return Case.objects.in_house_for(request.actor).for_lists().filter(code=tidy_code(typed)).first()


def _number(sent: Sent) -> int:
    """The colleague's number; 0, which nobody has, for what is none."""
    typed = ascii_digits(str(sent.raw[TO]))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0
