"""A form of the desk: what is asked, what was typed, everything that is wrong at once; and its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.refusals import FormRefused, Refusal
from mizban.kit.forms import Bound, Value, raw_value, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.posted import bounds

from .frame import desk_page


@dataclass(frozen=True, slots=True)
class Form:
    """`answers` are None until all is right; `others` are sentences that belong to no field.

    `draws` names the control of a question that is put otherwise than its kind is, by the question's name.
    """

    fields: tuple[Field, ...]
    raw: Mapping[str, Value] = field(default_factory=dict)
    answers: dict[str, Any] | None = None
    errors: Mapping[str, Malformed] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    draws: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""

    def refused(self, why: Refusal | str) -> "Form":
        """The same form, refused: beside the fields a FormRefused names, on top of it for any other reason."""
        if isinstance(why, FormRefused):
            return replace(self, answers=None, errors=why.errors)
        return replace(
            self, answers=None, others=(*self.others, why.message if isinstance(why, Refusal) else why)
        )

    @property
    def is_refused(self) -> bool:
        return bool(self.errors or self.others)

    @property
    def bounds(self) -> list[Bound]:
        shown = bounds(self.fields, self.raw, self.errors, prefix=self.prefix)
        return [
            replace(each, field=replace(each.field, kind=self.draws[each.field.name]))
            if each.field.name in self.draws
            else each
            for each in shown
        ]


def form_of(
    request: DeskRequest,
    fields: Sequence[Field],
    start: Mapping[str, Value] | None = None,
    *,
    act: str = "",
    draws: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Form:
    """The form as it came, or as it starts. Of several on a page the one sent is named by `act` in the button."""
    prefix = f"{act}--" if act else ""
    blank = Form(tuple(fields), dict(start or {}), draws=draws or {}, prefix=prefix)
    if request.method != "POST" or (act and request.POST.get("act") != act):
        return blank
    lists = {name: request.POST.getlist(name) for name in request.POST}
    raw = {each.name: raw_value(each, request.POST, lists, prefix) for each in fields}
    filled = fill(fields, raw, today=today)
    return replace(blank, raw=raw, answers=None if filled.errors else filled.answers, errors=filled.errors)


def form_page(
    request: DeskRequest, template: str, form: Form, *, title: str, here: str = "", **context: Any
) -> HttpResponse:
    """The page of a form: 422 once something is wrong, with what was typed still there."""
    shown = form.bounds
    return desk_page(
        request,
        template,
        title=title,
        here=here,
        status=422 if form.is_refused else 200,
        bounds=shown,
        others=form.others,
        errors=form.others or with_errors(shown),
        **context,
    )


def done(request: DeskRequest, name: str, *args: object, said: str = "done") -> HttpResponse:
    """Onward to a page of the desk that says what was done (303: the browser asks anew)."""
    response = redirect("desk:queue", request.agency.slug)
    address = reverse(f"desk:{name}", args=[request.agency.slug, *args])
    response["Location"] = f"{address}?{urlencode({'done': said})}"
    response.status_code = 303
    return response
