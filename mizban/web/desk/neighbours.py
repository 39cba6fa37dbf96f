"""Where a case stands in the queue, so that a clerk goes from one to the next."""

from dataclasses import dataclass

from mizban.core.cases.models import Case
from mizban.core.cases.sight.seats import codes_of_most_urgent
from mizban.kit.requests import DeskRequest

# A clerk works from the top. Farther down there are no neighbours, and no page reads a queue of thousands.
FAR_ENOUGH = 200


@dataclass(frozen=True, slots=True)
class Place:
    """The case's number in the queue, how many there are (0: too many to say), and the codes around it."""

    number: int
    total: int
    before: str
    after: str


def place_of(case: Case, request: DeskRequest) -> Place | None:
    """None for a case that is closed, another agency's, or stands too far down."""
    if case.agency_id != request.agency.pk or not case.is_open:
        return None
    codes = codes_of_most_urgent(request.actor, FAR_ENOUGH + 1)
    if case.code not in codes[:FAR_ENOUGH]:
        return None
    index = codes.index(case.code)
    return Place(
        number=index + 1,
        total=len(codes) if len(codes) <= FAR_ENOUGH else 0,
        before=codes[index - 1] if index else "",
        after=codes[index + 1] if index + 1 < len(codes) else "",
    )
