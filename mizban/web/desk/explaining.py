"""The account of a case's clocks at the desk, as its applicant reads it."""

from django.http import HttpResponse

from mizban.core.cases.sight.seeing import sight_of
from mizban.kit.requests import DeskRequest
from mizban.web.accounts import STATES, accounts, parts
from mizban.web.staff import may_read

from .finding import case_of, member
from .frame import above, desk_page


@member(inspected=True)
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Every clock of a case this person sees; what was asked for is read by those who read the case."""
    case = case_of(request, code)
    events, readable = case.history(), may_read(request.actor) and sight_of(case, request.actor).is_whole
    return desk_page(
        request,
        "desk/clock.html",
        title=f"چرا این موعد؟ {case.title}",
        crumbs=(above(request, "صف", "queue"), above(request, case.title, "case", case.code)),
        case=case,
        accounts=accounts(case, events, now=request.now, with_texts=readable),
        parts=parts(case, events, now=request.now),
        words=STATES,
    )
