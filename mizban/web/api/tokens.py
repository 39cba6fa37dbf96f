"""Bearer tokens: how they are made, and who stands behind one that came with a request."""

import secrets
from datetime import datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Staff
from mizban.core.people.models import ApiToken, Membership, User
from mizban.core.refusals import NotYours
from mizban.core.sealing.keys import secret_hash
from mizban.web.staff import staff_of

from .problems import Unauthenticated

INSPECTORS_READ = "بازرس پرونده‌ها را می‌خواند و چیزی ثبت نمی‌کند."

# So that whoever finds one in a file knows what it opens.
PREFIX = "mizban_"
LONGEST = 200


def issue(user: User, agency: Agency, *, at: datetime) -> str:
    """A new token of this person at this agency, known only now: it is stored as a keyed hash."""
    token = PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(user=user, agency=agency, hash=_hash(token), created_at=at)
    return token


def revoke(user: User, *, at: datetime) -> int:
    """Make every token of this person useless; how many there were."""
    return ApiToken.objects.standing(user).revoke(at=at)


def holder(token: str) -> Staff | None:
    """Who acts with this token; None for one that is unknown, revoked, or whose holder left the agency."""
    if not token.startswith(PREFIX) or len(token) > LONGEST:
        return None
    found = ApiToken.objects.good(_hash(token)).first()
    if found is None:
        return None
    held = list(Membership.objects.of(found.user, at=timezone.now()).filter(agency=found.agency))
    return staff_of(found.user, held) if held else None


def _hash(token: str) -> bytes:
    return secret_hash("api token", token)


class Bearer(HttpBearer):
    """Calls for staff and agencies. Cookies are never looked at."""

    def authenticate(self, request: HttpRequest, token: str) -> Staff | None:  # noqa: ARG002  # ninja's signature
        return holder(token)


def actor_of(request: HttpRequest) -> Staff:
    """Whom ninja let in for a call with `auth`."""
    return cast("Staff", request.auth)  # type: ignore[attr-defined]  # set by ninja


def bearer_of(request: HttpRequest) -> Staff | None:
    """Who sent a call that guests make too; None without a token. Raises Unauthenticated for a bad one."""
    if "Authorization" not in request.headers:
        return None
    staff: Staff | None = Bearer()(request)
    if staff is None:
        raise Unauthenticated
    if staff.inspects:
        raise NotYours(INSPECTORS_READ)
    return staff
