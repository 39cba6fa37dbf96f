"""A text is sent in: read in the background, then a draft."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.cases.models import Offering
from mizban.core.cases.papers.files import LARGEST, short
from mizban.core.declarations.fields import Field, Option
from mizban.core.declarations.forms import fill
from mizban.kit.forms import with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.office.agreements import drafting
from mizban.office.agreements.jobs import read_draft
from mizban.office.agreements.models import Agreement, Draft
from mizban.web.posted import bounds

from ..frame import desk_page
from .finding import keeper, way

MOST_AT_ONCE = 5
NEW = "new"
NO_FILE = Malformed("required", "فایلی برگزینید.")
AGAIN = Malformed("required", "فایل را دوباره برگزینید؛ تا این صفحه درست نشود نگه داشته نمی‌شود.")
TOO_LARGE = Malformed("too-large", "فایل بیش از ۵ مگابایت است. نسخهٔ کم‌حجم‌تری بفرستید.")
TOO_MANY = Malformed("too-many", "چند متن دیگر هنوز خوانده می‌شود. چند لحظهٔ دیگر بفرستید.")


@keeper
def new(request: DeskRequest) -> HttpResponse:
    fields = (_for_which(request),)
    if request.method != "POST":
        wanted = request.GET.get("for", "")[:20]
        return _form(request, fields, {"agreement": wanted}, {})
    typed = {"agreement": request.POST.get("agreement", "")[:20]}
    filled = fill(fields, typed)
    upload = request.FILES.get("file")
    errors = dict(filled.errors)
    waiting = Draft.objects.filter(agency=request.agency, state=Draft.State.WAITING)
    if upload is None or not upload.size:
        errors["file"] = NO_FILE
    elif upload.size > LARGEST:
        errors["file"] = TOO_LARGE
    elif waiting.count() >= MOST_AT_ONCE:
        errors["file"] = TOO_MANY
    elif errors:
        errors["file"] = AGAIN
    if errors or upload is None:
        return _form(request, fields, typed, errors)
    draft = _made(request, typed["agreement"], upload.name or "", upload.read())
    return redirect("desk:draft", request.agency.slug, draft.pk)


def _made(request: DeskRequest, chosen: str, name: str, data: bytes) -> Draft:
    mine = Agreement.objects.filter(agency=request.agency)
    agreement = None if chosen == NEW else mine.get(number=int(chosen))
    with transaction.atomic():
        draft = drafting.from_file(
            request.agency, agreement, name=short(name), data=data, by=request.actor, at=request.now
        )
        draft.job_id = UUID(read_draft.enqueue(draft.pk).id)
        draft.save(update_fields=["job_id"])
    return draft


def _for_which(request: DeskRequest) -> Field:
    known = Agreement.objects.filter(agency=request.agency).order_by("number")
    options = (
        *(Option(str(each.number), f"نسخهٔ تازهٔ «{each.title}»") for each in known),
        Option(NEW, "توافق‌نامهٔ تازه"),
    )
    return Field("agreement", "choice", "این متن برای کدام توافق‌نامه است؟", options=options)


def _form(
    request: DeskRequest, fields: tuple[Field, ...], typed: dict[str, str], errors: dict[str, Malformed]
) -> HttpResponse:
    shown = bounds(fields, typed, errors)
    wrong = errors.get("file")
    return desk_page(
        request,
        "desk/agreements/new.html",
        title="متن توافق‌نامه",
        here="agreements",
        crumbs=way(request),
        status=422 if errors else 200,
        bounds=shown,
        errors=with_errors(shown),
        file_error=wrong.message if wrong else "",
        services=list(Offering.objects.of(request.agency).standing().with_versions()),
    )
