"""The desk for programs of staff and of agencies: the cases a token's holder may see, and their steps."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from mizban.core.cases.models import Case
from mizban.core.cases.sight import keyset
from mizban.core.people.actors import Staff
from mizban.lib.codes import is_tracking_code
from mizban.web.inspections import write_down

from .desk_cases import desk_row, whole
from .filters import Filters, narrowed
from .finding import answers, arrived, today_of
from .problems import NothingHere
from .sending import refuse_unknown
from .shapes import DeskCase, DeskCases, DeskStepSent
from .stepping import take
from .tokens import Bearer, actor_of

router = Router(tags=["desk"], auth=Bearer())


@router.get("/desk/cases", response=answers(200, DeskCases, 422), url_name="desk-cases")
def cases(request: HttpRequest, filters: Query[Filters]) -> DeskCases:
    """The cases this token's holder may see, newest first: of the own agency, and those with a part for it."""
    refuse_unknown(request, Filters)
    actor, now = actor_of(request), arrived(request).now
    write_down(actor, "api-cases", at=now)
    visible = narrowed(Case.objects.visible_to(actor), filters, actor=actor, at=now).for_lists()
    page = keyset.page(visible, keyset.NEWEST, size=filters.limit, after=filters.cursor)
    rows = [case for case in page.cases if not filters.cursor or case.pk < int(filters.cursor)]
    # Beyond the end there is nothing; `keyset.page` would begin anew.
    more = page.after if rows else ""
    return DeskCases(items=[desk_row(case, actor, now=now) for case in rows], next_cursor=more or None)


@router.get("/desk/cases/{code}", response=answers(200, DeskCase, 404), url_name="desk-case")
def case(request: HttpRequest, code: str) -> DeskCase:
    """One case: its facts, what happened, and the steps that are the holder's now."""
    actor = actor_of(request)
    found = _case_of(actor, code)
    write_down(actor, "api-case", code=code, at=arrived(request).now)
    return _whole(request, found, actor)


@router.post(
    "/desk/cases/{code}/steps/{step}", response=answers(200, DeskCase, 403, 404, 409), url_name="desk-step"
)
def take_step(request: HttpRequest, code: str, step: str, body: DeskStepSent) -> DeskCase:
    """Take a step; files stand in `data` as ids from `POST files`, sent with the same person's token or with none."""
    actor = actor_of(request)
    found = _case_of(actor, code)
    take(found, step, by=actor, at=arrived(request).now, data=body.data, seen=body.seen)
    # A step can end what its taker may see (a referral): what was done is still told.
    return _whole(request, found, actor)


def _whole(request: HttpRequest, found: Case, actor: Staff) -> DeskCase:
    return whole(found, actor, now=arrived(request).now, today=today_of(request))


def _case_of(actor: Staff, code: str) -> Case:
    """The case with this code, if the actor may see it. Raises NothingHere."""
    visible: Any = Case.objects.visible_to(actor).for_lists()
    found: Case | None = visible.filter(code=code).first() if is_tracking_code(code) else None
    if found is None:
        raise NothingHere
    return found
