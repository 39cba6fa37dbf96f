"""The page that shows the API to people: Swagger UI from our own static files, allowed no more than any page."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from .problems import WrongMethod, of_refusal


def docs(request: HttpRequest) -> HttpResponse:
    """The page; what it does stands in `static/api/docs.js`, since no script may stand in a page."""
    if request.method not in ("GET", "HEAD"):
        response = of_refusal(request, WrongMethod())
        response["Allow"] = "GET, HEAD"
        return response
    page = render_to_string("api/docs.html", {"document": reverse("api:openapi-json")}, request)
    return HttpResponse(page)
