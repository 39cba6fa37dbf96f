"""The page of a case, and the door through which its steps are taken."""

from django.http import HttpResponse

from mizban.core.cases.sight.seeing import sight_of
from mizban.core.cases.writing import ActedFirst
from mizban.core.refusals import FormRefused, NotFound, Refusal
from mizban.kit.requests import DeskRequest
from mizban.web.downloads import download
from mizban.web.posted import is_at_work, sheet_of
from mizban.web.staff import may_read

from .canned import with_canned
from .case_page import behind, case_page
from .finding import case_of, member, to_case
from .stepping import prefix_of, read_step, refuse_bad_uploads

LARGEST_ID = 2**63


@member(inspected=True)
def show(request: DeskRequest, code: str) -> HttpResponse:
    """A POST shows the applicant's identifier and number in full: not an address somebody could come upon."""
    return case_page(
        request, case_of(request, code), done="done" in request.GET, in_full=request.method == "POST"
    )


@member()
def take(request: DeskRequest, code: str, step: str) -> HttpResponse:
    """Take a step. Whoever comes by a link, say after signing in again, is shown the case."""
    case = case_of(request, code)
    if request.method != "POST":
        return to_case(case, request.agency.slug)
    typed = read_step(request, case, step)
    errors = dict(typed.errors)
    if sheet := sheet_of(request, typed.step.form, typed.raw, errors, prefix=prefix_of(typed.step)):
        return sheet
    if is_at_work(request) or "insert" in request.POST:
        return case_page(request, case, typed=with_canned(request, case, typed.with_errors(errors)))
    try:
        refuse_bad_uploads(case, typed)
        case.take(
            step, by=request.actor, at=request.now, answers=typed.raw, files=typed.files, seen=typed.seen
        )
    except FormRefused as refusal:
        return case_page(request, case, typed=typed.with_errors(refusal.errors), status=422)
    except ActedFirst:
        return behind(request, code, typed=typed)
    except Refusal as refusal:
        fresh = case_of(request, code)
        return case_page(request, fresh, typed=typed, others=(refusal.message,), status=refusal.status)
    return to_case(case, request.agency.slug, query="?done=1")


@member(inspected=True)
def file(request: DeskRequest, code: str, file_id: int) -> HttpResponse:
    case = case_of(request, code)
    readable = may_read(request.actor) and file_id < LARGEST_ID
    found = case.files.filter(pk=file_id).select_related("event").first() if readable else None
    if found is None or not sight_of(case, request.actor).has_file(case, found, found.event):
        raise NotFound
    return download(found)
