"""A declaration in the making: saved with its faults, published once there is none."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.cases.models import Offering, ServiceDraft
from mizban.core.cases.models.drafts import ServiceDraftQuerySet
from mizban.core.cases.models.services import Origin
from mizban.core.declarations.differences import differences
from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.declarations.nodes import BrokenDeclaration, Fault
from mizban.core.declarations.reading import read_cached
from mizban.core.people.models import Role
from mizban.core.refusals import NotFound
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.posted import bounds

from ..finding import member
from ..frame import desk_page
from .texts import Text, sent, shown

NOTE = Field(
    "note",
    "text",
    "چه چیزی عوض شد و چرا؟",
    help="در تاریخچهٔ خدمت می‌ماند. نام متقاضی ننویسید.",
    min_length=3,
    max_length=300,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The draft of one service at one agency: its row, what the agency offers now, and the text in hand."""

    slug: str
    draft: ServiceDraft | None
    offering: Offering | None
    text: Text
    faults: list[Fault]
    overtaken: bool = False

    @property
    def seen(self) -> str:
        return seen_of(self.draft)


@member(Role.SITE_OFFICER)
def edit(request: DeskRequest, service: str) -> HttpResponse:
    """The draft's page; posted, it is saved, published or discarded as `intent` says."""
    if request.method != "POST":
        return _page(request, _found(request, service))
    match request.POST.get("intent"):
        case "publish":
            return _publish(request, _found(request, service))
        case "discard":
            return _discard(request, _found(request, service))
        case _:
            return _save(request, service)


def keep(request: DeskRequest, slug: str, text: Text, *, over: ServiceDraft | None) -> bool:
    """Make this the draft's text in place of `over` (None: of no draft); False where another stands there by now."""
    facts = {"source": text.source, "edited_by_id": request.actor.user_id, "edited_at": request.now}
    if over is not None:
        return bool(_as_seen(over).update(**facts))
    _, is_new = ServiceDraft.objects.get_or_create(agency=request.agency, slug=slug, defaults=facts)
    return is_new


def seen_of(draft: ServiceDraft | None) -> str:
    """Which state of the draft a page knows."""
    return draft.edited_at.isoformat() if draft else ""


def _as_seen(draft: ServiceDraft) -> ServiceDraftQuerySet:
    """The row, unless somebody saved another text meanwhile."""
    return ServiceDraft.objects.filter(pk=draft.pk, edited_at=draft.edited_at, source=draft.source)


def _found(request: DeskRequest, slug: str, typed: Text | None = None) -> Desk:
    """The draft, with what was `typed` in its place. Raises NotFound for what is neither offered nor drafted."""
    draft = (
        ServiceDraft.objects.visible_to(request.actor).select_related("edited_by").filter(slug=slug).first()
    )
    offering = Offering.objects.of(request.agency).with_versions().filter(slug=slug).first()
    if draft is None and offering is None:
        raise NotFound
    source = draft.source if draft else offering.version.source if offering else ""
    text = typed or Text(source)
    return Desk(slug, draft, offering, text, text.faults_for(slug))


def _save(request: DeskRequest, slug: str) -> HttpResponse:
    text = sent(request)
    desk = _found(request, slug, text)
    if desk.draft and desk.draft.source != text.source and request.POST.get("seen", "") != desk.seen:
        return _overtaken(request, desk)
    if text.refused:
        return _page(request, desk, status=422)
    if not keep(request, slug, text, over=desk.draft):
        return _overtaken(request, _found(request, slug, text))
    if desk.faults:
        return _page(request, _found(request, slug), status=422)
    return redirect("desk:service-draft", request.agency.slug, slug)


def _overtaken(request: DeskRequest, desk: Desk) -> HttpResponse:
    """Somebody saved another text since the page was shown: nothing is done, and what was typed is not lost."""
    return _page(request, replace(desk, overtaken=True), status=409)


def _discard(request: DeskRequest, desk: Desk) -> HttpResponse:
    if desk.draft and (request.POST.get("seen", "") != desk.seen or not _as_seen(desk.draft).delete()[0]):
        return _overtaken(request, _found(request, desk.slug))
    if desk.offering is None:
        return redirect("desk:services", request.agency.slug)
    return redirect("desk:service", request.agency.slug, desk.slug)


def _publish(request: DeskRequest, desk: Desk) -> HttpResponse:
    """Offer what was saved and seen, with a note; nothing while there is a fault or somebody saved another text."""
    filled = fill((NOTE,), {"note": request.POST.get("note", "")})
    overtaken = desk.draft is None or request.POST.get("seen", "") != desk.seen
    if overtaken or desk.faults or filled.errors:
        found = Desk(desk.slug, desk.draft, desk.offering, desk.text, desk.faults, overtaken=overtaken)
        return _page(request, found, filled.errors, status=409 if overtaken else 422)
    try:
        with transaction.atomic():
            Offering.publish(
                request.agency,
                desk.text.source,
                at=request.now,
                by=request.actor,
                origin=Origin.DESK,
                note=filled.answers["note"],
            )
            if desk.draft:
                _as_seen(desk.draft).delete()
    except BrokenDeclaration:
        return _page(request, _found(request, desk.slug), status=422)
    response = redirect("desk:service", request.agency.slug, desk.slug)
    response["Location"] += "?done=published"
    return response


def _page(
    request: DeskRequest, desk: Desk, errors: dict[str, Malformed] | None = None, *, status: int = 200
) -> HttpResponse:
    declared = None if desk.faults else read_cached(desk.text.source)
    offered = desk.offering.declaration if desk.offering else None
    note = bounds((NOTE,), {"note": request.POST.get("note", "")}, errors)
    return desk_page(
        request,
        "desk/services/draft.html",
        title=f"پیش‌نویس «{declared.title if declared else offered.title if offered else desk.slug}»",
        here="services",
        status=status,
        desk_draft=desk,
        faults=shown(desk.text.source, desk.faults),
        changes=differences(offered, declared) if offered and declared else [],
        is_new_text=desk.offering is None or desk.offering.version.source != desk.text.source,
        note=note,
        errors=[bound for bound in note if bound.error] or bool(desk.faults and status != 200),
    )
