"""What every request meets on its way in and out."""

from collections.abc import Callable

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
        request.now = timezone.now()  # type: ignore[attr-defined]  # declared in kit.requests.Request
        return handle(request)

    return arrive


class refusals:  # noqa: N801  # listed in MIDDLEWARE like a function
    """Answer every `Refusal` a view lets through with a page that helps."""

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.handle(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        return refused(request, fault) if isinstance(fault, Refusal) else None
