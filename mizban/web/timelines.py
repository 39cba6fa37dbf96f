"""What happened to a case, newest first, with what people wrote and the files they brought."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from mizban.core.cases.inhouse.inside import is_internal, told
from mizban.core.cases.models import Case, CaseFile
from mizban.core.cases.papers import files as case_files
from mizban.core.cases.sentences import Spoken, spoken
from mizban.core.cases.sight.seeing import WHOLE, Sight
from mizban.core.cases.steps.permitting import taken
from mizban.core.events.models import Event
from mizban.core.sealing.cipher import BrokenSeal
from mizban.kit.page import State, TimelineItem

from .words import with_persian_digits

FileUrl = Callable[[CaseFile], str]
Link = tuple[str, str, int]

INTERNAL_MARK = "داخلی"
# What comes without a step, by its kind.
STATES: dict[str, State] = {
    "filed": "kept",
    "warned": "soon",
    "breached": "late",
    "due_moved": "hold",
}


def timeline_items(
    case: Case,
    *,
    with_texts: bool,
    file_url: FileUrl,
    events: Sequence[Event] | None = None,
    inside: bool = False,
    sight: Sight = WHOLE,
    links: Mapping[int, list[Link]] | None = None,
) -> list[TimelineItem]:
    """The case's events as sentences; `events`, oldest first, and `file_links` where the caller has them already.

    `with_texts` False leaves out what was written and sent. `inside` True, for staff of the case's own agency only,
    has what happened inside the office too, marked as such. `sight` is how much another agency sees.
    """
    history = case.history() if events is None else events
    if links is None:
        links = file_links(case, file_url, sight) if with_texts else {}
    return [
        _item(case, event, with_texts=with_texts, files=links.get(event.pk, []), inside=inside)
        for event in reversed(history if inside else told(history))
    ]


def file_links(case: Case, file_url: FileUrl, sight: Sight = WHOLE) -> dict[int, list[Link]]:
    """The files of a case by the event that brought them; those whose key was destroyed are gone."""
    links: defaultdict[int, list[Link]] = defaultdict(list)
    # An event says how many files it brought: where none did, there is nothing to look for.
    if not any(event.facts.get("files") for event in case.history()):
        return links
    by_id = {} if sight.is_whole else {event.pk: event for event in case.history()}
    for file in CaseFile.of(case):
        if not sight.has_file(case, file, by_id.get(file.event_id or 0)):
            continue
        try:
            name = case_files.name_of(file)
        except BrokenSeal:
            continue
        links[file.event_id or 0].append((file_url(file), name, file.size))
    return links


def _item(case: Case, event: Event, *, with_texts: bool, files: list[Link], inside: bool) -> TimelineItem:
    line = spoken(case, event, with_texts=with_texts, inside=inside)
    return TimelineItem(
        at=line.at,
        state=state_of(case, event),
        sentence=with_persian_digits(line.sentence),
        quote=_quote(case, event, line) or None,
        files=tuple(files),
        mark=INTERNAL_MARK if is_internal(event) else "",
    )


def _quote(case: Case, event: Event, line: Spoken) -> str:
    """What was written and is not in the sentence already; under its question where there are several."""
    step = case.declaration_at(event.number).steps.get(taken(event))
    in_sentence = step.says if step else ""
    said = [(field, text) for field, text in line.said if f"{{{field.name}}}" not in in_sentence]
    if len(said) == 1:
        return with_persian_digits(said[0][1])
    return "\n\n".join(f"{field.label}: {with_persian_digits(text)}" for field, text in said)


def state_of(case: Case, event: Event) -> State:
    """The colour of an event's marker: what it did for the one who waits."""
    after = case.declaration_at(event.number).states.get(event.facts.get("to", ""))
    if event.kind in STATES:
        return STATES[event.kind]
    if event.kind != "step" or after is None:
        return "none"
    if event.facts["step"] in case.target.until:
        return "late" if case.was_in_time is False else "kept"
    if after.turn == "applicant":
        return "turn"
    if after.clock_stopped:
        return "hold"
    return "none" if after.closed else "open"
