"""Who sits at a desk, with two queries written once a process: the session, and the person with all roles."""

import hashlib
from typing import Any, cast

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from mizban.core.people.models import Membership, User
from mizban.core.prepared import Prepared, blank

# What the column of Django's table holds; 160 bits of a hash of 165 random bits.
HASH_LENGTH = 40

_live = Prepared(
    lambda: Session.objects.filter(
        session_key=blank(Session, "session_key"), expire_date__gt=blank(Session, "expire_date")
    )[:1]
)
_held = Prepared(
    lambda: Membership.objects.of(blank(Membership, "user", "user_id"), at=blank(Membership, "from_at", "at"))
)


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, read by a prepared query (settings.SESSION_ENGINE names this module).

    The table holds a hash of each key: whoever reads it signs in as nobody.
    """

    def _get_session_from_db(self) -> Session | None:
        found = None
        if self.session_key:
            found = _live.first(session_key=_hashed(self.session_key), expire_date=timezone.now())
        if found is None:
            # As Django does: an unknown key is not kept, the next save makes a new one.
            self._session_key = None
        return found

    def exists(self, session_key: str | None) -> bool:
        return super().exists(_hashed(session_key or ""))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.session_key = _hashed(self.session_key or "")
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(_hashed(key))


class PeopleBackend(ModelBackend):
    """Django's passwords; whoever is signed in comes with the roles they hold, in one query."""

    def get_user(self, user_id: int) -> User | None:
        """The person, asked at every request: who was shut out or lost a role is so at once."""
        held = _held.all(user_id=user_id, at=timezone.now())
        user = next((each.user for each in held if each.user_id == user_id), None)
        if user is None:
            user = super().get_user(user_id)
        if user is not None:
            user.held = held
        return user if user is not None and self.user_can_authenticate(user) else None


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:HASH_LENGTH]
