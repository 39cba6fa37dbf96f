"""Every address under /api/v1/, and the last answer for those that are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from .calls import api
from .docs import docs
from .problems import NothingHere, WrongMethod, of_refusal

View = Callable[..., HttpResponseBase]
app_name = "api"


def answered(view: View) -> View:
    """A call whose every answer is one of the API: no page, no cookie, nothing kept on the way."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        method, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        try:
            response = view(request, *args, **named)
        except Http404:
            response = _nothing_here(request)
        request.method = method
        if isinstance(response, HttpResponseNotAllowed):
            allowed = sorted(
                {*response["Allow"].split(", "), *(["HEAD"] if "GET" in response["Allow"] else [])}
            )
            response = of_refusal(request, WrongMethod())
            response["Allow"] = ", ".join(allowed)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    # Authority comes with a token or with a password in the body, never with a cookie: nothing to forge.
    return csrf_exempt(answer)


def _nothing_here(request: HttpRequest) -> HttpResponse:
    return of_refusal(request, NothingHere())


def _wrapped(pattern: Any) -> URLPattern:
    assert isinstance(pattern, URLPattern)  # noqa: S101  # ninja gives no other for its own calls
    pattern.callback = answered(pattern.callback)
    return pattern


urlpatterns = [
    path("docs", docs, name="docs"),
    # The last of them is the root, which the document reverses to say where its paths stand.
    *map(_wrapped, api.urls[0]),
    # Without an anchor it takes whatever a path can hold, line ends too.
    re_path("", answered(_nothing_here)),
]
