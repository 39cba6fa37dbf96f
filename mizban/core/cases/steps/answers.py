"""What the applicant answered, as it stands now: at filing, and corrected since where a return asked again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mizban.core.declarations.computing import worked_out
from mizban.core.events.models import Event

from ..writing import opened

if TYPE_CHECKING:
    from ..models import Case


@dataclass(slots=True)
class Answers:
    """Answers by question as they hold `now`; `former` has what a correction replaced last."""

    now: dict[str, Any] = field(default_factory=dict)
    former: dict[str, Any] = field(default_factory=dict)


def answers_of(case: "Case", events: Sequence[Event] | None = None) -> Answers:
    """The answers of a case; `events`, oldest first, where the caller has them. Raises BrokenSeal once erased."""
    history = case.history() if events is None else events
    filed = history[0]
    found = Answers(filed.facts.get("plain", {}) | opened(filed, case.key).get("answers", {}))
    for event in history[1:]:
        names = event.facts.get("mends")
        if names:
            _correct(found, opened(event, case.key).get("answers", {}), names)
    if found.former:
        # What was computed from a corrected answer follows it.
        found.now = worked_out(case.declaration_at(1).form, found.now)
    return found


def _correct(found: Answers, said: dict[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if name not in said or found.now.get(name) == said[name]:
            continue
        if name in found.now:
            found.former[name] = found.now[name]
        found.now[name] = said[name]
