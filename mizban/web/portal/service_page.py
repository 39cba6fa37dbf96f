"""One service: what it gives, by when, what to bring, who may ask, and what the office promised for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from mizban.core.agencies.models import Unit
from mizban.core.cases.models import Offering
from mizban.core.declarations.fields import Option
from mizban.core.declarations.grammar import APPLICANT_KINDS, Declaration
from mizban.core.declarations.mandates import REPRESENTATIONS
from mizban.kit.requests import AgencyRequest
from mizban.lib.jalali import local
from mizban.office.agreements.words import STATES
from mizban.web.pages import director, page

from .commitments import commitments
from .drafts import identifier_name
from .finding import methods, of_service
from .papers import papers_for, papers_of_each
from .promises import agreement_for, if_filed_now, name_of, promised, promises
from .searching import sub_services

NATURES = {"G2C": "دولت به شهروند", "G2B": "دولت به کسب‌وکار", "G2G": "دولت به دولت"}


@dataclass(frozen=True, slots=True)
class SubService:
    """What may be chosen: its name, where it is told of, how long it takes, whether it is the chosen one."""

    label: str
    url: str
    within: str
    is_chosen: bool


@methods("GET")
@of_service
def show(request: AgencyRequest, offering: Offering) -> HttpResponse:
    """The page of a service; `?permit=plate` (the question its cases are called by) tells of that one."""
    service = offering.declaration
    chosen = _chosen(request, service)
    known = {service.title_from: chosen.value} if chosen else {}
    return page(
        request,
        "portal/service.html",
        title=service.title,
        agency=request.agency,
        here="services",
        crumbs=(("خدمات", reverse("portal:office", args=[request.agency.slug])),),
        service=service,
        chosen=chosen,
        which=service.field(service.title_from) if service.title_from else None,
        options=_options(request, service, chosen),
        apply_url=_address("portal:apply", request, service, known),
        papers=papers_for(service, known),
        papers_of=() if chosen else papers_of_each(service),
        promises=promises(service, known),
        identity=_identity(service),
        may_be_returned=any(state.clock_stopped for state in service.states.values()),
        confirms=any(step.confirms_applicant for step in service.steps.values()),
        takes_files=any(field.kind in ("file", "files") for field in service.form),
        **_when(request, offering, chosen),
        **_agreed(request, service),
    )


def _chosen(request: AgencyRequest, service: Declaration) -> Option | None:
    wanted = request.GET.get(service.title_from, "") if service.title_from else ""
    return next((option for option in sub_services(service) if option.value == wanted), None)


def _options(request: AgencyRequest, service: Declaration, chosen: Option | None) -> list[SubService]:
    return [
        SubService(
            option.label,
            _address("portal:service", request, service, {service.title_from: option.value}),
            promised(service.target_of({service.title_from: option.value})),
            option == chosen,
        )
        for option in sub_services(service)
    ]


def _address(name: str, request: AgencyRequest, service: Declaration, known: Mapping[str, str]) -> str:
    address = reverse(name, args=[request.agency.slug, service.slug])
    return f"{address}?{urlencode(known)}" if known else address


def _when(request: AgencyRequest, offering: Offering, chosen: Option | None) -> dict[str, Any]:
    """The due date of today, of what was chosen; where it differs and nothing was, of the first, by its name."""
    service = offering.declaration
    options = sub_services(service)
    differs = len({promised(service.target_of({service.title_from: each.value})) for each in options}) > 1
    told = chosen or (options[0] if differs else None)
    answers = {service.title_from: told.value} if told else {}
    return {
        "due": if_filed_now(offering, now=request.now, answers=answers),
        "due_of": told.label if told else "",
        "within": promised(service.target_of(answers)),
    }


def _agreed(request: AgencyRequest, service: Declaration) -> dict[str, Any]:
    """The agreement the service runs under, clause by clause in plain words, and who answers for it."""
    agreement = agreement_for(request.agency, service.slug)
    version = agreement.current if agreement else None
    unit = Unit.objects.filter(agency=request.agency, slug=service.unit).first() if service.unit else None
    return {
        "agreement": agreement,
        "agreement_name": name_of(agreement, service.title) if agreement else "",
        "version": version,
        "agreement_state": STATES[version.state(today=local(request.now).date())] if version else None,
        "commitments": commitments(version) if version else [],
        "owner": director(request.agency),
        "unit": unit,
    }


def _identity(service: Declaration) -> list[tuple[str, str]]:
    """The rows of the identity sheet that are declared."""
    sheet = service.identity
    who = "؛ ".join(_audience(kind) for kind in service.applicants)
    proxies = "، ".join(REPRESENTATIONS[kind] for kind in service.representation)
    kinds = [*(NATURES[kind] for kind in sheet.kinds), *filter(None, (sheet.nature, sheet.level))]
    others = "، ".join(party.label for party in service.parties.values())
    rows = [
        ("کد خدمت", sheet.code),
        ("نوع خدمت", "، ".join(kinds)),
        ("چه کسی می‌تواند", who),
        ("به جای متقاضی", proxies and f"{proxies}، با حکم"),
        ("مدارک", "؛ ".join(sheet.documents)),
        ("قانون", "؛ ".join(sheet.laws)),
        ("از چه راهی", "؛ ".join(sheet.channels)),
        ("مراجعهٔ حضوری", sheet.visits),
        ("دستگاه‌های دیگر", others),
        ("هزینه", sheet.price),
        ("متوسط زمان", sheet.average_time),
        ("شمار در سال", f"{sheet.yearly_count:,}".replace(",", "٬") if sheet.yearly_count else ""),
        ("پرکردن فرم", f"حدود {sheet.minutes_to_fill} دقیقه" if sheet.minutes_to_fill else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _audience(kind: str) -> str:
    """Who may apply, and by which number; one who stays anonymous has none."""
    name = identifier_name(kind)
    return f"{APPLICANT_KINDS[kind]} با {name}" if name else f"{APPLICANT_KINDS[kind]}، برای برخی درخواست‌ها"
