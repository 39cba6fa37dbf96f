"""What an applicant lost: the form by which a site officer finds out who is asking, and its limit on guesses."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse

from mizban.core.declarations.fields import Field
from mizban.kit.requests import DeskRequest

from .forms import form_of, form_page
from .guesses import guessed, slow_down

IDENTIFIER = Field(
    name="identifier",
    kind="text",
    label="کد ملی، شناسهٔ ملی یا کد فراگیر متقاضی",
    help="همان که درخواست‌کننده می‌گوید",
    max_length=40,
)
CHECKED = Field(
    name="checked",
    kind="declaration",
    label="هویت را با کارت شناسایی یا پرسش از پرونده بررسی کردم.",
)
# The kit's own control for a code: digits from left to right, the number pad on a phone.
CONTROLS = {"code": "tracking_code", "identifier": "foreign_id"}

T = TypeVar("T")


def asked(
    request: DeskRequest,
    fields: tuple[Field, ...],
    *,
    find: Callable[[dict[str, Any]], T | None],
    found: Callable[[dict[str, Any], T], HttpResponse],
    template: str,
    title: str,
    wrong: str,
) -> HttpResponse:
    """The form, or the page of what it `find`s. Which answer was wrong is not told, and every miss is a guess."""
    form = form_of(request, fields, draws=CONTROLS)
    if form.answers is not None:
        slow_down(request)
        it = find(form.answers)
        if it:
            return found(form.answers, it)
        guessed(request)
        form = form.refused(wrong)
    return form_page(request, template, form, title=title, here="reset")
