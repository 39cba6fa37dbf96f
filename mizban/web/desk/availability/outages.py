"""The site officer's outages: opened and closed by hand, and proved to be telecom's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import Filled, fill
from mizban.core.people.models import Role
from mizban.core.refusals import NotFound, Refusal
from mizban.kit.environment import url
from mizban.kit.forms import Value, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.office.availability import letters
from mizban.office.availability.models import EvidenceLetter, Outage
from mizban.office.availability.outages import Evidence, prove_telecom
from mizban.office.availability.refusals import EvidenceMissing
from mizban.office.mailing import counting
from mizban.office.mailing.models import Occasion
from mizban.web import outages
from mizban.web.posted import bounds, read
from mizban.web.uptimes import duration

from ..finding import member
from ..frame import above, desk_page
from .moments import moment_fields, moment_of, typed_moment

LARGEST_ID = 2**63
NEW = (
    *moment_fields("from", "آغاز", help_line="از زمانی که مردم نتوانستند کارشان را بکنند"),
    Field(
        "what",
        "long_text",
        "به مردم چه بگوییم؟",
        help="چه کاری شدنی نیست، چه شده، کی درست می‌شود. همین اکنون بالای همهٔ صفحه‌های اداره می‌آید.",
        max_length=300,
    ),
)
END = moment_fields("until", "پایان", required=False, help_line="خالی بماند، همین اکنون است")
EVIDENCE = (
    Field("reference", "text", "شمارهٔ نامه یا پیگیری", max_length=100),
    Field("issuer", "text", "صادرکننده", example="شرکت مخابرات استان", max_length=100),
    Field("on", "date", "تاریخ مدرک", example="1405/09/04", required=False),
)


@member(Role.SITE_OFFICER)
def new(request: DeskRequest) -> HttpResponse:
    """Open an outage; its notice stands from that moment on."""
    if request.method != "POST":
        return _new(request, typed_moment("from", request.now))
    typed, filled = _filled(request, NEW)
    from_at = moment_of("from", filled.answers, filled.errors)
    if filled.errors or from_at is None:
        return _new(request, typed, filled.errors)
    try:
        outage = outages.open_by_hand(
            request.agency, from_at=from_at, what=filled.answers["what"], by=request.actor, at=request.now
        )
    except Refusal as refusal:
        return _new(request, typed, {}, refusal.message)
    return redirect("desk:outage", request.agency.slug, outage.pk)


@member(Role.SITE_OFFICER)
def show(request: DeskRequest, outage_id: int) -> HttpResponse:
    """An outage; posted with `close` it ends, with `prove` it gets its evidence."""
    visible = Outage.objects.visible_to(request.actor).select_related("agency")
    outage = visible.filter(pk=outage_id).first() if outage_id < LARGEST_ID else None
    if outage is None:
        raise NotFound
    if request.method != "POST":
        return _page(request, outage)
    return (_prove if "prove" in request.POST else _close)(request, outage)


def _close(request: DeskRequest, outage: Outage) -> HttpResponse:
    typed, filled = _filled(request, END)
    until_at = moment_of("until", filled.answers, filled.errors)
    if filled.errors:
        return _page(request, outage, typed, filled.errors)
    try:
        outages.close(outage, until_at=until_at or request.now, by=request.actor, at=request.now)
    except Refusal as refusal:
        return _page(request, outage, typed, {}, refusal.message)
    return redirect("desk:outage", request.agency.slug, outage.pk)


def _prove(request: DeskRequest, outage: Outage) -> HttpResponse:
    typed, filled = _filled(request, EVIDENCE)
    if {"reference", "issuer"} & set(filled.errors):
        return _page(request, outage, typed, filled.errors, EvidenceMissing.message)
    if filled.errors:
        return _page(request, outage, typed, filled.errors)
    answers = filled.answers
    on = date.fromisoformat(answers["on"]) if "on" in answers else None
    evidence = Evidence(answers["reference"], answers["issuer"], on)
    upload = request.FILES.get("file")
    try:
        with transaction.atomic():
            prove_telecom(outage, evidence, by=request.actor, at=request.now)
            if upload is not None:
                name, data = upload.name or "", upload.read()
                letters.keep(outage, name=name, data=data, by=request.actor, at=request.now)
    except Malformed as wrong:
        return _page(request, outage, typed, {}, wrong.message)
    except Refusal as refusal:
        return _page(request, outage, typed, {}, refusal.message)
    return redirect("desk:outage", request.agency.slug, outage.pk)


def _filled(request: DeskRequest, fields: tuple[Field, ...]) -> tuple[dict[str, Value], Filled]:
    typed = read(request, fields, agency_id=request.agency.pk, token="").raw
    return typed, fill(fields, typed, today=local(request.now).date())


def _new(
    request: DeskRequest,
    typed: Mapping[str, Value],
    errors: Mapping[str, Malformed] | None = None,
    refused: str = "",
) -> HttpResponse:
    shown = bounds(NEW, typed, errors)
    return desk_page(
        request,
        "desk/outage_new.html",
        title="ثبت قطعی",
        here="availability",
        crumbs=(above(request, "وضعیت درگاه", "availability"),),
        status=422 if errors or refused else 200,
        bounds=shown,
        others=[refused] if refused else [],
        errors=with_errors(shown) or refused,
    )


def _page(
    request: DeskRequest,
    outage: Outage,
    typed: Mapping[str, Value] | None = None,
    errors: Mapping[str, Malformed] | None = None,
    refused: str = "",
) -> HttpResponse:
    proved: dict[str, Any] = {"reference": outage.evidence_reference, "issuer": outage.evidence_issuer}
    shown = bounds((*END, *EVIDENCE), {**proved, **(typed or {})}, errors)
    kept = EvidenceLetter.objects.visible_to(request.actor).filter(outage=outage).select_related("outage")
    return desk_page(
        request,
        "desk/outage.html",
        title=outages.heading_of(outage.targets),
        here="availability",
        crumbs=(above(request, "وضعیت درگاه", "availability"),),
        status=422 if errors or refused else 200,
        outage=outage,
        lasted=duration(outage.minutes(at=request.now)),
        duration=duration,
        letters=[
            (url("desk:evidence-letter", request.agency.slug, each.pk), letters.name_of(each), each.size)
            for each in kept
        ],
        told=counting.told(request.agency.pk, [outage.notice_id], Occasion.OUTAGE).get(outage.notice_id or 0),
        ended_told=counting.told(request.agency.pk, [outage.notice_id], Occasion.MENDED).get(
            outage.notice_id or 0
        ),
        end=shown[: len(END)],
        evidence=shown[len(END) :],
        bounds=shown,
        others=[refused] if refused else [],
        errors=with_errors(shown) or refused,
    )
