"""Following a case with its code and password, and taking the steps that are the applicant's."""

from typing import cast

from django.http import HttpRequest
from ninja import Router

from mizban.core.cases.admission.access import admit
from mizban.core.cases.models import Case
from mizban.core.people.actors import Guest
from mizban.core.refusals import Refusal
from mizban.web import guessing

from .finding import answers, arrived, today_of
from .shapes import CaseTracked, StepSent, TrackSent
from .stepping import take
from .telling import apology, computed_row, history, open_steps, timeline

router = Router(tags=["cases"])


class NotAdmitted(Refusal):
    """The same for a wrong code and a wrong password."""

    code = "wrong-code-or-password"
    status = 404
    message = "کد رهگیری یا رمز درست نیست."


@router.post("/cases/track", response=answers(200, CaseTracked, 404, 429), url_name="track")
def track(request: HttpRequest, body: TrackSent) -> CaseTracked:
    """Where a case stands, what happened, and the steps that are open to the applicant."""
    return _told(request, case_of(request, body))


@router.post("/cases/steps", response=answers(200, CaseTracked, 403, 404, 409, 429), url_name="steps")
def step(request: HttpRequest, body: StepSent) -> CaseTracked:
    """Take a step of the applicant; files stand in `data` as ids from `POST files`."""
    case = case_of(request, body)
    take(case, body.step, by=Guest(case.pk), at=arrived(request).now, data=body.data, seen=body.seen)
    return _told(request, case)


def case_of(request: HttpRequest, sent: TrackSent) -> Case:
    """The case that code and password open. Raises NotAdmitted, and TooManyTries: counted with the portal's."""
    by, at = guessing.address_bucket(request), arrived(request).now
    guessing.check(sent.tracking_code, by=by, at=at)
    guest = admit(sent.tracking_code, sent.password)
    if guest is None:
        guessing.record(sent.tracking_code, by=by, at=at)
        raise NotAdmitted
    visible = Case.objects.visible_to(guest).select_related("version", "agency", "unit", "assignee")
    return cast("Case", visible.first())


def _told(request: HttpRequest, case: Case) -> CaseTracked:
    guest = Guest(case.pk)
    events = history(case, guest)
    return CaseTracked(
        **computed_row(case, events),
        number_of_events=events[-1].number,
        apology=apology(case, events),
        timeline=timeline(case, events, with_texts=True),
        steps=open_steps(case, guest, today=today_of(request)),
    )
