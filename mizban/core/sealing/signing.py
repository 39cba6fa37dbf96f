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
    key = Ed25519PrivateKey.from_private_bytes(keys.agency_purpose_key(agency_id, PURPOSE))
    return key.sign(message), key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def is_signed(message: bytes, signature: cipher.Stored, public_key: cipher.Stored) -> bool:
    """Whether this key signed this message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes(public_key)).verify(bytes(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
