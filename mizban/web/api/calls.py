"""The API as an object: its calls, how it refuses, and the document that describes both."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from mizban.core.refusals import NotFound, Refusal
from mizban.lib.identifiers.malformed import Malformed

from . import agreements, compliance, desk, explaining, filing, following, offerings, probes, status, written
from .problems import (
    MEDIA_TYPE,
    NothingHere,
    TooLarge,
    Unauthenticated,
    Unreadable,
    of_fault,
    of_refusal,
    of_validation,
)
from .public_shapes import VERSION
from .reading import StrictParser, check_media_type
from .shapes import Problem

DESCRIPTION = (
    "File, follow and work on cases. Errors are problem details (RFC 9457) with a stable `code`; what a service asks "
    "is in the JSON Schema of its form."
)
# What can go wrong before a call is asked anything, with a body and without.
ALWAYS = (500,)
WITH_BODY = (400, 413, 415, 422)


class Persian(JSONRenderer):
    """Persian letters as they are: a third of the size of their escapes."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Calls(NinjaAPI):
    """The calls under /api/v1/."""

    _document: Any = None

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        # The first thing ninja does for a call whose caller is known: the one place before the body is read.
        if request.method == "POST":
            check_media_type(request)
        return super().create_temporal_response(request)

    def get_openapi_schema(self, **options: Any) -> Any:
        """The document: every problem that can occur, described once. Made once a process."""
        if self._document is None:
            self._document = self._described(super().get_openapi_schema(**options))
        return self._document

    def _described(self, document: Any) -> Any:
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema(
            ref_template="#/components/schemas/{model}"
        )
        for path in document["paths"].values():
            for operation in path.values():
                _describe_problems(operation)
        return document


def _describe_problems(operation: dict[str, Any]) -> None:
    also = (*ALWAYS, *WITH_BODY) if "requestBody" in operation else ALWAYS
    secured = (401,) if operation.get("security") else ()
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses = operation["responses"]
    for status_code in {*also, *secured, *(code for code in responses if code >= 400)}:
        said = responses.get(status_code, {}).get("description") or DESCRIPTIONS.get(status_code, "")
        responses[status_code] = {"description": said or "Problem", "content": problem}


DESCRIPTIONS = {
    400: "The body is not readable",
    401: "No good token",
    413: "Too large",
    415: "Another content type is asked for",
    422: "Something in it is wrong, named field by field",
    500: "A fault of the server",
}


def _of_http_error(request: HttpRequest, fault: Any) -> HttpResponse:
    """Ninja's own refusals, and ours that it wrapped while it read a body."""
    if isinstance(fault, AuthenticationError):
        return of_refusal(request, Unauthenticated())
    cause = fault.__cause__
    return of_refusal(request, cause if isinstance(cause, Refusal) else Unreadable())


def _as(refusal: type[Refusal]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, _fault: of_refusal(request, refusal())


def _made() -> Calls:
    made = Calls(
        title="Mizban",
        version=VERSION,
        description=DESCRIPTION,
        docs_url=None,
        urls_namespace="api",
        parser=StrictParser(),
        renderer=Persian(),
    )
    for fault, handler in HANDLERS.items():
        made.add_exception_handler(fault, handler)
    for router in (
        offerings,
        filing,
        following,
        explaining,
        desk,
        agreements,
        compliance,
        written,
        status,
        probes,
    ):
        made.add_router("", router.router)
    return made


HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refusal: of_refusal,
    NotFound: _as(NothingHere),
    Http404: _as(NothingHere),
    ValidationError: of_validation,
    HttpError: _of_http_error,
    AuthenticationError: _of_http_error,
    RequestDataTooBig: _as(TooLarge),
    SuspiciousOperation: _as(Unreadable),
    MultiPartParserError: _as(Unreadable),
    UnreadablePostError: _as(Unreadable),
    Malformed: of_fault,
    Exception: of_fault,
}
api = _made()
