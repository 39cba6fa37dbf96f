"""Instants are aware and in UTC. Plain Python."""

from datetime import UTC, datetime

from .refusals import NaiveTime


def aware(at: datetime) -> datetime:
    """The same instant in UTC. Raises NaiveTime when it has no zone."""
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise NaiveTime(at.isoformat())
    return at.astimezone(UTC)
