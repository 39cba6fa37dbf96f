"""One version at the desk of a party: what it says, what it would have meant, its signatures."""

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.people.models import Role
from mizban.core.refusals import NotFound
from mizban.kit.requests import DeskRequest
from mizban.lib.jalali import local
from mizban.office.agreements import renewal, sending, signing
from mizban.office.agreements.measures import measures
from mizban.office.agreements.models import AgreementVersion, Standing
from mizban.office.agreements.words import KINDS, OBLIGORS, STATES, amount, owner_of

from ..frame import desk_page
from .effects import settled, shown
from .finding import keeper, post_only, version_of, way
from .owners import units_of

REFRESH = "3"


@keeper
def show(request: DeskRequest, version_id: int) -> HttpResponse:
    version = version_of(request, version_id)
    signatures = list(
        version.signatures.select_related("version__agreement__agency", "agency", "version__counterpart")
    )
    waits = version.standing == Standing.AWAITING
    effect = renewal.effect_of(version) if waits else None
    told = shown(settled(effect)) if effect else None
    response = desk_page(
        request,
        "desk/agreements/version.html",
        title=version.title,
        here="agreements",
        crumbs=way(request, version.agreement),
        version=version,
        is_ours=version.agreement.agency_id == request.agency.pk,
        state=STATES[version.state(today=local(request.now).date())],
        hash=signing.document_hash(version),
        signatures=[(each, signing.is_whole(each)) for each in signatures],
        parties=version.parties,
        waits=waits,
        may_sign=waits
        and Role.DIRECTOR in request.actor.roles
        and request.agency.pk not in {each.agency_id for each in signatures},
        effect=told,
        rows=_rows(version),
        today=local(request.now).date(),
    )
    if told and told.fraction is not None:
        response["Refresh"] = REFRESH
    return response


@keeper
@post_only
def sign(request: DeskRequest, version_id: int) -> HttpResponse:
    """The director signs what stood on the page; a renewal only once its effect was counted."""
    version = version_of(request, version_id)
    if version.standing == Standing.AWAITING and Role.DIRECTOR in request.actor.roles:
        renewal.refuse_uncounted(version)
    signing.sign(version, by=request.actor, at=request.now, seen_hash=request.POST.get("hash", ""))
    return redirect("desk:agreement-version", request.agency.slug, version.pk)


@keeper
@post_only
def send_back(request: DeskRequest, version_id: int) -> HttpResponse:
    """Back into its draft, at the office whose agreement it is."""
    version = version_of(request, version_id)
    if version.agreement.agency_id != request.agency.pk:
        raise NotFound
    draft = getattr(version, "draft", None)
    sending.send_back(version, by=request.actor, at=request.now)
    if draft is None:
        return redirect("desk:agreements", request.agency.slug)
    return redirect("desk:draft", request.agency.slug, draft.pk)


def _rows(version: AgreementVersion) -> list[dict[str, str]]:
    """The clauses as a signer reads them."""
    units = units_of(version.agreement.agency)
    known = measures()
    return [
        {
            "ref": clause.ref,
            "text": clause.text,
            "kind": KINDS.get(clause.kind, clause.kind),
            "obligor": OBLIGORS.get(clause.obligor, "–"),
            "owner": owner_of(clause.owner, units) or "–",
            "measure": known[clause.measure].title if clause.measure in known else "",
            "target": amount(clause.target) if clause.target else "",
            "unmeasurable": clause.unmeasurable,
        }
        for clause in version.clauses.all()
    ]
