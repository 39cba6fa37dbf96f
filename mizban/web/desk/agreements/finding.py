"""What an address below `/desk/<agency>/agreements/` names, for those who keep agreements there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from mizban.core.people.models import Role
from mizban.core.refusals import NotFound
from mizban.kit.requests import DeskRequest
from mizban.office.agreements.models import Agreement, AgreementVersion, Draft

from ..finding import member
from ..frame import above

View = Callable[..., HttpResponse]
LARGEST_ID = 2**63
keeper = member(Role.DIRECTOR, Role.SITE_OFFICER)


def post_only(view: View) -> View:
    """For what only a form does; asked for otherwise it is not there, whatever stands in the address."""

    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method != "POST":
            raise NotFound
        return view(request, *args, **named)

    return guarded


def way(
    request: DeskRequest, agreement: Agreement | None = None, *, draft: Draft | None = None
) -> tuple[tuple[str, str], ...]:
    """The pages above one: all agreements, then the agreement where it is ours, or the draft."""
    steps = [above(request, "توافق‌نامه‌ها", "agreements")]
    if agreement and agreement.agency_id == request.agency.pk:
        steps.append(above(request, agreement.title, "agreement", agreement.number))
    if draft:
        steps.append(above(request, "پیش‌نویس", "draft", draft.pk))
    return tuple(steps)


def draft_of(request: DeskRequest, draft_id: int) -> Draft:
    """A draft of this office. Raises NotFound."""
    found = (
        Draft.objects.visible_to(request.actor).filter(pk=draft_id).first() if draft_id < LARGEST_ID else None
    )
    if found is None:
        raise NotFound
    return found


def version_of(request: DeskRequest, version_id: int) -> AgreementVersion:
    """A version this office is a party of. Raises NotFound."""
    parts = AgreementVersion.objects.visible_to(request.actor).part_of(request.agency.pk)
    found = parts.filter(pk=version_id).first() if version_id < LARGEST_ID else None
    if found is None:
        raise NotFound
    return found


def agreement_of(request: DeskRequest, number: int) -> Agreement:
    """An agreement of this office. Raises NotFound."""
    mine = Agreement.objects.filter(agency=request.agency).prefetch_related("versions")
    found = mine.filter(number=number).first() if number < 2**31 else None
    if found is None:
        raise NotFound
    return found


def seen(request: DeskRequest) -> int:
    """Which revision of a draft the form was shown for; 0, which no draft has, where it is missing or garbled."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
