"""What every request meets on its way in and out."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from mizban.core.refusals import Refusal

from .failures import refused

Handler = Callable[[HttpRequest], HttpResponseBase]


def arrival(handle: Handler) -> Handler:
    """Read the clock once: everything a request does happens at `request.now` (UTC, aware)."""

    def arrive(request: HttpRequest) -> HttpResponseBase:
        # Our pages are UTF-8 and so is what they post; a charset a stranger names («rot13») is not obeyed.
        request.encoding = "utf-8"
        # A quoted cookie can hold a NUL, which PostgreSQL does not take: such a session is nobody's.
        if "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            request.session = type(request.session)()
        request.now = timezone.now()  # type: ignore[attr-defined]  # declared in kit.requests.Request
        return handle(request)

    return arrive


def content_policy(handle: Handler) -> Handler:
    """Say on every answer what a page may load (settings.CONTENT_SECURITY_POLICY); written once a process."""
    policy = build_policy()

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        response.headers.setdefault(HEADER, policy)
        return response

    return answer


class refusals:  # noqa: N801  # listed in MIDDLEWARE like a function
    """Answer every `Refusal` a view lets through with a page that helps."""

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.handle(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        return refused(request, fault) if isinstance(fault, Refusal) else None
