"""The page of a case for its applicant: whose turn it is, by when, what happened, and what can be done now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from mizban.core.cases.filing.questions import answered_form
from mizban.core.cases.inhouse.inside import told
from mizban.core.cases.models import Case, CaseFile, Party
from mizban.core.cases.models.around import furnish
from mizban.core.cases.sentences import spoken
from mizban.core.cases.steps.answers import answers_of
from mizban.core.cases.steps.mending import as_asked
from mizban.core.cases.steps.permitting import in_time, steps_for
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import Step
from mizban.core.events.models import Event
from mizban.core.people.actors import Guest
from mizban.core.prepared import Prepared, blank
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.environment import url
from mizban.kit.forms import Bound, with_errors
from mizban.kit.page import TimelineItem
from mizban.kit.requests import Request
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.office.mailing.chosen import is_on
from mizban.web import posted
from mizban.web.breaches import breach_of
from mizban.web.dues import due_card
from mizban.web.pages import page
from mizban.web.posted import Posted
from mizban.web.timelines import timeline_items
from mizban.web.words import readable, with_persian_digits

from .complaint_desks import complaint_desks
from .drafts import identifier_field
from .turns import chips, turn

JUST_NOW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Retry:
    """A step whose form came back: what was typed and what is wrong with it."""

    step: Step
    token: str
    posted: Posted
    errors: Mapping[str, Malformed]


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step the applicant can take now, with its form."""

    step: Step
    token: str
    bounds: Sequence[Bound]
    is_open: bool
    takes_files: bool
    address: str


def load(guest: Guest) -> Case | None:
    """The guest's case with what its page needs, in one query."""
    return next(iter(furnish(_shown_to.all(case_id=guest.case_id))), None)


_shown_to = Prepared(lambda: Case.objects.visible_to(Guest(blank(Case, "id", "case_id"))))


def show(
    request: Request, case: Case, *, retry: Retry | None = None, overtaken_by: Event | None = None
) -> HttpResponse:
    """The page; 422 with the errors of a step, 409 with what somebody else did first."""
    events = told(case.history())
    steps = steps_for(case, Guest(case.pk))
    open_, over = in_time(case, steps, at=request.now)
    forms = [_step_form(as_asked(case, step), retry, first=steps[0]) for step in open_]
    mine = forms[:1] if case.turn == "applicant" else []
    due = due_card(case, now=request.now, for_applicant=True, events=events, why_url=url("portal:why"))
    items = timeline_items(case, with_texts=True, file_url=file_url, events=events)
    errors = with_errors(bound for form in forms for bound in form.bounds)
    breach = breach_of(case, events)
    return page(
        request,
        "portal/case.html",
        title=f"پیگیری {case.title}",
        agency=case.agency,
        here="track",
        status=422 if errors else 409 if overtaken_by else 200,
        case=case,
        today=local(request.now).date(),
        due=due,
        chips=chips(case, due),
        turn=turn(case, due, now=request.now),
        asked=_asked(case, events, items) if mine else None,
        turn_form=next(iter(mine), None),
        other_forms=forms[len(mine) :],
        overdue=over,
        answer=_answer(case, events, items),
        timeline=items,
        written=_written(case, events),
        breach=breach,
        again=breach.again(request.now) if breach else None,
        complaints=complaint_desks(case) if breach else (),
        may_mail=case.is_open and is_on(),
        errors=errors,
        done="" if retry or overtaken_by else _just_done(case, events[-1], request),
        overtaken=_sentence(case, overtaken_by) if overtaken_by else "",
        lost=_lost(retry, forms) if retry and overtaken_by else [],
    )


def file_url(file: CaseFile) -> str:
    return url("portal:file", file.pk)


def prefix(step: Step) -> str:
    return f"{step.name}-"


def _step_form(step: Step, retry: Retry | None, *, first: Step) -> StepForm:
    """The form of a step, as it came back if it did; prefixes keep the names of two forms on the page apart."""
    retry = retry if retry and retry.step.name == step.name else None
    named = "" if step.name == first.name else prefix(step)
    sent = retry.posted if retry else Posted({}, {}, {})
    errors = retry.errors if retry else {}
    return StepForm(
        step=step,
        token=retry.token if retry else posted.new_token(),
        bounds=posted.bounds(step.form, sent.raw, errors, sent.files, prefix=named),
        is_open=retry is not None,
        takes_files=any(field.kind in ("file", "files", "rows") for field in step.form),
        address=url("portal:step", step.name),
    )


def _lost(retry: Retry, forms: Sequence[StepForm]) -> list[tuple[Field, Any]]:
    """What was typed for a step that is over: no form has room for it any more, so it is shown to be copied."""
    if any(form.step.name == retry.step.name for form in forms):
        return []
    return readable(retry.step.form, fill(retry.step.form, retry.posted.raw).answers)


def _asked(case: Case, events: Sequence[Event], items: list[TimelineItem]) -> TimelineItem | None:
    """What the office asked when it made it the applicant's turn."""

    def asks(event: Event) -> bool:
        after = case.declaration.states.get(event.facts.get("to", ""))
        return event.kind == "step" and after is not None and after.turn == "applicant"

    return _lifted(events, items, asks)


def _answer(case: Case, events: Sequence[Event], items: list[TimelineItem]) -> TimelineItem | None:
    """The office's answer."""
    return _lifted(events, items, lambda event: event.facts.get("step") in case.target.until)


def _lifted(
    events: Sequence[Event], items: list[TimelineItem], wanted: Callable[[Event], bool]
) -> TimelineItem | None:
    """The last event of a kind, for the head of the page; the timeline keeps its sentence alone."""
    for place, event in enumerate(reversed(events)):
        if wanted(event):
            item = items[place]
            items[place] = replace(item, quote=None, files=())
            return item
    return None


def _just_done(case: Case, last: Event, request: Request) -> str:
    """The sentence of what the applicant did a moment ago: the page after a step says that it arrived."""
    if last.actor_kind != "guest" or last.kind != "step" or request.now - last.at > JUST_NOW:
        return ""
    return _sentence(case, last)


def _sentence(case: Case, event: Event) -> str:
    return with_persian_digits(spoken(case, event).sentence)


def _written(case: Case, events: Sequence[Event]) -> list[tuple[Field, Any]]:
    """What the applicant wrote, with the name and the number it was filed under; empty once it was erased."""
    try:
        answers = answers_of(case, events).now
        applicant = Party.who_applied(case).reveal(case.key)
    except BrokenSeal:
        return []
    form = answered_form(case)
    given = {"name": applicant.name, "identifier": applicant.identifier, "mobile": applicant.mobile}
    who = {name: value for name, value in given.items() if value}
    about = (
        Field("name", "text", "نام"),
        identifier_field(applicant.kind, "identifier"),
        Field("mobile", "mobile", "تلفن همراه"),
    )
    return readable(about, who) + readable(form, answers)
