"""What inspectors read, for the site officer."""

from django.http import HttpResponse

from mizban.core.people.models import Inspection
from mizban.kit.requests import DeskRequest
from mizban.lib.text import ascii_digits
from mizban.web.inspections import PAGES

from .officers import LARGEST_ID, officer, page_of

PAGE = 50


@officer
def index(request: DeskRequest) -> HttpResponse:
    """The newest first, a page at a time."""
    log = Inspection.objects.filter(agency=request.agency).select_related("user")
    before = _number(request.GET.get("before", ""))
    shown = list((log.filter(pk__lt=before) if before else log)[: PAGE + 1])
    rows = [(each, PAGES.get(each.page, each.page)) for each in shown[:PAGE]]
    older = shown[PAGE - 1].pk if len(shown) > PAGE else 0
    return page_of(request, "inspections.html", title="بازرسی‌ها", rows=rows, older=older, is_first=not before)


def _number(typed: str) -> int:
    digits = ascii_digits(typed)
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 else 0
    return number if number < LARGEST_ID else 0
