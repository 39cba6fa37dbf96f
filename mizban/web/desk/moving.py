"""Moving a case to another version of its service, from its page: an act of the site officer."""

from django.http import HttpResponse

from mizban.core.cases import moving
from mizban.core.cases.models import Case
from mizban.core.people.models import Role
from mizban.kit.requests import DeskRequest

from .acting import acted
from .acts import Sent
from .finding import member
from .moves import ACT
from .stepping import seen_on


@member(Role.SITE_OFFICER)
def version(request: DeskRequest, code: str) -> HttpResponse:
    """Let the case run on under the version that was chosen."""

    def act(request: DeskRequest, case: Case, sent: Sent) -> None:
        moving.move(case, by=request.actor, at=request.now, answers=sent.raw, seen=seen_on(request))

    return acted(request, code, ACT, ("version", "reason"), act)
