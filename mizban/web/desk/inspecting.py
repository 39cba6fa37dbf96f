"""What an inspector reads at the desk is written down before it is shown."""

from django.http import HttpResponse

from mizban.kit.requests import DeskRequest
from mizban.web.inspections import write_down


def seen(request: DeskRequest, response: HttpResponse, code: str) -> HttpResponse:
    """The page, once it stands in the log; what was not shown (not found, sent elsewhere) does not."""
    if response.status_code == 200:
        match = request.resolver_match
        page = match.url_name if match and match.url_name else ""
        write_down(request.actor, page, code=code, at=request.now)
    return response
