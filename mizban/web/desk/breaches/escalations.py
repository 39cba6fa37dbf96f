"""«ارجاع به مقام بالاتر»: broken promises before their superior, until he says what he does about each."""

from django.http import HttpResponse

from mizban.core.cases.models import Case
from mizban.core.refusals import NotFound, Refusal
from mizban.kit.filters import fa, spoken
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local
from mizban.office.breaches.acting import ACKNOWLEDGING, acknowledge
from mizban.office.breaches.models import Escalation
from mizban.office.breaches.models.escalations import EscalationQuerySet

from ..finding import member
from ..forms import Form, done, form_of
from .frame import Row, breach_page, row

LARGEST_ID = 2**63
MOST = 100
LEVELS = {1: "نخستین دیرکرد", 2: "موعد تازه هم گذشت"}
SAID = {"done": "ثبت شد و از فهرست شما بیرون رفت."}
TITLE = "ارجاع به مقام بالاتر"


@member(inspected=True)
def index(request: DeskRequest) -> HttpResponse:
    """What waits for this person first; then, for who sees them, the others' and what was seen."""
    seen = Escalation.objects.visible_to(request.actor)
    mine = list(_joined(seen.before(request.actor).waiting()).order_by("at", "pk")[:MOST])
    others = _joined(seen.exclude(pk__in=[each.pk for each in mine])).order_by("-at", "-pk")[:MOST]
    return breach_page(
        request,
        "escalations.html",
        title=TITLE,
        part="escalations",
        mine=[(each, _row(request, each)) for each in mine],
        others=[(each, _row(request, each)) for each in others],
        said=SAID.get(request.GET.get("done", ""), ""),
    )


@member()
def show(request: DeskRequest, escalation_id: int) -> HttpResponse:
    """One of this person's own, and the form that says what he does."""
    known = escalation_id < LARGEST_ID
    mine = (
        _joined(Escalation.objects.before(request.actor)).filter(pk=escalation_id).first() if known else None
    )
    if mine is None:
        raise NotFound
    form = form_of(request, ACKNOWLEDGING)
    if form.answers is not None:
        try:
            acknowledge(mine, by=request.actor, at=request.now, answers=form.answers)
        except Refusal as refusal:
            return _sheet(request, mine, form.refused(refusal))
        return done(request, "escalations")
    return _sheet(request, mine, form)


def _sheet(request: DeskRequest, mine: Escalation, form: Form) -> HttpResponse:
    return breach_page(
        request,
        "escalation.html",
        title=TITLE,
        part="escalations",
        status=422 if form.is_refused else 200,
        escalation=mine,
        row=_row(request, mine),
        bounds=form.bounds,
        others=form.others,
        errors=form.others or form.errors,
    )


def _joined(found: EscalationQuerySet) -> EscalationQuerySet:
    return found.select_related("case__agency", "case__version", "case__unit", "case__assignee").defer(
        "case__version__source"
    )


def _row(request: DeskRequest, each: Escalation) -> Row:
    """When it was due and how it stands; of another agency's case no more than that."""
    case: Case = each.case
    today = local(request.now).date()
    answered = case.answered_at is not None or not case.is_open
    chip = ("none", "پایان یافته") if answered else ("late", LEVELS.get(each.level, fa(f"بار {each.level}")))
    return row(request, case, chip=chip, due=spoken(each.due_at, today), note=each.superior)  # type: ignore[arg-type]
