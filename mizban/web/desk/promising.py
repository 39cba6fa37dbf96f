"""The reason of a breach and another date, posted from the page of a case by a head or the director."""

from django.http import HttpResponse

from mizban.core.cases.models import Case
from mizban.kit.requests import DeskRequest
from mizban.office.breaches.acting import promise_again

from .acting import acted
from .acts import Sent
from .finding import member
from .promises import ACT
from .stepping import seen_on


@member()
def promise(request: DeskRequest, code: str) -> HttpResponse:
    """Tell the applicant when the answer comes instead."""

    def act(request: DeskRequest, case: Case, sent: Sent) -> None:
        promise_again(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    return acted(request, code, ACT, ("reason", "within"), act)
