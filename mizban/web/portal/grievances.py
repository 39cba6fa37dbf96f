"""A complaint about a late answer, filled in from the case: the applicant edits and files it as any other."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.cases.filing.references import proof
from mizban.core.cases.models import Case, Offering, Party
from mizban.core.people.actors import PUBLIC
from mizban.core.refusals import NotFound
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.filters import fa, spoken
from mizban.kit.requests import AgencyRequest
from mizban.lib.identifiers import mobile
from mizban.office.agreements.models import Clause
from mizban.office.breaches.complaining import COMPLAINT, KIND, OF_CASE, SERVICE_DESK
from mizban.office.calendar.current import calendar_of
from mizban.web.breaches import breach_of

from . import guests
from .complaint_desks import agencies_of
from .drafts import fresh
from .finding import methods, offering_of, private
from .form_pages import form_page
from .promises import promised
from .walking import Place

# Which clauses promise a time, the plainest first.
TIMES = ("response-time", "prompt-result")
LONGEST_CLAUSE = 600


@methods("GET")
@private
def show(request: AgencyRequest, office: str) -> HttpResponse:
    """The service desk's form with everything the case knows; whoever showed no password is asked for it."""
    case = guests.case_of(request)
    if case is None:
        return redirect("portal:track")
    agency = next((each for each in agencies_of(case) if each.slug == office), None)
    offering = offering_of(agency, SERVICE_DESK) if agency else None
    if agency is None or offering is None or breach_of(case, case.history()) is None:
        raise NotFound
    request.agency, request.actor = agency, PUBLIC
    return form_page(request, _filled(request, offering, case), {})


def _filled(request: AgencyRequest, offering: Offering, case: Case) -> Place:
    draft = fresh(request, offering)
    raw = {
        **draft.posted.raw,
        **_who(case),
        KIND: COMPLAINT,
        "about": case.unit.name if case.unit else case.agency.short_name,
        "text": _text(case, now=request.now),
        OF_CASE: {"code": case.code, "proof": proof(case.code, draft.token)},
    }
    if case.unit and case.agency_id == offering.agency_id:
        raw["department"] = case.unit.slug
    return Place(replace(draft, posted=replace(draft.posted, raw=raw)), 0)


def _who(case: Case) -> dict[str, str]:
    """Who filed the case; nothing once it was erased."""
    try:
        applicant = Party.who_applied(case).reveal(case.key)
    except BrokenSeal:
        return {}
    return {
        # An agency complains as the body it is.
        "applicant_kind": "legal" if applicant.kind == "agency" else applicant.kind,
        "applicant_name": applicant.name,
        "applicant_identifier": applicant.identifier,
        "applicant_mobile": mobile.show(applicant.mobile) if applicant.mobile else "",
    }


def _text(case: Case, *, now: datetime) -> str:
    """Code, promise, due date, days late and the clause, in the applicant's words."""
    filed, due = spoken(case.filed_at), spoken(case.due_at) if case.due_at else "–"
    lines = [
        f"پروندهٔ {case.code} («{case.title}») را {filed} ثبت کردم.",
        f"تعهد اداره پاسخ در {promised(case.target)} بود و موعد آن {due}.",
        f"{_late(case, now=now)} از موعد گذشته و پاسخی نگرفته‌ام.",
    ]
    if case.answered_at is not None:
        lines[-1] = f"پاسخ {_late(case, now=case.answered_at)} دیرتر رسید."
    clause = _clause(case)
    lines += [f"بند {clause.position} توافق‌نامه: «{clause.text.strip()[:LONGEST_CLAUSE]}»"] if clause else []
    return fa("\n".join([*lines, "خواهش می‌کنم رسیدگی کنید."]))


def _late(case: Case, *, now: datetime) -> str:
    """«۶ روز کاری»; less than one is hours."""
    calendar = calendar_of(case.agency_id)
    days = (
        calendar.working_days_between(calendar.day_of(case.due_at), calendar.day_of(now))
        if case.due_at
        else 0
    )
    return f"{days} روز کاری" if days > 0 else "کمتر از یک روز کاری"


def _clause(case: Case) -> Clause | None:
    """The clause of the accepted agreement that promises a time."""
    if case.agreement_version is None:
        return None
    found = {
        each.kind: each for each in Clause.objects.filter(version_id=case.agreement_version, kind__in=TIMES)
    }
    return next((found[kind] for kind in TIMES if kind in found), None)
