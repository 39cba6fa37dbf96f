"""A form that comes twice is one case: its token is kept as a hash, and so is what was filed with it."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from mizban.core.prepared import Prepared, blank
from mizban.core.refusals import Refusal
from mizban.core.sealing import cipher, keys
from mizban.lib.codes import PASSWORD_LENGTH, new_password

if TYPE_CHECKING:
    from ..models import Case, Offering

REPLAY_FOR = timedelta(hours=1)


class AlreadyFiled(Refusal):
    """The token of this form was used for other content, or too long ago to show its receipt again."""

    code = "already-filed"
    status = 409
    message = "این فرم پیش‌تر ثبت شده است. برای درخواست دیگر، فرم تازه‌ای باز کنید."


def password_hash(code: str, password: str) -> bytes:
    """How a case keeps its password: a keyed hash bound to its code."""
    return keys.secret_hash("case password", f"{code}:{password}")


def password_for(token: str | None) -> str:
    """Twelve digits: random, or from the form's token, so that a double click shows the same receipt twice."""
    if token is None:
        return new_password()
    number = int.from_bytes(keys.secret_hash("password from token", token)[:16], "big")
    return str(number % 10**PASSWORD_LENGTH).zfill(PASSWORD_LENGTH)


def is_used(offering: "Offering", token: str) -> bool:
    """Whether a case was filed with this token, whatever and wherever."""
    return offering.cases.model.objects.filter(token_hash=token_hash(token)).exists()


def token_hash(token: str | None) -> bytes | None:
    """How a case keeps the token of its form."""
    return keys.secret_hash("form token", token) if token else None


def content_hash(*content: Any) -> bytes:
    """A keyed hash of what was filed: JSON values, in an order the caller keeps to."""
    return keys.secret_hash("form content", json.dumps(content, sort_keys=True, ensure_ascii=False))


def repeated(token: str | None, content: bytes, *, password: str, at: datetime) -> "Case | None":
    """The case that this form already made, with the hash of its content, within an hour of the aware moment `at`.

    Raises AlreadyFiled if it is not a mere repetition.
    """
    if token is None:
        return None
    # Whatever it was used for: a token that filed at another office is used, too.
    case = _of_token.first(token_hash=token_hash(token))
    if case is None:
        return None
    same_content = cipher.same(case.content_hash or b"", content)
    same_password = cipher.same(case.password_hash, password_hash(case.code, password))
    if not (same_content and same_password and at - case.filed_at < REPLAY_FOR):
        raise AlreadyFiled
    return case


def _filed_with_token() -> "QuerySet[Case]":
    from ..models import Case  # noqa: PLC0415  # the model asks this module to open cases

    return Case.objects.filter(token_hash=blank(Case, "token_hash"))[:1]


_of_token = Prepared(_filed_with_token)
