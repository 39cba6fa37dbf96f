"""«چرا این موعد؟» for the applicant: every clock of the own case, step by step, and with whom the time went."""

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.kit.requests import Request
from mizban.web.accounts import STATES, accounts, parts
from mizban.web.pages import page

from . import guests
from .finding import methods, private


@methods("GET")
@private
def show(request: Request) -> HttpResponse:
    """The account of the guest's case; whoever showed no code and password is asked for them."""
    case = guests.case_of(request)
    if case is None:
        return redirect("portal:track")
    events = case.history()
    response = page(
        request,
        "portal/why.html",
        title=f"چرا این موعد؟ {case.title}",
        agency=case.agency,
        here="track",
        case=case,
        accounts=accounts(case, events, now=request.now, with_texts=True),
        parts=parts(case, events, now=request.now),
        words=STATES,
    )
    guests.let_in(response, case, at=request.now)
    return response
