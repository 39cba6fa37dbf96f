"""What every act on a case has in common: posted from its page, done, and back to it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mizban.core.cases.inhouse.inside import is_inside
from mizban.core.cases.models import Case
from mizban.core.cases.writing import ActedFirst
from mizban.core.refusals import FormRefused, NotFound, Refusal
from mizban.kit.requests import DeskRequest

from .acts import PREFIX, Sent
from .case_page import behind, case_page
from .finding import case_of, to_case

Act = Callable[[DeskRequest, Case, Sent], object]


def acted(request: DeskRequest, code: str, name: str, fields: tuple[str, ...], act: Act) -> HttpResponse:
    """Do it and show the case, or say on its page what stood in the way. To a party there is no such door.

    `name` is the act's form on the page, `fields` what is read of it.
    """
    case = case_of(request, code)
    if not is_inside(case, request.actor):
        raise NotFound
    if request.method != "POST":
        return to_case(case, request.agency.slug)
    sent = Sent(name, {each: request.POST.get(PREFIX + each, "") for each in fields})
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
