"""Clauses of a draft: confirmed in one go, or corrected one by one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.core.refusals import NotFound
from mizban.kit.forms import Value, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.text import persian_digits
from mizban.office.agreements import drafting, measures
from mizban.office.agreements.drafting import SURE
from mizban.office.agreements.models import Draft
from mizban.office.agreements.words import KINDS, OBLIGORS, UNITS, amount
from mizban.office.agreements.writing.drafts import promised_by
from mizban.web.posted import bounds, read

from ..frame import desk_page
from .finding import draft_of, keeper, post_only, seen, way
from .owners import owner_field, units_of

NO_MEASURE = "none"
HALF = Malformed("required", "عدد و یکای مهلت را با هم بنویسید.")
NO_REASON = Malformed("required", "بنویسید چرا این بند سنجش‌پذیر نیست.")
UNFIT = Malformed("unfit-measure", "این سنجه به این نوع بند نمی‌خورد.")


@keeper
@post_only
def confirm(request: DeskRequest, draft_id: int) -> HttpResponse:
    """The reader is right about all clauses it is sure of; the others are opened one by one."""
    draft = draft_of(request, draft_id)
    sure = [clause["id"] for clause in draft.clauses if clause["confidence"] >= SURE]
    drafting.confirm(draft, sure, seen=seen(request))
    return redirect("desk:draft", request.agency.slug, draft.pk)


@keeper
@post_only
def own(request: DeskRequest, draft_id: int) -> HttpResponse:
    """One owner for all clauses that are not about the agreement itself."""
    draft = draft_of(request, draft_id)
    kind, _, name = request.POST.get("owner", "").partition(":")
    if (kind == "unit" and name in units_of(request.agency)) or (kind, name) == ("role", "director"):
        drafting.own(draft, f"{kind}:{name}", seen=seen(request))
    return redirect("desk:draft", request.agency.slug, draft.pk)


@keeper
def edit(request: DeskRequest, draft_id: int, ref: str) -> HttpResponse:
    """Correct a clause, or (`drop`) leave it out."""
    draft = draft_of(request, draft_id)
    clause = draft.clause(ref)
    if clause is None:
        raise NotFound
    fields = _fields(request, draft, clause)
    if request.method != "POST":
        return _form(request, draft, clause, fields, _typed(clause))
    if "drop" in request.POST:
        drafting.drop_clause(draft, ref, seen=seen(request))
        return redirect("desk:draft", request.agency.slug, draft.pk)
    typed = read(request, fields, agency_id=request.agency.pk, token="").raw
    filled = fill(fields, typed)
    errors = filled.errors or _wrong(filled.answers)
    if errors:
        return _form(request, draft, clause, fields, typed, errors)
    drafting.set_clause(draft, ref, seen=seen(request), **_facts(filled.answers))
    response = redirect("desk:draft", request.agency.slug, draft.pk)
    response["Location"] = f"{reverse('desk:draft', args=[request.agency.slug, draft.pk])}#{ref}"
    return response


def _counted_by(draft: Draft, clause: dict[str, Any]) -> str:
    """By which time the services count their answers: another one in the text would stand in the way."""
    found = promised_by(draft) if clause["kind"] in measures.RESPONSE_KINDS else []
    return f"خدمت اکنون پاسخ را با مهلت {' یا '.join(map(amount, found))} می‌شمارد." if found else ""


def _fields(request: DeskRequest, draft: Draft, clause: dict[str, Any]) -> tuple[Field, ...]:
    fitting = measures.fitting(request.POST.get("kind", "") or clause["kind"])
    options = [Option(each.name, f"{each.title} ({each.evidence})") for each in fitting]
    return (
        Field("text", "long_text", "متن بند", min_length=3, max_length=3000),
        Field("kind", "unit", "نوع", options=tuple(Option(*each) for each in KINDS.items())),
        Field("obligor", "unit", "بر عهدهٔ", options=tuple(Option(*each) for each in OBLIGORS.items())),
        owner_field(request.agency),
        Field(
            "measure",
            "choice",
            "سنجه",
            options=(*options, Option(NO_MEASURE, "سنجش‌پذیر نیست")),
        ),
        Field(
            "unmeasurable",
            "text",
            "چرا سنجش‌پذیر نیست؟",
            help="همه آن را در صفحهٔ توافق‌نامه می‌خوانند.",
            required=False,
            min_length=10,
            max_length=300,
        ),
        Field(
            "value",
            "number",
            "عدد مهلت یا حد",
            help=_counted_by(draft, clause),
            required=False,
            least=1,
            most=100_000,
        ),
        Field("unit", "unit", "یکا", options=tuple(Option(*each) for each in UNITS.items()), required=False),
    )


def _typed(clause: dict[str, Any]) -> dict[str, Value]:
    target = clause["target"] or {}
    return {
        **{name: clause[name] or "" for name in ("text", "kind", "obligor", "owner", "unmeasurable")},
        "measure": NO_MEASURE if clause["unmeasurable"] else clause["measure"],
        "value": f"{target['value']:g}" if target else "",
        "unit": target.get("unit", ""),
    }


def _wrong(answers: dict[str, Any]) -> dict[str, Malformed]:
    """What no single question can see."""
    if ("value" in answers) != ("unit" in answers):
        return {"value": HALF}
    if answers["measure"] == NO_MEASURE:
        return {} if answers.get("unmeasurable") else {"unmeasurable": NO_REASON}
    fits = {each.name for each in measures.fitting(answers["kind"])}
    return {} if answers["measure"] in fits else {"measure": UNFIT}


def _facts(answers: dict[str, Any]) -> dict[str, Any]:
    is_measured = answers["measure"] != NO_MEASURE
    has_target = "value" in answers
    return {
        **{name: answers[name] for name in ("text", "kind", "obligor", "owner")},
        "measure": answers["measure"] if is_measured else "",
        "unmeasurable": "" if is_measured else answers["unmeasurable"],
        "target": {"value": answers["value"], "unit": answers["unit"]} if has_target else None,
    }


def _form(
    request: DeskRequest,
    draft: Draft,
    clause: dict[str, Any],
    fields: tuple[Field, ...],
    typed: dict[str, Value],
    errors: dict[str, Malformed] | None = None,
) -> HttpResponse:
    shown = bounds(fields, typed, errors)
    lines = draft.source.splitlines()[clause["lines"][0] - 1 : clause["lines"][1]]
    return desk_page(
        request,
        "desk/agreements/form.html",
        title=persian_digits(f"بند {clause['id'].removeprefix('c')}"),
        here="agreements",
        crumbs=way(request, draft=draft),
        status=422 if errors else 200,
        bounds=shown,
        errors=with_errors(shown),
        draft=draft,
        clause=clause,
        original=[line.strip() for line in lines if line.strip()],
    )
