"""The page of a rehearsal: the form as it is filed, then the steps of everybody; all of it travels with the page."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.cases.models import Case, Offering, ServiceDraft
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.grammar import Step
from mizban.core.declarations.wording import takers
from mizban.core.events.models import Event
from mizban.core.people.models import Role
from mizban.core.refusals import FormRefused, NotFound, Refusal
from mizban.kit.forms import Bound
from mizban.kit.page import DueCard, TimelineItem
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.dues import due_card
from mizban.web.posted import bounds, read
from mizban.web.timelines import timeline_items

from ..finding import member
from ..frame import desk_page
from ..sections import sections
from .answering import example_answers, typed_questions
from .rehearsing import Act, Stage, rehearse
from .texts import Text

MOST_ACTS, LONGEST = 40, 200_000
DAYS = Field(
    "days",
    "choice",
    "چه هنگام؟",
    options=(
        Option("0", "همان روز"),
        Option("1", "یک روز بعد"),
        Option("3", "سه روز بعد"),
        Option("7", "یک هفته بعد"),
        Option("30", "یک ماه بعد"),
        Option("90", "سه ماه بعد"),
    ),
)
FILING, KIND = "--", "applicant_kind"


@dataclass(frozen=True, slots=True)
class Turn:
    """A step that is open in the rehearsal: whose it is, its form, and whether somebody can take it now."""

    step: Step
    by: str
    bounds: list[Bound]
    is_open: bool
    is_possible: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """The page's content, free of rows: what was done (`acts`), where that led, and what can be done next."""

    acts: list[Act]
    filing: list[tuple[str, list[Bound]]]
    state: str
    closed: bool
    due: DueCard | None
    timeline: list[TimelineItem]
    turns: list[Turn]
    refused: str

    @property
    def wrong(self) -> list[Bound]:
        """The questions that need mending."""
        forms = [*(asked for _, asked in self.filing), *(turn.bounds for turn in self.turns)]
        return [bound for asked in forms for bound in asked if bound.error]

    @property
    def travels(self) -> str:
        """What was done, as the hidden field of the next form."""
        return json.dumps([[act.step, act.raw, act.days] for act in self.acts], ensure_ascii=False)


@member(Role.SITE_OFFICER)
def show(request: DeskRequest, service: str) -> HttpResponse:
    """Rehearse the draft, or what is offered where there is none; one with faults is mended first."""
    source = _source(request, service)
    if source is None:
        return redirect("desk:service-draft", request.agency.slug, service)
    done = _done(request.POST.get("acts", ""))
    if "back" in request.POST:
        done = done[:-1]
    scene = rehearse(
        request.agency,
        source,
        done,
        lambda stage, refused: _next(request, stage, done, refused),
        at=request.now,
    )
    wrong = scene.wrong
    return desk_page(
        request,
        "desk/services/rehearsal.html",
        title="تمرین",
        here="services",
        status=422 if wrong or scene.refused else 200,
        slug=service,
        scene=scene,
        days=bounds((DAYS,), {"days": "0"})[0],
        errors=wrong,
    )


def _source(request: DeskRequest, service: str) -> str | None:
    """The text to rehearse; None where it has faults. Raises NotFound."""
    draft = ServiceDraft.objects.visible_to(request.actor).filter(slug=service).first()
    if draft:
        return None if Text(draft.source).faults_for(service) else draft.source
    offering = Offering.objects.of(request.agency).filter(slug=service).with_versions().first()
    if offering is None:
        raise NotFound
    return None if Text(offering.version.source).faults else offering.version.source


def _done(sent: str) -> list[Act]:
    """What the page says was done; a page that says nonsense begins anew."""
    try:
        told = json.loads(sent) if len(sent) <= LONGEST else []
        acts = [
            Act(str(step), dict(raw), min(max(int(days), 0), 400)) for step, raw, days in told[:MOST_ACTS]
        ]
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return []
    return acts


def _next(request: DeskRequest, stage: Stage, done: Sequence[Act], refused: Refusal | None) -> Scene:
    """Do what was sent now, and say where all of it led; what was refused comes back as it was typed."""
    if refused:
        # The text was changed since: what no longer goes is left out, and said.
        kept = list(done[: stage.done])
        return _scene(stage, kept, None, {}, refused.message)
    act = _sent(request, stage) if len(done) < MOST_ACTS else None
    if act is None:
        return _scene(stage, list(done), None, {}, "")
    try:
        stage.take(act)
    except FormRefused as refusal:
        return _scene(stage, list(done), act, refusal.errors, _beside(stage, act, refusal))
    except Refusal as refusal:
        return _scene(stage, list(done), act, {}, refusal.message)
    return _scene(stage, [*done, act], None, {}, "")


def _beside(stage: Stage, act: Act, refusal: FormRefused) -> str:
    """Errors that belong to no question of the page."""
    names = {field.name for field in typed_questions(stage, act.step)}
    return " ".join(error.message for name, error in refusal.errors.items() if name not in names)


def _sent(request: DeskRequest, stage: Stage) -> Act | None:
    name = request.POST.get("step", "")
    if not name or (name == FILING) != (stage.case is None):
        return None
    step = "" if name == FILING else name
    days = request.POST.get("days", "0")
    # A rehearsal keeps no upload.
    request.FILES.clear()
    raw = read(
        request,
        typed_questions(stage, step),
        agency_id=request.agency.pk,
        token="",
        prefix=f"{step}-" if step else "",
    ).raw
    return Act(step, raw, int(days) if days in {option.value for option in DAYS.options} else 0)


def _scene(
    stage: Stage, done: list[Act], typed: Act | None, errors: Mapping[str, Malformed], said: str
) -> Scene:
    case = stage.case
    if case is None:
        filing = _filing(stage, typed, errors)
        return Scene(done, filing, "", closed=False, due=None, timeline=[], turns=[], refused=said)
    events = case.history()
    return Scene(
        acts=done,
        filing=[],
        state=case.state_now.label,
        closed=case.state_now.closed,
        due=due_card(case, now=stage.at, for_applicant=False, events=events),
        timeline=_told(case, events),
        turns=_turns(stage, case, typed, errors),
        refused=said,
    )


def _filing(
    stage: Stage, typed: Act | None, errors: Mapping[str, Malformed]
) -> list[tuple[str, list[Bound]]]:
    """The whole form on one page, under the titles of its pages."""
    asked = typed_questions(stage, "")
    shown = bounds(asked, typed.raw if typed else example_answers(stage, asked), errors)
    who = [bound for bound in shown if bound.name == KIND]
    pages = [("متقاضی", who), *sections(stage.offering.declaration, shown)]
    return [(title, bound) for title, bound in pages if bound]


def _told(case: Case, events: Sequence[Event]) -> list[TimelineItem]:
    """What happened; the papers of a rehearsal are no files that could be opened."""
    items = timeline_items(case, with_texts=True, file_url=lambda _file: "", events=events, inside=True)
    return [replace(item, files=()) for item in items]


def _turns(stage: Stage, case: Case, typed: Act | None, errors: Mapping[str, Malformed]) -> list[Turn]:
    """The steps open now, whoever takes them."""
    found = []
    for step in case.declaration.steps_open_in(case.state):
        if not step.is_for(case.plain):
            continue
        asked, mine = typed_questions(stage, step.name), typed is not None and typed.step == step.name
        raw = typed.raw if typed and mine else example_answers(stage, asked, step)
        found.append(
            Turn(
                step,
                takers(step, case.declaration),
                bounds(asked, raw, errors if mine else {}, prefix=f"{step.name}-"),
                is_open=mine,
                is_possible=stage.taker(step) is not None,
            )
        )
    return found
