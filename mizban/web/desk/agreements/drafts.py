"""A draft: what the reader found beside the original, its facts, its blanks, what stands in the way of signatures."""

from collections import Counter
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.jobs.running import has_failed
from mizban.kit.forms import Value, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local, numeric
from mizban.lib.text import tidy
from mizban.office.agreements import drafting, gate
from mizban.office.agreements.models import Draft
from mizban.office.agreements.words import ABOUT_ITSELF
from mizban.web.posted import bounds, read

from ..frame import desk_page
from .beside import rows
from .effects import ASKED, shown_effects
from .finding import draft_of, keeper, post_only, seen, way
from .owners import owner_field

REFRESH = "2"
LONGEST_BLANK = 300
WORKER_DIED = "خواندن این متن به خطا خورد. یک بار دیگر آن را بفرستید."


@keeper
def show(request: DeskRequest, draft_id: int) -> HttpResponse:
    draft = settled(draft_of(request, draft_id))
    if draft.version_id is not None:
        return redirect("desk:agreement-version", request.agency.slug, draft.version_id)
    if draft.state != Draft.State.READ:
        return _waiting(request, draft)
    return draft_page(request, draft)


def draft_page(request: DeskRequest, draft: Draft, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a draft that was read; `more` is what a refused form adds to it."""
    drafted = drafting.facts_of(draft, at=request.now)
    found = gate.obstacles(drafted, today=local(request.now).date())
    context: dict[str, Any] = {
        "draft": draft,
        "rows": rows(draft, request.agency),
        "obstacles": found,
        "places": {each.message: _place(request, draft, each) for each in found},
        "notes": gate.notes(drafted),
        "blanks": gate.blanks(drafted),
        "services": _services(request, draft),
        "owner": bounds((owner_field(request.agency),), {"owner": _usual_owner(draft)}),
        "effects": shown_effects(draft),
        "time_units": ASKED,
        "reasons": {},
        "today": local(request.now).date(),
    }
    title = draft.title or "پیش‌نویس بی‌عنوان"
    return desk_page(
        request,
        "desk/agreements/draft.html",
        title=title,
        here="agreements",
        crumbs=way(request),
        status=status,
        **(context | more),
    )


@keeper
def facts(request: DeskRequest, draft_id: int) -> HttpResponse:
    """Title, services, dates, the other organisation of a G2G agreement."""
    draft = draft_of(request, draft_id)
    fields = _fields(request)
    if request.method != "POST":
        return _facts_form(request, draft, fields, _typed(draft), None)
    typed = read(request, fields, agency_id=request.agency.pk, token="").raw
    filled = fill(fields, typed, today=local(request.now).date())
    if filled.errors:
        return _facts_form(request, draft, fields, typed, filled.errors)
    answers = filled.answers
    other = Agency.objects.filter(slug=answers.get("counterpart", "")).first()
    drafting.set_dates(
        draft,
        seen=seen(request),
        valid_from=date.fromisoformat(answers["valid_from"]),
        valid_until=date.fromisoformat(answers["valid_until"]),
        title=answers["title"],
        services=answers["services"],
        holdover=answers["holdover"],
        counterpart=other,
    )
    return redirect("desk:draft", request.agency.slug, draft.pk)


@keeper
@post_only
def blanks(request: DeskRequest, draft_id: int) -> HttpResponse:
    """What belongs into the placeholders, one field each, in their order."""
    draft = draft_of(request, draft_id)
    open_blanks = gate.blanks(drafting.facts_of(draft))
    filled = {
        blank: tidy(request.POST.get(f"blank-{place}", "")[:LONGEST_BLANK])
        for place, blank in enumerate(open_blanks, start=1)
    }
    drafting.fill_blanks(draft, filled, seen=seen(request))
    return redirect("desk:draft", request.agency.slug, draft.pk)


@keeper
@post_only
def drop(request: DeskRequest, draft_id: int) -> HttpResponse:
    """Throw a draft away that nobody sent for signature."""
    draft = draft_of(request, draft_id)
    if draft.version_id is None:
        draft.delete()
    return redirect("desk:agreements", request.agency.slug)


def _usual_owner(draft: Draft) -> str:
    """Who answers for most clauses that are not about the agreement itself."""
    owners = Counter(each["owner"] for each in draft.clauses if each["kind"] not in ABOUT_ITSELF)
    return str(owners.most_common(1)[0][0]) if owners else ""


def _place(request: DeskRequest, draft: Draft, obstacle: gate.Obstacle) -> str:
    """Where an officer gets over it: the page is long, and on a phone longer."""
    if obstacle.may_be_overridden:
        return f"#reason-{obstacle.code}"
    if obstacle.code == "unfilled-placeholder":
        return "#blanks"
    if obstacle.refs:
        return f"#{obstacle.refs[0]}"
    return reverse("desk:draft-facts", args=[request.agency.slug, draft.pk])


def settled(draft: Draft) -> Draft:
    """The draft as it really stands: one whose reading failed is not waited for."""
    if draft.state == Draft.State.WAITING and draft.job_id and has_failed(draft.job_id):
        Draft.objects.filter(pk=draft.pk, state=Draft.State.WAITING).update(
            state=Draft.State.FAILED, why=WORKER_DIED
        )
        draft.refresh_from_db()
    return draft


def _waiting(request: DeskRequest, draft: Draft) -> HttpResponse:
    response = desk_page(
        request,
        "desk/agreements/reading.html",
        title="خواندن متن",
        here="agreements",
        crumbs=way(request),
        draft=draft,
    )
    if draft.state == Draft.State.WAITING:
        response["Refresh"] = REFRESH
    return response


def _services(request: DeskRequest, draft: Draft) -> list[str]:
    offered = {each.slug: each.declaration.title for each in _offerings(request)}
    return [offered.get(slug, slug) for slug in draft.services]


def _offerings(request: DeskRequest) -> list[Offering]:
    return list(Offering.objects.of(request.agency).with_versions())


def _fields(request: DeskRequest) -> tuple[Field, ...]:
    services = tuple(Option(each.slug, each.declaration.title) for each in _offerings(request))
    others = tuple(
        Option(each.slug, each.name) for each in Agency.objects.exclude(pk=request.agency.pk).order_by("name")
    )
    return (
        Field("title", "text", "عنوان خدمت", min_length=3, max_length=300),
        Field("services", "choices", "خدمت‌هایی که زیر آن است", options=services),
        Field("valid_from", "date", "آغاز اعتبار", example="1405/09/01"),
        Field("valid_until", "date", "پایان اعتبار", example="1406/12/29"),
        Field("holdover", "yes_no", "پس از پایان، تا متن یا ابلاغ تازه پابرجا می‌ماند؟"),
        Field(
            "counterpart",
            "agency",
            "دستگاه طرف توافق",
            help="تنها برای خدمت دولت به دولت؛ مدیرکل آن دستگاه هم در میز خودش امضا می‌کند.",
            options=others,
            required=False,
        ),
    )


def _typed(draft: Draft) -> dict[str, Value]:
    return {
        "title": draft.title,
        "services": draft.services,
        "valid_from": numeric(draft.valid_from) if draft.valid_from else "",
        "valid_until": numeric(draft.valid_until) if draft.valid_until else "",
        "holdover": draft.holdover,
        "counterpart": draft.counterpart.slug if draft.counterpart else "",
    }


def _facts_form(
    request: DeskRequest, draft: Draft, fields: tuple[Field, ...], typed: Any, errors: Any
) -> HttpResponse:
    shown = bounds(fields, typed, errors)
    return desk_page(
        request,
        "desk/agreements/form.html",
        title="مشخصات پیش‌نویس",
        here="agreements",
        crumbs=way(request, draft=draft),
        status=422 if errors else 200,
        bounds=shown,
        errors=with_errors(shown),
        draft=draft,
        clause=None,
    )
