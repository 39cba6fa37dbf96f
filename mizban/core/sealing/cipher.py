"""AES-256-GCM over bytes and JSON, and keyed hashes. No keys are kept here and no database is touched."""

import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# A column of bytes: SQLite gives bytes, PostgreSQL a view of memory.
Stored = bytes | memoryview

# Made once: `json.dumps` makes one for each text it writes otherwise than by its defaults.
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_read = json.JSONDecoder().decode

KEY_BYTES = 32
NONCE_BYTES = 12


class BrokenSeal(Exception):
    """The ciphertext was changed, belongs elsewhere, or its key is gone."""


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, data: bytes, *, place: str) -> bytes:
    """Nonce and ciphertext of `data`; `place` says where it belongs, so that it cannot be moved elsewhere."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, place.encode())


def unseal(key: bytes, sealed: Stored, *, place: str) -> bytes:
    """The data sealed at `place`. Raises BrokenSeal."""
    whole = bytes(sealed)
    try:
        return AESGCM(key).decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as fault:
        raise BrokenSeal(place) from fault


def seal_json(key: bytes, value: Any, *, place: str) -> bytes:
    """`value` (JSON types only) sealed."""
    return seal(key, _written(value).encode(), place=place)


def unseal_json(key: bytes, sealed: Stored, *, place: str) -> Any:
    """What `seal_json` sealed at `place`. Raises BrokenSeal."""
    return _read(unseal(key, sealed, place=place).decode())


def derived(master: bytes, purpose: str) -> bytes:
    """A key of its own for `purpose`, from the master key."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"mizban {purpose}".encode()).derive(master)


def keyed_hash(key: bytes, text: str) -> bytes:
    """HMAC-SHA-256 of the text, 32 bytes."""
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256)


def same(left: Stored, right: Stored) -> bool:
    """Equality in a time that does not tell where the two differ."""
    return hmac.compare_digest(bytes(left), bytes(right))
