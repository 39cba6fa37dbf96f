"""Answers for what cannot be done: a page that says why and where to go, whatever the reason."""

from django.http import HttpRequest, HttpResponse

from mizban.core.agencies.models import Agency
from mizban.core.refusals import NotFound, Refusal

from .pages import page

HEADINGS = {
    400: "این درخواست خوانده نشد",
    403: "این بخش با شما نیست",
    404: "چنین صفحه‌ای نیست",
    405: "این نشانی را نمی‌توان چنین به کار برد",
    409: "این کار اکنون شدنی نیست",
    410: "این خدمت دیگر درخواست تازه نمی‌پذیرد",
    413: "آنچه فرستاده شد بیش از اندازه است",
    422: "این کار پذیرفته نشد",
    429: "کمی بعد دوباره بیازمایید",
    500: "خطایی در سامانه رخ داد",
    503: "درگاه برای زمانی کوتاه در دسترس نیست",
}
# What a status alone says wrongly.
BY_CODE = {
    "acted-first": "کس دیگری پیش‌دستی کرد",
    "already-decided": "کس دیگری پیش‌دستی کرد",
    "already-filed": "این فرم پیش‌تر ثبت شده است",
}


def heading_of(refusal: Refusal) -> str:
    """What stands over a refusal."""
    return BY_CODE.get(refusal.code) or HEADINGS.get(refusal.status, HEADINGS[400])


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal nobody caught on the way."""
    return failure(request, refusal.status, refusal.message, heading_of(refusal))


def failure(request: HttpRequest, status: int, sentence: str, heading: str = "") -> HttpResponse:
    heading = heading or HEADINGS.get(status, HEADINGS[400])
    return page(
        request, "kit/error.html", title=heading, status=status, sentence=sentence, agency=_agency(request)
    )


def _agency(request: HttpRequest) -> Agency | None:
    """The agency whose page failed, where one was found before."""
    return getattr(request, "agency", None)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django passes it by name
    return failure(request, 404, NotFound.message)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # same
    return failure(
        request, 400, "آنچه فرستاده شد درست نبود یا بیش از اندازه بود. یک بار دیگر از آغاز بیازمایید."
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # same
    return failure(request, 403, "این بخش با شما نیست. اگر باید باشد، به مسئول سایت بگویید.")


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    return failure(
        request,
        403,
        "این صفحه بیش از اندازه باز مانده یا کوکی‌های مرورگر بسته است. صفحه را تازه کنید و دوباره بفرستید.",
        "این صفحه کهنه شده است",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Must not fail itself: no database, no session, no template of an office."""
    return page(
        request,
        "kit/error.html",
        title=HEADINGS[500],
        status=500,
        banner="",
        sentence="خطا ثبت شد. چند دقیقهٔ دیگر دوباره بیازمایید.",
    )
