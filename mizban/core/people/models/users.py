"""Staff. Applicants have no account: a code and a password make them guests of their case."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from .memberships import Membership

# Names stand in sentences with somebody else's: two of them fit into an event.
LONGEST_NAME = 100


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None, **facts: Any) -> "User":
        """A user with a hashed password; None leaves it unusable."""
        user = self.model(username=self.model.normalize_username(username), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in: a clerk, a head, a director, a site officer, an inspector.

    `phone` is what applicants may read, `mobile` only the office. With `must_renew` nothing can be done but choosing a
    password; a password handed over works once, and until `handed_until`. `sessions_ended` counts how often every
    session of the person was closed.
    """

    username = models.CharField(max_length=50, unique=True)
    full_name = models.CharField(max_length=LONGEST_NAME)
    phone = models.CharField(max_length=20, blank=True)
    mobile = models.CharField(max_length=13, blank=True)
    is_active = models.BooleanField(default=True)
    must_renew = models.BooleanField(default=False)
    handed_until = models.DateTimeField(null=True)
    sessions_ended = models.PositiveIntegerField(default=0)
    # The memberships of a signed-in person, where they came with the row (`web.sessions`).
    held: "Sequence[Membership] | None" = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to be this person's: other once the password changes or all sessions are closed."""
        of = f"{self.password} {self.sessions_ended}"
        return salted_hmac("mizban.core.people.session", of, secret=secret, algorithm="sha256").hexdigest()
