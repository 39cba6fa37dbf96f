"""What this agency offers, what is being written, and the door to a new service."""

from pathlib import Path

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.cases.models import Case, Offering, ServiceDraft
from mizban.core.cases.publishing import offer_again, publications, ready, withdraw
from mizban.core.people.models import Role
from mizban.core.refusals import NotFound
from mizban.kit.requests import DeskRequest
from mizban.office.agreements.closing import ENDED

from ..finding import member
from ..frame import desk_page
from . import texts
from .drafts import keep

TITLE = "خدمت‌ها"
# The short one of docs/services.md, to begin from.
EXAMPLE = (Path(__file__).parent / "example.yaml").read_text("utf-8")
DONE = {
    "published": "منتشر شد. درخواست‌های تازه از همین حالا با این نسخه ثبت می‌شود؛ پرونده‌های در جریان نسخهٔ خود را دارند.",
    "withdrawn": "از این پس درخواست تازه‌ای پذیرفته نمی‌شود. پرونده‌های در جریان ادامه دارند.",
    "offered-again": "درخواست تازه دوباره پذیرفته می‌شود.",
    "discarded": "پیش‌نویس دور انداخته شد.",
}


@member(Role.SITE_OFFICER)
def index(request: DeskRequest) -> HttpResponse:
    """The services of the agency; posted, the text of one begins or goes on as a draft."""
    if request.method == "POST":
        return _begin(request)
    return _index(request, texts.Text(""))


def _begin(request: DeskRequest) -> HttpResponse:
    text = texts.sent(request)
    if text.refused or not text.slug:
        return _index(request, text)
    before = ServiceDraft.objects.visible_to(request.actor).filter(slug=text.slug).first()
    if before and before.source != text.source:
        return _index(request, text, before=before)
    if not keep(request, text.slug, text, over=before):
        return _begin(request)
    return redirect("desk:service-draft", request.agency.slug, text.slug)


def _index(request: DeskRequest, text: texts.Text, *, before: ServiceDraft | None = None) -> HttpResponse:
    """The page; `text` came back because nothing could be begun with it, `before` is the draft in its way."""
    drafts = ServiceDraft.objects.visible_to(request.actor).select_related("edited_by").order_by("slug")
    faults = text.faults if (text.source or text.refused) and not before else []
    return desk_page(
        request,
        "desk/services/index.html",
        title=TITLE,
        here="services",
        status=422 if faults or before else 200,
        offerings=list(Offering.objects.of(request.agency).with_versions()),
        drafts=list(drafts),
        example=EXAMPLE,
        source=text.source,
        faults=texts.shown(text.source, faults),
        before=before,
        done=DONE.get(request.GET.get("done", ""), ""),
    )


@member(Role.SITE_OFFICER)
def show(request: DeskRequest, service: str) -> HttpResponse:
    """One service: its versions, who published them, what runs under them; posted, it is withdrawn or offered again."""
    offering = offering_of(request, service)
    if request.method == "POST":
        kind, act = ("offered-again", offer_again) if offering.withdrawn_at else ("withdrawn", withdraw)
        if request.POST.get("stand") == kind:
            act(offering, by=request.actor, at=request.now)
        return done(request, service, kind)
    events = list(offering.events)
    return desk_page(
        request,
        "desk/services/service.html",
        title=offering.declaration.title,
        here="services",
        offering=offering,
        publications=publications(offering, events),
        running=_running(request, offering),
        ready=ready(offering),
        draft=ServiceDraft.objects.visible_to(request.actor).filter(slug=service).first(),
        ended=events[-1].facts.get(ENDED) if events else None,
        done=DONE.get(request.GET.get("done", ""), ""),
    )


def offering_of(request: DeskRequest, service: str) -> Offering:
    """What this agency offers, or offered, under this slug. Raises NotFound."""
    found = Offering.objects.of(request.agency).filter(slug=service).with_versions().first()
    if found is None:
        raise NotFound
    return found


def done(request: DeskRequest, service: str, kind: str) -> HttpResponse:
    """To the page of the service, which says what was done."""
    response = redirect("desk:service", request.agency.slug, service)
    response["Location"] += f"?done={kind}"
    return response


def _running(request: DeskRequest, offering: Offering) -> dict[int, int]:
    """How many open cases there are, by version."""
    visible = Case.objects.visible_to(request.actor).filter(offering=offering, is_open=True)
    return dict(visible.order_by().values_list("version_id").annotate(Count("pk")))
