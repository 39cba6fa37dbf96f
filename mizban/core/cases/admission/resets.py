"""A forgotten password (S*-4.2): the site officer checks who is asking and issues a one-time code, on the record.

The officer never learns the password: with the code, the applicant is shown a new one.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from mizban.core.people.actors import Guest, Staff
from mizban.core.people.models import Role
from mizban.core.refusals import NotYours, Refusal
from mizban.core.sealing import cipher, keys
from mizban.lib.codes import new_password, tidy_code

from ..filing.repeating import password_hash
from ..models.resets import PasswordReset
from ..writing import record

if TYPE_CHECKING:
    from ..models import Case

VALID_FOR = timedelta(hours=24)


class NotIdentified(Refusal):
    """The identifier given is not the applicant's."""

    code = "not-identified"
    status = 422
    message = "این شناسه با پرونده جور نیست. هویت درخواست‌کننده را دوباره بررسی کنید."


class ResetRefused(Refusal):
    """No such case, or a code that is wrong, used or expired: the same answer for all."""

    code = "reset-refused"
    status = 422
    message = "کد رهگیری یا کد یک‌بارمصرف درست نیست، یا مهلت آن گذشته است."


def issue(case: "Case", *, by: Staff, identifier: str, at: datetime) -> str:
    """A one-time code of 12 digits, valid for a day; an earlier one ends.

    `identifier` (stored form) must be the applicant's. Raises NotYours, NotIdentified.
    """
    if Role.SITE_OFFICER not in by.roles:
        raise NotYours
    if not any(party.is_identified_by(identifier) for party in case.parties.all()):
        raise NotIdentified
    code = new_password()
    with transaction.atomic():
        record(case, "reset-issued", by=by, at=at, facts={"valid_until": (at + VALID_FOR).isoformat()})
        case.resets.usable(at=at).update(expires_at=at)
        case.resets.create(
            code_hash=_hash(case, code), issued_by_id=by.user_id, issued_at=at, expires_at=at + VALID_FOR
        )
    return code


def use(case: "Case | None", code: str, *, at: datetime) -> str:
    """Spend a one-time code for a new password, which is returned and known only now. Raises ResetRefused."""
    typed = tidy_code(code)
    reset = _matching(case, typed, at=at)
    if case is None or reset is None:
        raise ResetRefused
    password = new_password()
    with transaction.atomic():
        # A conditional update: a code used twice at once makes one password.
        if not PasswordReset.objects.filter(pk=reset.pk, used_at=None).update(used_at=at):
            raise ResetRefused
        record(case, "reset-used", by=Guest(case.pk), at=at, password_hash=password_hash(case.code, password))
    return password


def _matching(case: "Case | None", code: str, *, at: datetime) -> PasswordReset | None:
    # Without a case the same query and a hash are made, so that a code cannot be probed by time.
    usable = list(PasswordReset.objects.filter(case=case.pk if case else 0).usable(at=at))
    wanted = [(reset, _hash(case, code)) for reset in usable] if case else []
    keys.secret_hash("password reset", code)
    return next((reset for reset, hashed in wanted if cipher.same(reset.code_hash, hashed)), None)


def _hash(case: "Case", code: str) -> bytes:
    return keys.secret_hash("password reset", f"{case.code}:{code}")
