"""The site officer's notices: written, published, ended."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.declarations.fields import Field
from mizban.core.declarations.forms import fill
from mizban.core.people.models import Role
from mizban.core.refusals import NotFound, Refusal
from mizban.kit.forms import Value, with_errors
from mizban.kit.requests import DeskRequest
from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import local
from mizban.office.notices import publishing
from mizban.office.notices.models import Notice
from mizban.office.notices.publishing import Text
from mizban.web.announcing import when
from mizban.web.mailing import telling
from mizban.web.posted import bounds, read

from ..finding import member
from ..frame import above, desk_page
from .moments import moment_fields, moment_of, typed_moment

LARGEST_ID = 2**63
MOST = 60
# Outages and maintenance are measured: they are announced where they are recorded, with their notice.
QUESTIONS = (
    Field("heading", "text", "عنوان", help="یک جمله؛ بالای همهٔ صفحه‌های اداره می‌آید.", max_length=150),
    Field("text", "long_text", "متن", required=False, max_length=3000),
    *moment_fields("from", "آغاز", required=False, help_line="اگر از زمانی ویژه است"),
    *moment_fields("until", "پایان", required=False, help_line="پس از آن دیگر بالای صفحه‌ها نمی‌ماند"),
)


@member(Role.SITE_OFFICER)
def index(request: DeskRequest) -> HttpResponse:
    """Drafts, what stands, what is over."""
    rows = Notice.objects.visible_to(request.actor).newest_first()[:MOST]
    notices = [(each, when(each, at=request.now), _chip(each, request)) for each in rows]
    return desk_page(
        request,
        "desk/notices.html",
        title="اطلاعیه‌ها",
        here="availability",
        crumbs=(above(request, "وضعیت درگاه", "availability"),),
        notices=notices,
    )


@member(Role.SITE_OFFICER)
def new(request: DeskRequest) -> HttpResponse:
    """Write one; with `publish` it stands at once."""
    return _kept(request, None) if request.method == "POST" else _form(request, None, {})


@member(Role.SITE_OFFICER)
def show(request: DeskRequest, notice_id: int) -> HttpResponse:
    """A draft to change, publish or drop; a published notice to read and to end."""
    visible = Notice.objects.visible_to(request.actor)
    notice = visible.filter(pk=notice_id).first() if notice_id < LARGEST_ID else None
    if notice is None:
        raise NotFound
    if request.method != "POST":
        return _form(request, notice, _typed(notice))
    acts: dict[str, Callable[[], None]] = {
        "drop": lambda: publishing.drop(notice, by=request.actor, at=request.now),
        "end": lambda: publishing.end(notice, until_at=request.now, by=request.actor, at=request.now),
    }
    act = next((acts[name] for name in acts if name in request.POST), None)
    if act is None:
        return _kept(request, notice)
    act()
    return redirect("desk:notices", request.agency.slug)


def _kept(request: DeskRequest, notice: Notice | None) -> HttpResponse:
    typed = read(request, QUESTIONS, agency_id=request.agency.pk, token="").raw
    filled = fill(QUESTIONS, typed, today=local(request.now).date())
    begins, ends = (moment_of(name, filled.answers, filled.errors) for name in ("from", "until"))
    if filled.errors:
        return _form(request, notice, typed, filled.errors)
    answers = filled.answers
    text = Text(answers["heading"], answers.get("text", ""), from_at=begins, until_at=ends)
    try:
        written = publishing.write(request.agency, text, by=request.actor, at=request.now, notice=notice)
        if "publish" in request.POST:
            telling.publish(written, by=request.actor, at=request.now)
    except Refusal as refusal:
        return _form(request, notice, typed, {}, refusal.message)
    return redirect("desk:notices", request.agency.slug)


def _typed(notice: Notice) -> dict[str, Any]:
    moments = typed_moment("from", notice.from_at) | typed_moment("until", notice.until_at)
    return {"heading": notice.heading, "text": notice.text, **moments}


def _chip(notice: Notice, request: DeskRequest) -> tuple[str, str]:
    if notice.published_at is None:
        return "hold", "پیش‌نویس"
    return ("none", "پایان یافت") if notice.is_over(at=request.now) else ("kept", "منتشر")


def _form(
    request: DeskRequest,
    notice: Notice | None,
    typed: Mapping[str, Value],
    errors: Mapping[str, Malformed] | None = None,
    refused: str = "",
) -> HttpResponse:
    shown = bounds(QUESTIONS, typed, errors)
    is_published = notice is not None and notice.published_at is not None
    return desk_page(
        request,
        "desk/notice.html",
        title="اطلاعیه" if notice else "اطلاعیهٔ تازه",
        here="availability",
        crumbs=(
            above(request, "وضعیت درگاه", "availability"),
            above(request, "اطلاعیه‌ها", "notices"),
        ),
        status=422 if errors or refused else 200,
        notice=notice,
        chip=_chip(notice, request) if notice else None,
        when=when(notice, at=request.now) if notice else "",
        is_published=is_published,
        is_over=is_published and notice is not None and notice.is_over(at=request.now),
        bounds=shown,
        others=[refused] if refused else [],
        errors=with_errors(shown) or refused,
    )
