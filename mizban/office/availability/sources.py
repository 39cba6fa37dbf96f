"""Probers on other machines: each has a token of its own that can bring probes and do nothing else."""

import secrets
from datetime import datetime

from django.db import transaction

from mizban.core.sealing.keys import secret_hash

from .models import ProbeSource

# So that whoever finds one in a file knows what it opens.
PREFIX = "mizban_probe_"
LONGEST = 200


def admit(name: str, *, at: datetime) -> str:
    """A new source of this name and its token, known only now. Raises IntegrityError where the name is taken."""
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        ProbeSource.objects.create(name=name, hash=_hash(token), created_at=at)
    return token


def end(name: str, *, at: datetime) -> bool:
    """Make its token useless; whether there was one. What it brought stays, and so does its name."""
    return bool(ProbeSource.objects.filter(name=name, ended_at=None).update(ended_at=at))


def holder(token: str) -> ProbeSource | None:
    """Which source shows this token; None for one that is unknown or ended."""
    if not token.startswith(PREFIX) or len(token) > LONGEST:
        return None
    return ProbeSource.objects.good(_hash(token)).first()


def _hash(token: str) -> bytes:
    return secret_hash("probe token", token)
