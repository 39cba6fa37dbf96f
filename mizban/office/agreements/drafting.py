"""Drafts: from an uploaded text or from the version before, corrected by an officer, clause by clause."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.people.actors import Staff
from mizban.lib.jalali import local

from . import gate, measures
from .apart import read_apart
from .composing import redated
from .models import Agreement, AgreementVersion, Draft
from .refusals import AlreadySent, ChangedMeanwhile, ValidityBackwards
from .terms import term
from .words import ABOUT_ITSELF
from .writing.drafts import changed_since, promised_by

SURE = 0.5
DIRECTOR = "role:director"


def from_file(
    agency: Agency, agreement: Agreement | None, *, name: str, data: bytes, by: Staff, at: datetime
) -> Draft:
    """A draft whose text is still to be read (`jobs.read_draft`); without `agreement` it begins a new one."""
    return Draft.objects.create(
        agency=agency,
        agreement=agreement,
        services=agreement.services if agreement else [],
        file_name=name,
        file=data,
        file_hash=hashlib.sha256(data).hexdigest(),
        made_by_id=by.user_id,
        made_at=at,
    )


def read(draft: Draft, *, at: datetime) -> None:
    """Read the draft's file in a process apart and fill the draft with what is found. A second run changes nothing."""
    today = local(at).date()
    answer = read_apart(bytes(draft.file or b""), draft.file_name, today=today)
    waiting = Draft.objects.filter(pk=draft.pk, state=Draft.State.WAITING)
    if "refused" in answer:
        waiting.update(state=Draft.State.FAILED, why=answer["refused"][:200])
        return
    reading = answer["reading"]
    first, last = term(reading["validity"]["until_gregorian"], today)
    waiting.update(
        state=Draft.State.READ,
        source=answer["text"],
        reading=reading,
        clauses=_working_copy(reading, usual_owner(draft)),
        title=_title(draft, reading)[:300],
        valid_from=first,
        valid_until=last,
        holdover=bool(reading["validity"]["holdover"]),
    )
    draft.refresh_from_db()
    redate(draft, reading["validity"]["until_gregorian"], last)


def successor_of(version: AgreementVersion, *, by: Staff | None, at: datetime) -> Draft:
    """A draft with the clauses of a version, for the time after it: what was confirmed before stays confirmed."""
    agreement, today = version.agreement, local(at).date()
    first, last = term(version.valid_until.isoformat() if version.valid_until else None, today)
    draft = Draft(
        agency_id=agreement.agency_id,
        agreement=agreement,
        state=Draft.State.READ,
        source=version.text,
        reading=version.reading,
        title=version.title,
        services=version.services,
        valid_from=first,
        valid_until=last,
        holdover=version.holdover,
        counterpart=version.counterpart,
        made_by_id=by.user_id if by else None,
        made_at=at,
    )
    draft.clauses = _copied(version, usual_owner(draft))
    draft.save()
    if version.valid_until:
        redate(draft, version.valid_until.isoformat(), last)
    return draft


def change(draft: Draft, *, seen: int, **facts: Any) -> None:
    """Change a draft as its officer saw it. Raises ChangedMeanwhile, AlreadySent, ValidityBackwards."""
    first, last = (facts.get(name, getattr(draft, name)) for name in ("valid_from", "valid_until"))
    if first and last and last < first:
        raise ValidityBackwards
    if draft.version_id is not None:
        raise AlreadySent
    with transaction.atomic():
        mine = Draft.objects.filter(pk=draft.pk, revision=seen, version=None)
        if not mine.update(revision=F("revision") + 1, **facts):
            raise ChangedMeanwhile
    draft.refresh_from_db()


def redate(draft: Draft, old: str | None, new: date) -> None:
    """Where the clauses name the old last day, let them name the new one."""
    if old:
        was = date.fromisoformat(old)
        draft.clauses = [{**each, "text": redated(each["text"], was, new)} for each in draft.clauses]
        draft.save(update_fields=["clauses"])


def set_dates(draft: Draft, *, seen: int, valid_from: date, valid_until: date, **facts: Any) -> None:
    """Change the validity with the other facts; the clauses follow. Raises as `change`."""
    clauses = draft.clauses
    for old, new in ((draft.valid_until, valid_until), (draft.valid_from, valid_from)):
        if old:
            clauses = [{**each, "text": redated(each["text"], old, new)} for each in clauses]
    change(draft, seen=seen, valid_from=valid_from, valid_until=valid_until, clauses=clauses, **facts)


def set_clause(draft: Draft, ref: str, *, seen: int, **facts: Any) -> None:
    """Correct one clause, and so confirm it."""
    clauses = [{**each, **facts, "confirmed": True} if each["id"] == ref else each for each in draft.clauses]
    change(draft, seen=seen, clauses=clauses)


def drop_clause(draft: Draft, ref: str, *, seen: int) -> None:
    """Leave a clause out of the text."""
    change(draft, seen=seen, clauses=[each for each in draft.clauses if each["id"] != ref])


def confirm(draft: Draft, refs: Iterable[str], *, seen: int) -> None:
    """The reader is right about these clauses."""
    chosen = set(refs)
    clauses = [{**each, "confirmed": each["confirmed"] or each["id"] in chosen} for each in draft.clauses]
    change(draft, seen=seen, clauses=clauses)


def own(draft: Draft, owner: str, *, seen: int) -> None:
    """One owner for every clause of the office that is not about the agreement itself."""
    clauses = [
        {**each, "owner": owner} if each["kind"] not in ABOUT_ITSELF else each for each in draft.clauses
    ]
    change(draft, seen=seen, clauses=clauses)


def fill_blanks(draft: Draft, filled: Mapping[str, str], *, seen: int) -> None:
    """Write into every placeholder, as it stands in the text, what belongs there; empty ones stay.

    In one go: words that look like another placeholder are words, else a few of them would grow without end.
    """
    told = {blank: words for blank, words in filled.items() if words}
    longest_first = sorted(told, key=len, reverse=True)
    blanks = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def written(text: str) -> str:
        return blanks.sub(lambda found: told[found[0]], text)

    clauses = [{**each, "text": written(each["text"])} for each in draft.clauses]
    change(draft, seen=seen, clauses=clauses, title=written(draft.title)[:300])


def facts_of(draft: Draft, *, at: datetime | None = None) -> gate.Drafted:
    """The draft as the gate looks at it; with a moment, also beside what its services would have written then."""
    return gate.Drafted(
        differing=[each.ref for each in changed_since(draft, at=at)] if at else [],
        promised=promised_by(draft) if at else [],
        title=draft.title,
        services=draft.services,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        clauses=draft.clauses,
        reading=draft.reading,
    )


def usual_owner(draft: Draft) -> str:
    """Who answers for most clauses: the unit whose work the agreement is about where there is one unit, else the
    director-general."""
    units = [unit.slug for unit in draft.agency.units.all()[:2]]
    return f"unit:{units[0]}" if len(units) == 1 else DIRECTOR


def _title(draft: Draft, reading: Mapping[str, Any]) -> str:
    """The service the text names; of a text that names none, the one service it is for."""
    under = Offering.objects.of(draft.agency).filter(slug__in=draft.services).with_versions()[:2]
    only = under[0].declaration.title if len(draft.services) == len(under) == 1 else ""
    return str(reading["service"]["title"] or only or reading["title"] or "")


def _working_copy(reading: Mapping[str, Any], owner: str) -> list[dict[str, Any]]:
    sections = reading["sections"]
    return [
        {
            **clause,
            "owner": owner,
            "measure": measures.default_of(clause["kind"]),
            "unmeasurable": "",
            "confirmed": False,
            **section_at(sections, clause["lines"][0]),
        }
        for clause in reading["clauses"]
    ]


def _copied(version: AgreementVersion, owner: str) -> list[dict[str, Any]]:
    signed = version.signature != "not-seen"
    sections = version.reading.get("sections", ())
    return [
        {
            "id": each.ref,
            "kind": each.kind,
            "text": each.text,
            "obligor": each.obligor or None,
            "lines": [each.first_line, each.last_line],
            "target": each.target,
            "confidence": each.confidence,
            "owner": each.owner or owner,
            "measure": each.measure,
            "unmeasurable": each.unmeasurable,
            "confirmed": signed,
            **section_at(sections, each.first_line),
        }
        for each in version.clauses.all()
    ]


def section_at(sections: Iterable[Mapping[str, Any]], line: int) -> dict[str, Any]:
    """Which section of a reading a line stands in."""
    for section in sections:
        if section["lines"][0] <= line <= section["lines"][1]:
            return {"section": section["kind"], "heading": section["heading"]}
    return {"section": "other", "heading": None}
