"""A draft is written from a service, and compared: with the text in force, and with what the service does now."""

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.cases.models import Offering
from mizban.core.refusals import NotFound
from mizban.kit.requests import DeskRequest
from mizban.office.agreements.models import AgreementVersion, Draft
from mizban.office.agreements.words import KINDS
from mizban.office.agreements.writing.differences import Clause, Difference, differences
from mizban.office.agreements.writing.drafts import changed_since, from_service, written_now

from ..frame import desk_page
from .finding import draft_of, keeper, post_only, way

LONGEST_SLUG = 50


@keeper
@post_only
def write(request: DeskRequest) -> HttpResponse:
    """«پیش‌نویس از روی خدمت»."""
    slug = request.POST.get("service", "")[:LONGEST_SLUG].replace("\0", "")
    offering = Offering.objects.of(request.agency).standing().with_versions().filter(slug=slug).first()
    if offering is None:
        raise NotFound
    draft = from_service(offering, by=request.actor, at=request.now)
    return redirect("desk:draft-comparison", request.agency.slug, draft.pk)


@keeper
def compare(request: DeskRequest, draft_id: int) -> HttpResponse:
    draft = draft_of(request, draft_id)
    if draft.state != Draft.State.READ or draft.version_id is not None:
        return redirect("desk:draft", request.agency.slug, draft.pk)
    before = draft.agreement.in_force if draft.agreement else None
    since = changed_since(draft, at=request.now)
    return desk_page(
        request,
        "desk/agreements/comparison.html",
        title="مقایسهٔ متن‌ها",
        here="agreements",
        crumbs=way(request, draft=draft),
        draft=draft,
        before=before,
        since=since,
        rows=_sorted(_compared(draft, before, request)),
        is_written=any(each.get("origin") for each in draft.clauses),
        kinds=KINDS,
    )


def _compared(draft: Draft, before: AgreementVersion | None, request: DeskRequest) -> list[Difference] | None:
    """The text in force beside a written draft; a draft that was read beside what would be written."""
    if any(each.get("origin") for each in draft.clauses):
        return differences(_clauses_of(before), draft.clauses) if before else None
    written = written_now(draft, at=request.now)
    return differences(draft.clauses, written.clauses) if written else None


def _sorted(found: list[Difference] | None) -> list[Difference] | None:
    """What both say, each otherwise, comes first."""
    return None if found is None else sorted(found, key=lambda each: (not each.is_other, not each.present))


def _clauses_of(version: AgreementVersion) -> list[Clause]:
    return [
        {"id": each.ref, "kind": each.kind, "text": each.text, "obligor": each.obligor, "target": each.target}
        for each in version.clauses.all()
    ]
