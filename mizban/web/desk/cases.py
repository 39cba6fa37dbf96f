"""One page with everything about a case, and the door through which its steps are taken."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.cases.models import Case, CaseFile
from mizban.core.cases.sentences import spoken
from mizban.core.cases.writing import ActedFirst
from mizban.core.events.models import Event
from mizban.core.refusals import FormRefused, NotFound, Refusal
from mizban.kit.forms import with_errors
from mizban.kit.requests import DeskRequest
from mizban.web.downloads import download
from mizban.web.dues import chip_for, due_card
from mizban.web.timelines import timeline_items
from mizban.web.words import with_persian_digits

from .facts import facts_of
from .finding import case_of, may_read, member, to_case
from .frame import desk_page
from .neighbours import place_of
from .rows import turn_chip
from .stepping import Typed, offers, read_step, refuse_bad_uploads


@member()
def show(request: DeskRequest, code: str) -> HttpResponse:
    """A POST shows the applicant's identifier and number in full: not an address somebody could come upon."""
    case = case_of(request, code)
    events = list(case.events)
    last = events[-1]
    done = "done" in request.GET and (last.actor_kind, last.actor_id) == ("staff", request.actor.user_id)
    return _page(
        request,
        case,
        events,
        done=_said(request, case, last) if done else "",
        in_full=request.method == "POST",
    )


@member()
def take(request: DeskRequest, code: str, step: str) -> HttpResponse:
    """Take a step. Whoever comes by a link, say after signing in again, is shown the case."""
    case = case_of(request, code)
    if request.method != "POST":
        return to_case(case, request.agency.slug)
    typed = read_step(request, case, step)
    if "remove" in request.POST:
        return _page(request, case, list(case.events), typed=typed)
    try:
        refuse_bad_uploads(case, typed)
        case.take(
            step, by=request.actor, at=request.now, answers=typed.raw, files=typed.files, seen=typed.seen
        )
    except FormRefused as refusal:
        return _page(request, case, list(case.events), typed=typed.with_errors(refusal.errors), status=422)
    except ActedFirst:
        return _behind(request, code, typed)
    except Refusal as refusal:
        fresh = case_of(request, code)
        return _page(
            request, fresh, list(fresh.events), typed=typed, others=(refusal.message,), status=refusal.status
        )
    return to_case(case, request.agency.slug, query="?done=1")


@member()
def file(request: DeskRequest, code: str, file_id: int) -> HttpResponse:
    case = case_of(request, code)
    found = case.files.filter(pk=file_id).first() if may_read(request.actor) else None
    if found is None:
        raise NotFound
    return download(found)


def _behind(request: DeskRequest, code: str, typed: Typed) -> HttpResponse:
    """The page was behind: the case as it stands now, who did what, and nothing of what was typed lost."""
    case = case_of(request, code)
    events = list(case.events)
    last = events[-1]
    by_me = (last.actor_kind, last.actor_id) == ("staff", request.actor.user_id)
    lost = typed.texts() if case.state not in typed.step.from_ else []
    behind = {"by_me": by_me, "said": _said(request, case, last), "typed": lost}
    return _page(request, case, events, typed=typed.with_errors({}), behind=behind, status=409)


def _said(request: DeskRequest, case: Case, event: Event) -> str:
    return with_persian_digits(spoken(case, event, with_texts=may_read(request.actor)).sentence)


def _page(
    request: DeskRequest,
    case: Case,
    events: Sequence[Event],
    *,
    typed: Typed | None = None,
    status: int = 200,
    in_full: bool = False,
    **messages: Any,
) -> HttpResponse:
    """`messages` are what is said on top: `done`, `behind`, `others` (errors that belong to no one field)."""
    steps = offers(case, request.actor, typed)
    return desk_page(
        request,
        "desk/case.html",
        title=case.title,
        here="queue",
        status=status,
        case=case,
        offers=steps,
        errors=with_errors(bound for offer in steps for bound in offer.bounds),
        **_told(request, case, events, in_full=in_full),
        **({"done": "", "behind": None, "others": ()} | messages),
    )


def _told(request: DeskRequest, case: Case, events: Sequence[Event], *, in_full: bool) -> dict[str, Any]:
    """What the page tells of the case, to a reader or to somebody who sees its frame only."""
    agency, readable = request.agency.slug, may_read(request.actor)

    def file_url(file: CaseFile) -> str:
        return reverse("desk:file", args=[agency, case.code, file.pk])

    return {
        "chip": chip_for(case, now=request.now),
        "turn": turn_chip(case, request.actor),
        "place": place_of(case, request),
        "facts": facts_of(case, events, readable=readable, in_full=in_full, file_url=file_url),
        "due": due_card(case, now=request.now, for_applicant=False, events=events),
        "timeline": timeline_items(case, with_texts=readable, file_url=file_url, events=events),
    }
