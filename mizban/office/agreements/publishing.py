"""Bringing published texts into the books: read, stored once per text, as a new version when the text changed."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from mizban.core.agencies.models import Agency

from .models import Agreement, AgreementVersion, entered
from .reading import read_file

PUBLISHED = Path(__file__).parent / "published"


@transaction.atomic
def enter(
    agency: Agency, number: int, path: Path, *, services: Sequence[str], today: date, at: datetime
) -> AgreementVersion:
    """The version with this file's text, read and stored if it is new. Raises UnreadableFile."""
    text_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    agreement = Agreement.objects.filter(agency=agency, number=number).first()
    if agreement and agreement.current.text_hash == text_hash:
        return agreement.current
    reading = read_file(path, today=today)
    found = reading.as_json()
    title = found["service"]["title"] or found["title"] or path.stem
    if agreement is None:
        agreement = Agreement.objects.create(
            agency=agency, number=number, title=title, services=list(services)
        )
    until = found["validity"]["until_gregorian"]
    return entered(
        agreement,
        text=reading.source,
        text_hash=text_hash,
        reading=found,
        valid_until=date.fromisoformat(until) if until else None,
        at=at,
    )
