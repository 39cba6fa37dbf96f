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
    return link(previous, canonical(facts), hashlib.sha256(bytes(sealed or b"")).digest())


def canonical(facts: Mapping[str, Any]) -> bytes:
    """The open facts in the one form that is hashed."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(previous: bytes, facts: bytes, ciphertext_hash: bytes) -> bytes:
    """The hash of an event from its parts; `facts` are canonical."""
    return hashlib.sha256(bytes(previous) + hashlib.sha256(facts).digest() + ciphertext_hash).digest()


def instant(at: datetime) -> str:
    """A moment as events hash it: UTC, microseconds, `Z`. Raises ValueError for a naive datetime."""
    if at.tzinfo is None:
        raise ValueError("an event's moment needs a time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
