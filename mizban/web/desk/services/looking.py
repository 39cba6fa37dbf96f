"""A declaration looked at before and after it is published: its form as applicants have it, its diagram, its text."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.cases.filing.questions import form_at
from mizban.core.cases.models import ServiceDraft
from mizban.core.cases.publishing import publications, ready
from mizban.core.declarations.applicants import questions
from mizban.core.declarations.differences import differences
from mizban.core.declarations.grammar import Declaration
from mizban.core.declarations.reading import read_cached
from mizban.core.people.models import Role
from mizban.core.refusals import NotFound
from mizban.kit.filters import fa
from mizban.kit.forms import Bound
from mizban.kit.requests import DeskRequest
from mizban.web.posted import bounds

from ..finding import member
from ..frame import desk_page
from ..sections import sections
from .drafts import keep, seen_of
from .drawing import drawing, rows
from .index import offering_of
from .texts import Text

WHO = "متقاضی"


@dataclass(frozen=True, slots=True)
class Look:
    """What a declaration looks like: the pages of its form, and its diagram with the table beside it."""

    pages: list[tuple[str, list[Bound]]]
    in_pages: bool

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self.pages]


def look_at(declared: Declaration, agency_id: int) -> Look:
    """The form on the pages applicants will walk, the one about themselves first."""
    fields, _ = form_at(agency_id, declared.form)
    asked = sections(declared, bounds(fields, {}))
    who = [
        field for field in questions(declared.applicants) if field.kind != "choice" or len(field.options) > 1
    ]
    return Look([(WHO, bounds(who, {})), *asked], len(asked) > 1)


@member(Role.SITE_OFFICER)
def draft(request: DeskRequest, service: str) -> HttpResponse:
    """The draft's form and diagram; one with faults has neither yet."""
    found = ServiceDraft.objects.visible_to(request.actor).filter(slug=service).first()
    if found is None:
        raise NotFound
    if Text(found.source).faults_for(service):
        return redirect("desk:service-draft", request.agency.slug, service)
    declared = read_cached(found.source)
    return _page(request, f"پیش‌نمایش «{declared.title}»", service, declared, found.source)


@member(Role.SITE_OFFICER)
def version(request: DeskRequest, service: str, number: int) -> HttpResponse:
    """A version this agency offered or could offer, and what it changed; posted, a draft begins with its text."""
    offering = offering_of(request, service)
    published = publications(offering)
    known = [each.version for each in published]
    waiting = ready(offering)
    found = next((each for each in (*known, waiting) if each and each.number == number), None)
    if found is None:
        raise NotFound
    draft = ServiceDraft.objects.visible_to(request.actor).filter(slug=service).first()
    overtaken = False
    if request.method == "POST":
        overtaken = request.POST.get("seen", "") != seen_of(draft)
        if not overtaken and keep(request, service, Text(found.source), over=draft):
            return redirect("desk:service-draft", request.agency.slug, service)
    place = known.index(found) if found in known else -1
    before = known[place + 1] if place + 1 < len(known) else None
    return _page(
        request,
        f"{found.declaration.title}، نسخهٔ {fa(number)}",
        service,
        found.declaration,
        found.source,
        version=found,
        before=before,
        changes=differences(before.declaration, found.declaration) if before else [],
        is_offered=found.pk == offering.version_id,
        has_draft=draft is not None,
        seen=seen_of(draft),
        overtaken=overtaken,
        status=409 if request.method == "POST" else 200,
    )


def _page(
    request: DeskRequest, title: str, service: str, declared: Declaration, source: str, **context: Any
) -> HttpResponse:
    shown = {
        "version": None,
        "before": None,
        "changes": [],
        "is_offered": False,
        "has_draft": False,
        "seen": "",
        "overtaken": False,
    } | context
    return desk_page(
        request,
        "desk/services/look.html",
        title=title,
        here="services",
        slug=service,
        look=look_at(declared, request.agency.pk),
        drawn=drawing(declared),
        rows=rows(declared),
        source=source,
        **shown,
    )
