"""The reason of a breach and another date, posted from the page of a case by a head or the director."""

from django.http import HttpResponse

from mizban.core.cases.inhouse.inside import is_inside
from mizban.core.cases.writing import ActedFirst
from mizban.core.refusals import FormRefused, NotFound, Refusal
from mizban.kit.requests import DeskRequest
from mizban.office.breaches.acting import promise_again

from .acts import PREFIX, Sent
from .case_page import behind, case_page
from .finding import case_of, member, to_case
from .promises import ACT
from .stepping import seen_on

NAMES = ("reason", "within")


@member()
def promise(request: DeskRequest, code: str) -> HttpResponse:
    """Tell the applicant, or say on the page what stood in the way. To a party there is no such door."""
    case = case_of(request, code)
    if not is_inside(case, request.actor):
        raise NotFound
    if request.method != "POST":
        return to_case(case, request.agency.slug)
    sent = Sent(ACT, {name: request.POST.get(PREFIX + name, "") for name in NAMES})
    try:
        promise_again(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))
    except FormRefused as refusal:
        return case_page(request, case, sent=Sent(ACT, sent.raw, refusal.errors), status=422)
    except ActedFirst:
        return behind(request, code, sent=sent)
    except Refusal as refusal:
        fresh = case_of(request, code)
        return case_page(request, fresh, sent=sent, others=(refusal.message,), status=refusal.status)
    return to_case(case, request.agency.slug, query="?done=1")
