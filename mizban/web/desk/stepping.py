"""The steps a person can take on a case now, each as its form; what was typed into one is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from mizban.core.cases.models import Case
from mizban.core.cases.steps.mending import as_asked
from mizban.core.cases.steps.permitting import may_take, steps_for
from mizban.core.declarations.forms import fill
from mizban.core.declarations.grammar import Step
from mizban.core.people.actors import Staff
from mizban.core.refusals import FormRefused, NotFound, NotYours
from mizban.kit.forms import Bound, Value
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.posted import Files, bounds, new_token, read, token_of
from mizban.web.words import readable

NEVER_SEEN = -1


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody sent for a step: answers, files under `token`, and how much of the case they had `seen`."""

    step: Step
    raw: Mapping[str, Value]
    files: Files
    token: str
    seen: int
    errors: Mapping[str, Malformed] = field(default_factory=dict)

    def with_errors(self, errors: Mapping[str, Malformed]) -> "Typed":
        return replace(self, errors=errors)

    def texts(self) -> list[tuple[str, str]]:
        """What was written, by question: to give back where the form itself is gone."""
        texts = {name: _text(value) for name, value in self.raw.items()}
        written = {name: text for name, text in texts.items() if text}
        return [(question.label, text) for question, text in readable(self.step.form, written)]


def _text(value: Value) -> str:
    """What was written: a text, or a list of items with their remarks; nothing for other answers."""
    if isinstance(value, str):
        return value.strip()
    items = value if isinstance(value, Sequence) else ()
    lines = [each for each in items if isinstance(each, Mapping)]
    return "\n".join(
        " ".join(filter(None, map(str, (each.get("item"), each.get("remark"))))) for each in lines
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A step on the page: its questions, its button («», quiet or risky), and whether its form lies open."""

    step: Step
    bounds: list[Bound]
    token: str
    button: str
    is_open: bool

    @property
    def is_one_click(self) -> bool:
        """No question to answer, and nothing that should be thought over first."""
        return not self.bounds and not self.step.risky

    @property
    def takes_files(self) -> bool:
        return any(bound.widget.macro in ("file", "rows") for bound in self.bounds)


def prefix_of(step: Step) -> str:
    """Keeps the questions of two steps on one page apart."""
    return f"{step.name}-"


def read_step(request: DeskRequest, case: Case, name: str) -> Typed:
    """What was sent for this step. Raises NotFound, and NotYours before any upload is stored."""
    step = case.declaration.steps.get(name)
    if step is None:
        raise NotFound
    if not may_take(case, step, request.actor):
        raise NotYours
    step, token = as_asked(case, step), token_of(request)
    posted = read(request, step.form, agency_id=case.agency_id, token=token, prefix=prefix_of(step))
    return Typed(step, posted.raw, posted.files, token, seen_on(request), posted.errors)


def seen_on(request: DeskRequest) -> int:
    """How many events the page knew of; −1, which no case has, for what is no number."""
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else NEVER_SEEN


def refuse_bad_uploads(case: Case, typed: Typed) -> None:
    """An upload that was not taken is told together with every other error. Raises FormRefused."""
    if typed.errors and case.state in typed.step.from_:
        raise FormRefused(fill(typed.step.form, typed.raw, typed.files).errors | dict(typed.errors))


def offers(case: Case, actor: Staff, typed: Typed | None = None, *, at: datetime) -> list[Offer]:
    """The steps open to this person, in the declared order; the first that risks nothing is the one to press."""
    steps = steps_for(case, actor, at=at)
    first = next((step for step in steps if not step.risky), None)
    return [_offer(as_asked(case, step), typed, is_first=step is first) for step in steps]


def _offer(step: Step, typed: Typed | None, *, is_first: bool) -> Offer:
    mine = typed if typed is not None and typed.step.name == step.name else None
    return Offer(
        step=step,
        bounds=bounds(
            step.form,
            mine.raw if mine else {},
            mine.errors if mine else {},
            mine.files if mine else {},
            prefix=prefix_of(step),
        ),
        token=mine.token if mine else new_token(),
        button="risky" if step.risky else "" if is_first else "quiet",
        is_open=bool(mine) or (is_first and typed is None),
    )
