"""Bringing published texts into the books: read, stored once per text, as a new version when the text changed."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import SYSTEM

from .models import Agreement, AgreementVersion, entered
from .reading import read_file
from .recording import record

PUBLISHED = Path(__file__).parent / "published"


@transaction.atomic
def enter(
    agency: Agency, number: int, path: Path, *, services: Sequence[str], today: date, at: datetime
) -> AgreementVersion:
    """The version with this file's text, read and stored if it is new. Raises UnreadableFile."""
    text_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    agreement = Agreement.objects.filter(agency=agency, number=number).first()
    known = agreement.versions.filter(text_hash=text_hash).last() if agreement else None
    # Also where a signed version has replaced it since: what was on paper does not come back.
    if known:
        return known
    reading = read_file(path, today=today)
    found = reading.as_json()
    title = found["service"]["title"] or found["title"] or path.stem
    if agreement is None:
        agreement = Agreement.objects.create(
            agency=agency, number=number, title=title, services=list(services)
        )
    until = found["validity"]["until_gregorian"]
    version = entered(
        agreement,
        text=reading.source,
        text_hash=text_hash,
        reading=found,
        valid_until=date.fromisoformat(until) if until else None,
        at=at,
    )
    record(agreement, "published-on-paper", by=SYSTEM, at=at, version=version.number, hash=text_hash)
    return version
