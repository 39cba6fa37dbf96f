"""Signatures of an agency: Ed25519, by a key derived from the agency's own (`keys.py`), so that none is stored.

Whoever has the public key can check one without Mizban. This is the «simple» signature of the e-commerce act, made by
the instance for somebody who signed in; it is not a certified one.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from . import cipher, keys

PURPOSE = "signatures"


def sign(agency_id: int, message: bytes) -> tuple[bytes, bytes]:
    """The agency's signature (64 bytes) under `message`, and the public key (32 bytes) it is checked with."""
    key = _key(agency_id)
    return key.sign(message), _public(key)


def is_signed(agency_id: int, message: bytes, signature: cipher.Stored, public_key: cipher.Stored) -> bool:
    """Whether the agency signed this message, by the key stored beside it.

    The key must be the agency's: whoever only writes to the database could put another beside another text.
    """
    if not cipher.same(bytes(public_key), _public(_key(agency_id))):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes(public_key)).verify(bytes(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key(agency_id: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.agency_purpose_key(agency_id, PURPOSE))


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
