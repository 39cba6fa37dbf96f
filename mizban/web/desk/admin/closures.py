"""Closures of the office, whole days or hours, and of a province in one act. After the fact two officers decide."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from mizban.core.declarations.fields import Field
from mizban.core.people.models import Role
from mizban.core.refusals import FormRefused, NotFound, NotYours, Refusal
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.office.calendar import announcing
from mizban.office.calendar.closures import Closure as ClosedSpan
from mizban.office.calendar.models import Calendar, Closure, ClosureProposal
from mizban.office.calendar.refusals import AfterTheFact, BadClosure

from ..finding import ELSEWHERE, member
from ..forms import done, form_of
from .calendars import TITLE, calendar_here, changing
from .hours import time_of
from .officers import as_officer, day_typed, known_id, sheet_of, step

LONGEST = 31
SHOWN = 60
LOOK_BACK = timedelta(days=365)
FARTHEST = timedelta(days=400)
FIELDS = (
    Field("on", "date", "روز"),
    Field(
        "until_on", "date", "تا پایان روز", help="برای چند روز پیاپی؛ خالی یعنی همان یک روز", required=False
    ),
    Field(
        "from_time",
        "text",
        "از ساعت",
        help="خالی یعنی از آغاز روز؛ نمونه: ۱۰:۰۰",
        required=False,
        max_length=10,
    ),
    Field("until_time", "text", "تا ساعت", help="خالی یعنی تا پایان روز", required=False, max_length=10),
    Field(
        "reason", "text", "دلیل", help="متقاضی هم می‌خواند؛ نمونه: آلودگی هوا", min_length=3, max_length=200
    ),
    Field("letter_number", "text", "شمارهٔ نامه", required=False, max_length=50),
)
TOO_FAR = "تعطیلی از یک سال پیش تا یک سال دیگر را می‌توان ثبت کرد."
TOO_MANY = "از ۳۱ روز بیشتر را در چند نوبت اعلام کنید."
BACKWARDS = "روز پایان پیش از روز آغاز است."
OFFICERS = (Role.SITE_OFFICER, Role.DIRECTOR)


@member(*OFFICERS)
def index(request: DeskRequest) -> HttpResponse:
    """What is and was closed, what waits for a second officer; a site officer announces."""
    return _closures(request, "", announces=Role.SITE_OFFICER in request.actor.roles)


@member(Role.PROVINCE_OFFICER)
def province(request: DeskRequest) -> HttpResponse:
    """One announcement for every office of the province."""
    if not request.agency.province:
        raise NotFound
    return _closures(request, request.agency.province, announces=True)


@member(*OFFICERS, Role.PROVINCE_OFFICER)
def decide(request: DeskRequest, proposal_id: int) -> HttpResponse:
    """The second officer confirms, or rejects; whoever proposed may take it back."""
    proposal = _proposal(request, proposal_id)
    above = (step(request, TITLE, "admin-calendar"), step(request, "تعطیلی‌ها", _list_of(proposal)))
    refused = ""
    if request.method == "POST" and request.POST.get("act") in ("confirm", "reject"):
        is_confirmed = request.POST["act"] == "confirm"
        try:
            with changing(request, _calendars(proposal) if is_confirmed else ()):
                announcing.decide(proposal, is_confirmed=is_confirmed, by=request.actor, at=request.now)
            return done(request, _list_of(proposal), said="announced" if is_confirmed else "rejected")
        except Refusal as refusal:
            refused = refusal.message
    form = form_of(request, ())
    return sheet_of(
        request,
        "proposal.html",
        form.refused(refused) if refused else form,
        title="تعطیلی پس از وقوع",
        above=above,
        proposal=proposal,
        is_mine=proposal.proposed_by_id in request.actor.desks,
    )


def _closures(request: DeskRequest, of_province: str, *, announces: bool) -> HttpResponse:
    name = "admin-province" if of_province else "admin-closures"
    calendars = (
        announcing.calendars_of(request.agency, of_province) if of_province else [calendar_here(request)]
    )
    form = form_of(request, FIELDS)
    if form.answers is not None:
        if not announces:
            raise NotYours(ELSEWHERE)
        try:
            spans = _spans(form.answers, local(request.now).date())
            merged = announcing.overlapping(calendars, spans)
            by = as_officer(request) if not of_province else request.actor
            try:
                with changing(request, calendars):
                    announcing.announce(calendars, spans, by=by, at=request.now)
            except AfterTheFact:
                announcing.propose(request.agency, spans, province=of_province, by=by, at=request.now)
                return done(request, name, said="proposed")
            return done(request, name, said="merged" if merged else "announced")
        except Refusal as refusal:
            form = form.refused(refusal)
    today = local(request.now).date()
    shown = Closure.objects.filter(calendar__in=calendars, on__gte=today - LOOK_BACK).order_by("-on", "-id")
    waiting = ClosureProposal.objects.waiting().select_related("proposed_by").filter(province=of_province)
    return sheet_of(
        request,
        "closures.html",
        form,
        title=f"تعطیلی استان {of_province}" if of_province else "تعطیلی اداره",
        above=(step(request, TITLE, "admin-calendar"),),
        announces=announces,
        offices=[each.agency for each in calendars] if of_province else [],
        closures=_rows(list(shown.select_related("calendar__agency")[:SHOWN]), today),
        proposals=waiting if of_province else waiting.filter(agency=request.agency),
        here_province=of_province,
    )


def _rows(closures: list[Closure], today: date) -> list[tuple[Closure, bool, bool]]:
    """Each closure, whether it is still ahead, and whether another one of the same calendar shares its time."""
    spans = [(each, each.plain()) for each in closures]
    return [
        (
            each,
            each.on >= today,
            any(_meet(span, other) for other_row, other in spans if _beside(each, other_row)),
        )
        for each, span in spans
    ]


def _beside(one: Closure, other: Closure) -> bool:
    return one.pk != other.pk and (one.calendar_id, one.on) == (other.calendar_id, other.on)


def _meet(one: ClosedSpan, other: ClosedSpan) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _spans(answers: dict[str, Any], today: date) -> list[ClosedSpan]:
    """A span for each day. Raises FormRefused."""
    on, until_on = day_typed(answers, "on"), day_typed(answers, "until_on")
    assert on is not None  # noqa: S101  # required
    days = ((until_on or on) - on).days + 1
    errors = {}
    times = {}
    for name in ("from_time", "until_time"):
        try:
            times[name] = time_of(answers.get(name, ""))
        except Malformed as malformed:
            errors[name] = malformed
    if abs(on - today) > FARTHEST:
        errors["on"] = Malformed("too-far", TOO_FAR)
    if days < 1:
        errors["until_on"] = Malformed("backwards", BACKWARDS)
    elif days > LONGEST:
        errors["until_on"] = Malformed("too-many-days", TOO_MANY)
    if errors:
        raise FormRefused(errors)
    reason, letter = answers["reason"], answers.get("letter_number", "")
    from_time, until_time = times["from_time"], times["until_time"]
    try:
        return [
            ClosedSpan(on + timedelta(each), reason, from_time, until_time, letter_number=letter)
            for each in range(days)
        ]
    except BadClosure as bad:
        raise FormRefused({"until_time": Malformed(bad.code, bad.message)}) from bad


def _proposal(request: DeskRequest, proposal_id: int) -> ClosureProposal:
    """A proposal that waits for somebody of this office, or of this province. Raises NotFound."""
    found = (
        ClosureProposal.objects.waiting()
        .select_related("proposed_by", "agency")
        .filter(pk=known_id(proposal_id))
    )
    proposal = found.first()
    if proposal is None:
        raise NotFound
    roles = request.actor.roles
    if proposal.province:
        mine = Role.PROVINCE_OFFICER in roles and proposal.province == request.agency.province
    else:
        mine = proposal.agency_id == request.agency.pk and not roles.isdisjoint(OFFICERS)
    if not mine:
        raise NotFound
    return proposal


def _calendars(proposal: ClosureProposal) -> list[Calendar]:
    return announcing.calendars_of(proposal.agency, proposal.province)


def _list_of(proposal: ClosureProposal) -> str:
    return "admin-province" if proposal.province else "admin-closures"
