"""Putting a form aside and going on with it another day. It is no case: no office sees it, and it ends by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from mizban.core.refusals import Refusal
from mizban.core.sealing import cipher, keys
from mizban.lib.codes import PASSWORD_LENGTH, new_tracking_code, tidy_code

from ..models.services import Offering
from ..models.unfinished import Unfinished
from ..papers.files import waiting_hash

PLACE = "unfinished form"
TRIES = 3
NOBODY = bytes(32)

# Names and values of a posted form, as its hidden inputs would carry them.
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PutAside:
    """What somebody needs to go on, and until when (aware); the password is known only now."""

    code: str
    password: str
    until: datetime


def put_aside(offering: Offering, pairs: Pairs, *, token: str, at: datetime) -> PutAside:
    """Keep what was typed in the form with this token. Put aside again, it keeps its code and its password."""
    password = _password(token)
    key, wrapped = keys.new_wrapped_key(offering.agency_id)
    until = at + timedelta(days=settings.UNFINISHED_DAYS)
    kept = {
        "agency_id": offering.agency_id,
        "offering": offering,
        "wrapped_key": wrapped,
        "sealed": cipher.seal_json(key, [list(pair) for pair in pairs], place=PLACE),
        "saved_at": at,
        "expires_at": until,
    }
    for _ in range(TRIES):
        known = Unfinished.objects.filter(token_hash=waiting_hash(token))
        if known.update(**kept):
            return PutAside(known.get().code, password, until)
        code = new_tracking_code()
        try:
            with transaction.atomic():
                Unfinished.objects.create(
                    code=code,
                    password_hash=_hash(code, password),
                    token_hash=waiting_hash(token),
                    **kept,
                )
        except IntegrityError:
            continue  # the code was drawn before, or the button pressed twice at once
        return PutAside(code, password, until)
    raise Refusal


def taken_up(code: str, password: str, *, at: datetime) -> tuple[Offering, Pairs] | None:
    """What was typed, for whoever has both; None, in the same time, whichever of the two is wrong or too old."""
    code, password = tidy_code(code), tidy_code(password)
    found = (
        Unfinished.objects.good(at=at)
        .filter(code=code)
        .select_related("offering__agency", "offering__version")
    )
    form = found.first()
    admitted = cipher.same(form.password_hash if form else NOBODY, _hash(code, password))
    if form is None or not admitted:
        return None
    key = keys.unwrap(form.agency_id, bytes(form.wrapped_key))
    pairs = cipher.unseal_json(key, form.sealed, place=PLACE)
    return form.offering, [(name, value) for name, value in pairs]


def good_until(code: str, *, at: datetime) -> datetime | None:
    """Until when the form with this code can be gone on with; None for none."""
    return Unfinished.objects.good(at=at).filter(code=code).values_list("expires_at", flat=True).first()


def forget(token: str) -> None:
    """The form was filed."""
    Unfinished.objects.filter(token_hash=waiting_hash(token)).delete()


def drop_expired(*, at: datetime, most: int) -> int:
    """Delete up to `most` forms whose time is over; how many. Their files are then swept like any left behind."""
    over = list(Unfinished.objects.expired(at=at).values_list("pk", flat=True)[:most])
    return Unfinished.objects.filter(pk__in=over).delete()[0] if over else 0


def _password(token: str) -> str:
    """From the form's token, so that a form put aside twice has one password (docs/decisions/0004)."""
    number = int.from_bytes(keys.secret_hash("password of unfinished form", token)[:16], "big")
    return str(number % 10**PASSWORD_LENGTH).zfill(PASSWORD_LENGTH)


def _hash(code: str, password: str) -> bytes:
    return keys.secret_hash("unfinished form", f"{code}:{password}")
