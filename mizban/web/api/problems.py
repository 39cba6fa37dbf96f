"""Answers for what cannot be done: problem details (RFC 9457) with a stable code, in Persian for people."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError

from mizban.core.declarations.tables import MalformedRows
from mizban.core.refusals import FormRefused, Refusal, TooManyTries
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.guessing import window

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:mizban:problem:"
TITLES = {
    400: "این درخواست خوانده نشد",
    401: "توکن درستی همراه این درخواست نیست",
    403: "این کار با شما نیست",
    404: "چنین چیزی نیست",
    405: "این نشانی را نمی‌توان چنین به کار برد",
    409: "با آنچه پیش‌تر شد جور نیست",
    410: "دیگر پذیرفته نمی‌شود",
    413: "آنچه فرستاده شد بیش از اندازه است",
    415: "قالب آنچه فرستاده شد پذیرفته نیست",
    422: "آنچه فرستاده شد نیاز به اصلاح دارد",
    429: "کمی بعد دوباره بیازمایید",
    500: "خطایی در سامانه رخ داد",
}
log = logging.getLogger("django.request")


class Unreadable(Refusal):
    """The body is not what its content type says."""

    code = "unreadable"
    status = 400
    message = "بدنهٔ درخواست JSON درستی نیست."


class Unauthenticated(Refusal):
    """No token, or one that is not good (any more)."""

    code = "unauthenticated"
    status = 401
    message = "در سرایند Authorization توکنی معتبر بفرستید: «Bearer …». با «mizban token create» ساخته می‌شود."


class NothingHere(Refusal):
    """No such thing, or the actor may not know of it: the same answer for both."""

    code = "not-found"
    status = 404
    message = "چنین چیزی نیست، یا با این شناسه از آنِ شما نیست."


class WrongMethod(Refusal):
    """The address is there, but not for this method."""

    code = "method-not-allowed"
    status = 405
    message = "این نشانی با این روش پاسخ نمی‌دهد؛ روش‌های آن در سرایند Allow است."


class TooLarge(Refusal):
    """More was sent than is taken."""

    code = "too-large"
    status = 413
    message = "بیش از اندازه فرستاده شده است: بدنهٔ JSON تا ۱ و هر فایل تا ۵ مگابایت."


class WrongMediaType(Refusal):
    """The content type is not the one this call takes."""

    code = "unsupported-media-type"
    status = 415
    message = "این فراخوان چنین قالبی نمی‌پذیرد."


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: where in what was sent, why (for programs), and a sentence."""

    field: str
    code: str
    message: str


# What pydantic finds, as codes and sentences of ours; any other finding is a value of the wrong kind.
FOUND = {
    "missing": ("required", "این بخش لازم است."),
    "extra_forbidden": ("unknown-field", "این فراخوان چنین بخشی ندارد."),
    "string_too_long": ("too-long", "این نوشته بیش از اندازه بلند است."),
    "string_too_short": ("too-short", "این نوشته کوتاه است."),
    "greater_than_equal": ("too-small", "این عدد کوچک‌تر از اندازه است."),
    "less_than_equal": ("too-great", "این عدد بزرگ‌تر از اندازه است."),
    "literal_error": ("not-an-option", "یکی از گزینه‌ها را بفرستید."),
    "enum": ("not-an-option", "یکی از گزینه‌ها را بفرستید."),
    "string_pattern_mismatch": ("malformed", "این نوشته به شکل خواسته‌شده نیست."),
}
WRONG_TYPE = ("wrong-type", "مقدار این بخش از گونهٔ خواسته‌شده نیست.")


def problem(
    status: int,
    code: str,
    detail: str,
    errors: Iterable[Wrong] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer; `errors` name each field that is wrong."""
    body = {
        "type": TYPE + code,
        "title": TITLES.get(status, TITLES[400]),
        "status": status,
        "code": code,
        "detail": detail,
        "errors": [asdict(wrong) for wrong in errors],
    }
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def of_refusal(_request: HttpRequest, refusal: Any) -> HttpResponse:
    """A refusal as a problem; what a form refused, field by field."""
    headers: dict[str, str] = {}
    if isinstance(refusal, TooManyTries):
        headers["Retry-After"] = str(int(window().total_seconds()))
    if isinstance(refusal, Unauthenticated):
        headers["WWW-Authenticate"] = 'Bearer realm="mizban"'
    errors = wrongs(refusal.errors) if isinstance(refusal, FormRefused) else getattr(refusal, "wrongs", ())
    return problem(refusal.status, refusal.code, refusal.message, errors, headers)


def wrongs(errors: Mapping[str, Malformed], *, under: str = "") -> list[Wrong]:
    """Errors of a form as a list; `under` is the path their fields stand under.

    Of a table every cell is named: `rows/3/amount`, its row counted from 0 as in the array.
    """
    found: list[Wrong] = []
    for name, wrong in errors.items():
        if isinstance(wrong, MalformedRows):
            cells = wrong.cells.items()
            found += [Wrong(f"{under}{name}/{row}/{cell}", at.code, at.message) for (row, cell), at in cells]
        else:
            found.append(Wrong(under + name, wrong.code, wrong.message))
    return found


def of_validation(_request: HttpRequest, fault: Any) -> HttpResponse:
    """What is not shaped as the call asks. A path that cannot be an address of ours is 404."""
    assert isinstance(fault, ValidationError)  # noqa: S101  # registered for it
    if any(found["loc"][0] == "path" for found in fault.errors):
        return of_refusal(_request, NothingHere())
    errors = [_wrong(found) for found in fault.errors]
    return problem(FormRefused.status, FormRefused.code, FormRefused.message, errors)


def _wrong(found: Mapping[str, Any]) -> Wrong:
    source, *path = found["loc"]
    # The body stands under the name of the view's argument, which is nobody's business.
    named = path[1:] if source == "body" else path
    code, message = FOUND.get(found["type"], WRONG_TYPE)
    return Wrong(".".join(str(part) for part in named) or "body", code, message)


def of_fault(request: HttpRequest, fault: Any) -> HttpResponse:
    """Something broke: logged as Django logs it, answered without details."""
    got_request_exception.send(sender=None, request=request)
    log.error("%s: %s", type(fault).__name__, request.path, exc_info=fault)
    return problem(500, "server-error", "خطا ثبت شد. چند دقیقهٔ دیگر دوباره بیازمایید.")
