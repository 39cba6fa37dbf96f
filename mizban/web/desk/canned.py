"""Putting a text kept ready into a step's form: the page comes again with the text filled in, to be changed there."""

from dataclasses import replace

from mizban.core.cases.inhouse.inside import works_on
from mizban.core.cases.models import Case
from mizban.kit.requests import DeskRequest
from mizban.lib.text import ascii_digits
from mizban.office.replies.models import CannedReply

from .stepping import Typed, prefix_of

SELECT = "canned-"


def with_canned(request: DeskRequest, case: Case, typed: Typed) -> Typed:
    """The form with the chosen text after what was typed in the question that `insert` names; else as it came."""
    name = request.POST.get("insert", "")
    field = typed.step.field(name)
    if field is None or field.kind != "long_text" or not works_on(case, request.actor):
        return typed
    reply = _chosen(request, case, f"{SELECT}{prefix_of(typed.step)}{name}")
    if reply is None:
        return typed
    written = str(typed.raw.get(name) or "").rstrip()
    together = f"{written}\n\n{reply.text}" if written else reply.text
    return replace(typed, raw={**typed.raw, name: together})


def _chosen(request: DeskRequest, case: Case, select: str) -> CannedReply | None:
    asked = ascii_digits(request.POST.get(select, ""))
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        return None
    visible = CannedReply.objects.visible_to(request.actor).for_unit(case.unit_id)
    return visible.filter(pk=int(asked)).first()
