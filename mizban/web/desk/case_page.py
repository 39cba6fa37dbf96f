"""The page of a case: for those of the office everything about it, for a party what concerns it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.cases.inside import is_inside, told, works_on
from mizban.core.cases.models import Case, CaseFile
from mizban.core.cases.sentences import spoken
from mizban.core.events.models import Event
from mizban.kit.forms import with_errors
from mizban.kit.requests import DeskRequest
from mizban.office.replies.models import CannedReply
from mizban.web.dues import chip_for, due_card
from mizban.web.staff import may_read
from mizban.web.timelines import timeline_items
from mizban.web.words import with_persian_digits

from .acts import Sent, acts_on
from .facts import facts_of
from .finding import case_of
from .frame import desk_page
from .neighbours import place_of
from .rows import part_of, turn_chip
from .stepping import Typed, offers


def case_page(
    request: DeskRequest,
    case: Case,
    *,
    typed: Typed | None = None,
    sent: Sent | None = None,
    status: int = 200,
    in_full: bool = False,
    done: bool = False,
    **messages: Any,
) -> HttpResponse:
    """The page as it stands now. `typed` is a step's form that comes back, `sent` an act's inside the office.

    `done` says what this person just did; `messages` are what is said on top: `behind` and `others` (errors that belong
    to no one field).
    """
    events = case.history() if is_inside(case, request.actor) else told(case.history())
    steps = offers(case, request.actor, typed)
    acts = acts_on(case, request.actor, sent) if works_on(case, request.actor) else None
    wrong = with_errors(bound for offer in steps for bound in offer.bounds)
    return desk_page(
        request,
        "desk/case.html",
        title=case.title,
        here="queue",
        status=status,
        case=case,
        offers=steps,
        acts=acts,
        replies=_replies(request, case) if acts and _has_text(steps) else [],
        errors=wrong + (with_errors(acts.bounds) if acts else ()),
        done=said(request, case, events[-1]) if done and by_me(request, events[-1]) else "",
        **_told(request, case, events, in_full=in_full),
        **({"behind": None, "others": ()} | messages),
    )


def behind(
    request: DeskRequest, code: str, *, typed: Typed | None = None, sent: Sent | None = None
) -> HttpResponse:
    """The page was behind: the case as it stands now, who did what, and nothing of what was typed lost."""
    case = case_of(request, code)
    events = case.history() if is_inside(case, request.actor) else told(case.history())
    last = events[-1]
    lost = typed.texts() if typed and case.state not in typed.step.from_ else []
    what = {"by_me": by_me(request, last), "said": said(request, case, last), "typed": lost}
    return case_page(
        request, case, typed=typed.with_errors({}) if typed else None, sent=sent, behind=what, status=409
    )


def said(request: DeskRequest, case: Case, event: Event) -> str:
    """An event as this person hears it."""
    inside, readable = is_inside(case, request.actor), may_read(request.actor)
    return with_persian_digits(spoken(case, event, with_texts=readable, inside=inside).sentence)


def by_me(request: DeskRequest, event: Event) -> bool:
    return (event.actor_kind, event.actor_id) == ("staff", request.actor.user_id)


def _told(request: DeskRequest, case: Case, events: Sequence[Event], *, in_full: bool) -> dict[str, Any]:
    """What the page tells of the case: to a reader of the office, a party, or who sees its frame only."""
    agency, actor = request.agency.slug, request.actor
    inside, readable = is_inside(case, actor), may_read(actor)

    def file_url(file: CaseFile) -> str:
        return reverse("desk:file", args=[agency, case.code, file.pk])

    return {
        "inside": inside,
        "part": "" if inside else part_of(case, actor),
        "chip": chip_for(case, now=request.now),
        "turn": turn_chip(case, actor),
        "place": place_of(case, request),
        "facts": facts_of(case, events, readable=readable, in_full=in_full and inside, file_url=file_url),
        "due": due_card(case, now=request.now, for_applicant=False, events=events),
        "timeline": timeline_items(
            case, with_texts=readable, file_url=file_url, events=events, inside=inside
        ),
    }


def _has_text(steps: Sequence[Any]) -> bool:
    return any(bound.field.kind == "long_text" for offer in steps for bound in offer.bounds)


def _replies(request: DeskRequest, case: Case) -> Sequence[CannedReply]:
    """The texts kept ready for this case's unit."""
    visible = CannedReply.objects.visible_to(request.actor).for_unit(case.unit_id)
    return list(visible.only("pk", "title"))
