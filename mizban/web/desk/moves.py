"""The form of a move to another version of the service, on the page of a case."""

from mizban.core.cases.models import Case
from mizban.core.cases.moving import may_move, other_versions, questions
from mizban.core.people.actors import Staff
from mizban.kit.forms import Bound
from mizban.web.posted import bounds

from .acts import PREFIX, Sent

ACT = "move"


def move_of(case: Case, actor: Staff, sent: Sent | None) -> list[Bound]:
    """What a site officer is asked; nothing for others, and where the agency has offered one version only."""
    versions = other_versions(case) if may_move(case, actor) else []
    if not versions:
        return []
    mine = sent if sent and sent.act == ACT else Sent(ACT, {})
    return bounds(questions(versions), mine.raw, mine.errors, prefix=PREFIX)
