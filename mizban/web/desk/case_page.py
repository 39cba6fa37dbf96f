"""The page of a case: for those of the office everything about it, for a party what concerns it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from mizban.core.cases.inhouse.inside import is_inside, works_on
from mizban.core.cases.linking import KINDS as LINKING
from mizban.core.cases.models import Case, CaseFile, CaseLink
from mizban.core.cases.sentences import spoken
from mizban.core.cases.sight.seeing import heard, sight_of
from mizban.core.events.models import Event
from mizban.core.kept import kept
from mizban.core.people.actors import Staff
from mizban.kit.environment import url
from mizban.kit.forms import with_errors
from mizban.kit.requests import DeskRequest
from mizban.office.replies.models import CannedReply
from mizban.web.dues import chip_for, due_card
from mizban.web.staff import may_read
from mizban.web.timelines import file_links, timeline_items
from mizban.web.words import with_persian_digits

from .acts import Sent, acts_on
from .approvals import places_of
from .facts import facts_of
from .finding import case_of
from .frame import desk_page
from .moves import move_of
from .neighbours import place_of
from .promises import broken_of
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
    events = heard(case, request.actor, case.history())
    steps = offers(case, request.actor, typed, at=request.now)
    acts = acts_on(case, request.actor, sent, at=request.now) if works_on(case, request.actor) else None
    move = move_of(case, request.actor, sent)
    broken = broken_of(case, request.actor, events, sent, now=request.now)
    wrong = with_errors(bound for offer in steps for bound in offer.bounds) + with_errors(move)
    wrong += with_errors(broken.form) if broken else ()
    return desk_page(
        request,
        "desk/case.html",
        title=case.title,
        here="queue",
        status=status,
        case=case,
        offers=steps,
        acts=acts,
        move=move,
        broken=broken,
        replies=_replies(request.actor, case.unit_id) if acts and _has_text(steps) else [],
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
    events = heard(case, request.actor, case.history())
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
    inside, readable, sight = is_inside(case, actor), may_read(actor), sight_of(case, actor)

    def file_url(file: CaseFile) -> str:
        return url("desk:file", agency, case.code, file.pk)

    links = file_links(case, file_url, sight) if readable else {}
    return {
        "inside": inside,
        "sight": sight,
        "part": "" if inside else part_of(case, actor),
        "chip": chip_for(case, now=request.now),
        "turn": turn_chip(case, actor),
        "place": place_of(case, request),
        "beside": _beside(case, actor),
        "approvals": places_of(case) if inside else [],
        "facts": facts_of(
            case, events, readable=readable, in_full=in_full and inside, links=links, sight=sight
        ),
        # What somebody does not hear of moves the due date all the same.
        "due": due_card(
            case,
            now=request.now,
            for_applicant=False,
            events=case.history(),
            why_url=url("desk:clock", request.agency.slug, case.code),
        ),
        "timeline": timeline_items(
            case,
            with_texts=readable,
            file_url=file_url,
            events=events,
            inside=inside,
            sight=sight,
            links=links,
        ),
    }


def _beside(case: Case, actor: Staff) -> list[tuple[Case, str]]:
    """The cases of the office that belong together with this one, each with how. No query where there are none."""
    if not is_inside(case, actor) or not any(event.kind in LINKING for event in case.history()):
        return []
    seen = Case.objects.in_house_for(actor)
    found = [(link.beside(case), link) for link in CaseLink.objects.of(case)]
    visible = set(seen.filter(pk__in=[other.pk for other, _ in found]).values_list("pk", flat=True))
    return [(other, _how(case, link)) for other, link in found if other.pk in visible]


def _how(case: Case, link: CaseLink) -> str:
    if not link.is_merged:
        return "پیوسته"
    return "این پرونده در آن ادغام شد" if link.case_id == case.pk else "در این پرونده ادغام شد"


def _has_text(steps: Sequence[Any]) -> bool:
    return any(bound.field.kind == "long_text" for offer in steps for bound in offer.bounds)


@kept
def _replies(actor: Staff, unit_id: int | None) -> Sequence[CannedReply]:
    """The texts kept ready for cases of this unit."""
    visible = CannedReply.objects.visible_to(actor).for_unit(unit_id)
    return list(visible.only("pk", "title"))
