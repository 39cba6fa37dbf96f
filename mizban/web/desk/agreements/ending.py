"""The wizard of an end: what it asks for stands in its order, and no step is taken before the one above it."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect

from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.jobs.running import has_failed
from mizban.core.people.models import Role
from mizban.core.refusals import NotFound
from mizban.core.sealing import keys
from mizban.kit.forms import with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.office.agreements import jobs
from mizban.office.agreements.ending import steps, vault
from mizban.office.agreements.models import Agreement, Ending, Notification
from mizban.office.agreements.refusals import NothingInForce, NotTheDirector
from mizban.web.posted import bounds, read

from ..frame import desk_page
from .finding import agreement_of, keeper, post_only, way

REFRESH = "3"
BROKEN = "ساختن پشتیبان به خطا خورد و خطا ثبت شد. دوباره بخواهید."
STEPS = ("آغاز", "پشتیبان و آزمون", "امضای پایان", "نگهداری", "نابودسازی")
AT = {
    Ending.State.BACKING_UP: 2,
    Ending.State.FAILED: 2,
    Ending.State.VERIFIED: 3,
    Ending.State.SIGNED: 4,
    Ending.State.ERASED: 6,
}


@keeper
def show(request: DeskRequest, number: int) -> HttpResponse:
    """Where the end stands; before it began, the form that begins it."""
    agreement = agreement_of(request, number)
    ending = _ending(agreement)
    if ending is None:
        return _first(request, agreement)
    response = desk_page(
        request,
        "desk/agreements/ending.html",
        title=f"پایان «{agreement.title}»",
        here="agreements",
        crumbs=way(request, agreement),
        agreement=agreement,
        ending=settled(ending),
        steps=STEPS,
        step=AT[Ending.State(ending.state)],
        made_at=datetime.fromisoformat(ending.made["at"]) if ending.made else None,
        is_director=Role.DIRECTOR in request.actor.roles,
        still_open=steps.still_open(ending),
        may_be_erased=ending.may_be_erased(today=local(request.now).date()),
        today=local(request.now).date(),
    )
    if ending.state == Ending.State.BACKING_UP or (ending.job_id and ending.may_be_erased(today=date.max)):
        response["Refresh"] = REFRESH
    return response


@keeper
def backup(request: DeskRequest, number: int) -> HttpResponse:
    """POST: make it anew. GET: the archive, for the director, until the data are erased."""
    ending = _found(request, number)
    if request.method == "POST":
        with transaction.atomic():
            steps.again(ending)
            _start(ending)
        return redirect("desk:ending", request.agency.slug, number)
    if Role.DIRECTOR not in request.actor.roles or not ending.stored_as or ending.wrapped_key is None:
        raise NotFound
    key = keys.unwrap(ending.agreement.agency_id, bytes(ending.wrapped_key))
    name = f"mizban-{request.agency.slug}-{number}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    frames = vault.frames(ending.stored_as, key)
    response = StreamingHttpResponse(frames, content_type="application/zip", headers=headers)
    return cast("HttpResponse", response)


@keeper
@post_only
def sign(request: DeskRequest, number: int) -> HttpResponse:
    """The director signs the end, over the hash of the backup."""
    seen = request.POST.get("hash", "")
    steps.sign(_found(request, number), by=request.actor, at=request.now, seen_hash=seen)
    return redirect("desk:ending", request.agency.slug, number)


@keeper
@post_only
def erasure(request: DeskRequest, number: int) -> HttpResponse:
    """The director has the data destroyed, once they need not be kept any longer."""
    ending = _found(request, number)
    if Role.DIRECTOR not in request.actor.roles:
        raise NotTheDirector
    steps.refuse_erasure(ending, at=request.now)
    with transaction.atomic():
        by = request.actor.by_right_of({Role.DIRECTOR})
        job = UUID(jobs.erase_data.enqueue(ending.pk, by.user_id, by.name).id)
        Ending.objects.filter(pk=ending.pk).update(job_id=job)
    return redirect("desk:ending", request.agency.slug, number)


@keeper
def certificate(request: DeskRequest, number: int) -> HttpResponse:
    """The certificate of destruction, to be printed."""
    ending = _found(request, number)
    if ending.state != Ending.State.ERASED:
        raise NotFound
    told = ending.certificate
    moments = {
        name: datetime.fromisoformat(told[name]) if told[name] else None for name in ("first", "last", "at")
    }
    return desk_page(
        request,
        "desk/agreements/certificate.html",
        title="گواهی نابودسازی داده‌ها",
        here="agreements",
        crumbs=way(request, ending.agreement),
        agreement=ending.agreement,
        ending=ending,
        told=told,
        moments=moments,
        office=None,
    )


def settled(ending: Ending) -> Ending:
    """The end as it really stands: one whose job failed is not waited for."""
    if ending.state == Ending.State.BACKING_UP and ending.job_id and has_failed(ending.job_id):
        stuck = Ending.objects.filter(pk=ending.pk, state=Ending.State.BACKING_UP)
        stuck.update(state=Ending.State.FAILED, why=BROKEN)
        ending.refresh_from_db()
    return ending


def _ending(agreement: Agreement) -> Ending | None:
    found = Ending.objects.select_related("agreement__agency", "notification", "signed_by")
    return found.filter(agreement=agreement).first()


def _found(request: DeskRequest, number: int) -> Ending:
    ending = _ending(agreement_of(request, number))
    if ending is None:
        raise NotFound
    return ending


def _start(ending: Ending) -> None:
    """Have the backup made; within the transaction that asks for it."""
    job = UUID(jobs.back_up.enqueue(ending.pk).id)
    Ending.objects.filter(pk=ending.pk).update(job_id=job)


def _first(request: DeskRequest, agreement: Agreement) -> HttpResponse:
    if agreement.in_force is None:
        raise NothingInForce
    fields = _fields(agreement)
    if request.method != "POST":
        return _form(request, agreement, fields, {}, None)
    typed = read(request, fields, agency_id=request.agency.pk, token="").raw
    filled = fill(fields, typed, today=local(request.now).date())
    if filled.errors:
        return _form(request, agreement, fields, typed, filled.errors)
    answers = filled.answers
    with transaction.atomic():
        ending = steps.begin(
            agreement.notifications.get(pk=int(answers["notification"])),
            manner=answers["manner"],
            keep_until=date.fromisoformat(answers["keep_until"]),
            by=request.actor,
            at=request.now,
        )
        _start(ending)
    return redirect("desk:ending", request.agency.slug, agreement.number)


def _fields(agreement: Agreement) -> tuple[Field, ...]:
    ends = agreement.notifications.filter(does=Notification.Does.ENDS).defer("file")
    papers = tuple(Option(str(each.pk), f"شمارهٔ {each.number}") for each in ends)
    manners = tuple(Option(*each) for each in Ending.Manner.choices)
    return (
        Field("notification", "choice", "ابلاغیه‌ای که آن را پایان می‌دهد", options=papers),
        Field("manner", "choice", "چگونه پایان می‌یابد؟", options=manners),
        Field(
            "keep_until",
            "date",
            "داده‌ها تا کی نگه داشته شود؟",
            help="پس از این روز، مدیرکل می‌تواند آن‌ها را نابود کند.",
            day="future",
            example="1406/12/29",
        ),
    )


def _form(
    request: DeskRequest,
    agreement: Agreement,
    fields: tuple[Field, ...],
    typed: Any,
    errors: dict[str, Malformed] | None,
) -> HttpResponse:
    shown = bounds(fields, typed, errors)
    return desk_page(
        request,
        "desk/agreements/ending_begin.html",
        title=f"پایان «{agreement.title}»",
        here="agreements",
        crumbs=way(request, agreement),
        status=422 if errors else 200,
        agreement=agreement,
        steps=STEPS,
        has_paper=bool(fields[0].options),
        bounds=shown,
        errors=with_errors(shown),
    )
