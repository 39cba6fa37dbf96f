"""The chain of keys: master → agency → case or file. Destroying a wrapped key erases all it sealed."""

from functools import cache

from django.conf import settings
from django.db import transaction

from . import cipher
from .models import AgencyKey


@cache
def _purpose_key(purpose: str) -> bytes:
    return cipher.derived(settings.MASTER_KEY, purpose)


_agency_keys: dict[int, bytes] = {}


def _agency_key(agency_id: int) -> bytes:
    """Unwrapped once per process. The row is made at the agency's first use and never changes."""
    if agency_id in _agency_keys:
        return _agency_keys[agency_id]
    wrapping = _purpose_key("agency keys")
    place = f"agency {agency_id}"
    row, _ = AgencyKey.objects.get_or_create(
        agency_id=agency_id, defaults={"wrapped": cipher.seal(wrapping, cipher.new_key(), place=place)}
    )
    key = cipher.unseal(wrapping, row.wrapped, place=place)
    # Only after the commit: a key whose row was rolled back must never seal anything.
    transaction.on_commit(lambda: _agency_keys.__setitem__(agency_id, key))
    return key


def forget_keys() -> None:
    """Drop the keys kept in this process (after a restore, between tests)."""
    _agency_keys.clear()
    _purpose_key.cache_clear()


def new_wrapped_key(agency_id: int) -> tuple[bytes, bytes]:
    """A fresh key and the same key wrapped by the agency's."""
    key = cipher.new_key()
    return key, wrap(agency_id, key)


def wrap(agency_id: int, key: bytes) -> bytes:
    return cipher.seal(_agency_key(agency_id), key, place=f"key {agency_id}")


def unwrap(agency_id: int, wrapped: cipher.Stored) -> bytes:
    """Raises BrokenSeal if the key is not this agency's or was destroyed."""
    return cipher.unseal(_agency_key(agency_id), wrapped, place=f"key {agency_id}")


def blind(kind: str, value: str) -> bytes:
    """The exact index of a sealed identifier: equal values of one kind are found, none is read (16 bytes)."""
    return cipher.keyed_hash(_purpose_key("blind index"), f"{kind}:{value}")[:16]


def secret_hash(purpose: str, text: str) -> bytes:
    """How a high-entropy secret is stored: a keyed hash, bound to its purpose."""
    return cipher.keyed_hash(_purpose_key(purpose), text)


def purpose_key(purpose: str) -> bytes:
    """A key for sealing what belongs to no agency (cookies), derived from the master key."""
    return _purpose_key(purpose)


def agency_purpose_key(agency_id: int, purpose: str) -> bytes:
    """A key of the agency for `purpose`, derived from its own: the same as long as the agency's key lives."""
    return cipher.derived(_agency_key(agency_id), purpose)
