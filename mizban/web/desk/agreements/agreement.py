"""One agreement at the desk of its office: its versions, what happened, notifications, its successor."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.refusals import NotFound
from mizban.kit.forms import with_errors
from mizban.kit.page import TimelineItem
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.office.agreements import notifying
from mizban.office.agreements.drafting import successor_of
from mizban.office.agreements.models import Agreement, Ending, Notification
from mizban.office.agreements.recording import history
from mizban.office.agreements.refusals import NothingInForce
from mizban.office.agreements.telling import sentence
from mizban.office.agreements.words import STATES
from mizban.web.downloads import disposition
from mizban.web.posted import bounds, read

from ..frame import desk_page
from .finding import LARGEST_ID, agreement_of, keeper, post_only, way

NO_FILE = Malformed("required", "تصویر ابلاغیه را برگزینید (PDF، JPG یا PNG).")
FIELDS = (
    Field("number", "text", "شمارهٔ ابلاغیه", min_length=1, max_length=40),
    Field("dated_on", "date", "تاریخ ابلاغیه", day="past", example="1405/08/30"),
    Field(
        "does",
        "choice",
        "ابلاغیه با این توافق‌نامه چه می‌کند؟",
        options=tuple(Option(value, label) for value, label in Notification.Does.choices),
    ),
)


@keeper
def show(request: DeskRequest, number: int) -> HttpResponse:
    return _page(request, agreement_of(request, number), {}, {})


@keeper
@post_only
def successor(request: DeskRequest, number: int) -> HttpResponse:
    """The open draft, or a new one with the clauses of the version in force."""
    agreement = agreement_of(request, number)
    draft = agreement.drafts.open().first()
    if draft is None:
        version = agreement.in_force
        if version is None:
            raise NothingInForce
        draft = successor_of(version, by=request.actor, at=request.now)
    return redirect("desk:draft", request.agency.slug, draft.pk)


@keeper
@post_only
def notify(request: DeskRequest, number: int) -> HttpResponse:
    """Enter a notification; what it asks for comes next: the draft that replaces, or the end."""
    agreement = agreement_of(request, number)
    typed = read(request, FIELDS, agency_id=request.agency.pk, token="").raw
    filled = fill(FIELDS, typed, today=local(request.now).date())
    upload, errors = request.FILES.get("file"), dict(filled.errors)
    if upload is None:
        errors["file"] = NO_FILE
    if errors or upload is None:
        return _page(request, agreement, typed, errors)
    try:
        made = notifying.notify(
            agreement,
            number=filled.answers["number"],
            dated_on=date.fromisoformat(filled.answers["dated_on"]),
            does=filled.answers["does"],
            name=upload.name or "",
            data=upload.read(),
            by=request.actor,
            at=request.now,
        )
    except Malformed as fault:
        return _page(request, agreement, typed, {"file": fault})
    if made.does == Notification.Does.REPLACES:
        draft = notifying.draft_after(made, by=request.actor, at=request.now)
        return redirect("desk:draft", request.agency.slug, draft.pk)
    return redirect("desk:agreement", request.agency.slug, agreement.number)


@keeper
def paper(request: DeskRequest, number: int, notification_id: int) -> HttpResponse:
    """The file of a notification, always saved."""
    agreement = agreement_of(request, number)
    found = (
        agreement.notifications.filter(pk=notification_id).first() if notification_id < LARGEST_ID else None
    )
    if found is None:
        raise NotFound
    headers = {
        "Content-Disposition": disposition(found.file_name, found.media_type),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(found.file), content_type=found.media_type, headers=headers)


def _page(
    request: DeskRequest, agreement: Agreement, typed: Any, errors: dict[str, Malformed]
) -> HttpResponse:
    today = local(request.now).date()
    shown = bounds(FIELDS, typed, errors)
    versions = sorted(agreement.versions.all(), key=lambda each: -each.number)
    if not versions:
        raise NotFound
    return desk_page(
        request,
        "desk/agreements/agreement.html",
        title=agreement.title,
        here="agreements",
        crumbs=way(request),
        status=422 if errors else 200,
        agreement=agreement,
        versions=[(each, STATES[each.state(today=today)]) for each in versions],
        gap=agreement.gap(today=today),
        notifications=agreement.notifications.defer("file"),
        ending=Ending.objects.filter(agreement=agreement).first(),
        events=[TimelineItem(each.at, "none", sentence(each)) for each in reversed(history(agreement))],
        bounds=shown,
        errors=with_errors(shown),
        file_error=errors["file"].message if "file" in errors else "",
        today=today,
    )
