"""The hash that ties an event to the one before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def chain_start(subject: str) -> bytes:
    """What the first event of a subject follows: the hash of the subject's public name, such as `case 478291356029`."""
    return hashlib.sha256(subject.encode()).digest()


def event_hash(previous: bytes, facts: Mapping[str, Any], sealed: bytes | memoryview | None) -> bytes:
    """SHA-256 over the previous hash, the event's open facts in canonical JSON, and the hash of its ciphertext.

    The ciphertext is covered, not the text: the chain stays whole after a case's key is destroyed.
    """
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ciphertext = hashlib.sha256(bytes(sealed or b"")).digest()
    return hashlib.sha256(bytes(previous) + hashlib.sha256(canonical).digest() + ciphertext).digest()


def instant(at: datetime) -> str:
    """A moment as events hash it: UTC, microseconds, `Z`. Raises ValueError for a naive datetime."""
    if at.tzinfo is None:
        raise ValueError("an event's moment needs a time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
