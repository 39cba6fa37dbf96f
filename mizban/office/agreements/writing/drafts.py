"""Drafts that are written instead of read, and what became of their services since."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.people.actors import Staff
from mizban.lib.jalali import local
from mizban.office.agreements.models import Agreement, Draft
from mizban.office.agreements.reading.reader import read_text
from mizban.office.agreements.terms import term

from .differences import Difference, changed
from .gathering import source_of
from .model import Written
from .times import promises
from .writer import misread


def from_service(offering: Offering, *, by: Staff, at: datetime) -> Draft:
    """A draft written from this service, with the others of the agreement it runs under.

    Its clauses are confirmed, but for those that the reader finds otherwise in the text.
    """
    agency, today = offering.agency, local(at).date()
    agreement = _agreement_of(agency, offering.slug)
    offerings = _offered(agency, agreement.services if agreement else [offering.slug]) or [offering]
    present = agreement.in_force if agreement else None
    last = present.valid_until.isoformat() if present and present.valid_until else None
    title = agreement.title if agreement and len(offerings) > 1 else ""
    source = source_of(agency, offerings, at=at, days=term(last, today), title=title)
    written = source.write()
    unsure = set(misread(written, today=today))
    return Draft.objects.create(
        agency=agency,
        agreement=agreement,
        state=Draft.State.READ,
        source=written.text,
        reading=read_text(written.text, today=today).as_json(),
        clauses=[{**each, "confirmed": each["id"] not in unsure} for each in written.clauses],
        title=source.title,
        services=[each.slug for each in offerings],
        valid_from=source.facts.valid_from,
        valid_until=source.facts.valid_until,
        holdover=source.facts.holdover,
        counterpart=source.present.counterpart if source.present else None,
        made_by_id=by.user_id,
        made_at=at,
    )


def written_now(draft: Draft, *, at: datetime) -> Written | None:
    """What would be written for a draft's services, title and days at a moment; None while it has not got them."""
    offerings = _offered(draft.agency, draft.services)
    if not offerings or draft.valid_from is None or draft.valid_until is None:
        return None
    days = (draft.valid_from, draft.valid_until)
    source = source_of(draft.agency, offerings, at=at, days=days, title=draft.title)
    other = draft.counterpart.name if draft.counterpart else ""
    return replace(source, facts=replace(source.facts, holdover=draft.holdover, counterpart=other)).write()


def changed_since(draft: Draft, *, at: datetime) -> list[Difference]:
    """The clauses of a written draft that its services, the calendar or the office would say otherwise now."""
    if not any(each.get("origin") for each in draft.clauses):
        return []
    written = written_now(draft, at=at)
    return changed(draft.clauses, written.clauses) if written else []


def promised_by(draft: Draft) -> list[dict[str, Any]]:
    """The times within which the services of a draft promise their answers now, as clauses name them; each once."""
    offered = _offered(draft.agency, draft.services)
    found = [figure for each in offered for figure in promises(each.declaration)]
    return [figure for place, figure in enumerate(found) if figure not in found[:place]]


def _agreement_of(agency: Agency, service: str) -> Agreement | None:
    found = Agreement.objects.filter(agency=agency).order_by("number").prefetch_related("versions")
    return next((each for each in found if service in each.services and each.in_force), None)


def _offered(agency: Agency, services: Sequence[str]) -> list[Offering]:
    """In the order of `services`, which the first of them gives its facts."""
    found = {each.slug: each for each in Offering.objects.of(agency).standing().with_versions()}
    return [found[slug] for slug in services if slug in found]
