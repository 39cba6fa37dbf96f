"""How to file, how to follow, what to do when something is lost."""

from django.http import HttpResponse

from mizban.kit.requests import Request
from mizban.web.pages import page

from .finding import methods


@methods("GET")
def show(request: Request) -> HttpResponse:
    return page(request, "portal/help.html", title="راهنما", here="help")
