"""«بررسی درستی سند»: by the code that stands on it, or by the file itself."""

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect

from mizban.core.cases.models import Offering
from mizban.kit.page import State
from mizban.kit.requests import Request
from mizban.lib.jalali import local
from mizban.lib.text import ascii_digits
from mizban.office.agreements.models import AgreementVersion, VersionSignature
from mizban.office.agreements.signing import is_whole
from mizban.office.agreements.words import STATES
from mizban.office.papers.models import Paper
from mizban.office.papers.printing import known, known_file
from mizban.web.official import services, versions
from mizban.web.pages import page

from .finding import methods

LARGEST = 5 * 1024**2
_CODE = re.compile(r"[0-9a-f]{32}")
UNKNOWN = "چنین سندی از این درگاه بیرون نیامده است. کد را همان‌گونه که پایین سند است بنویسید."
UNKNOWN_FILE = "این فایل همان نیست که از این درگاه بیرون آمده است: یا دستکاری شده، یا از جای دیگری است."
NO_FILE = "کد سند را بنویسید یا فایل آن را برگزینید."
TOO_LARGE = "فایل بیش از ۵ مگابایت است؛ سندهای این درگاه کوچک‌ترند."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a paper: the mark and the sentence, and who signed what it says."""

    state: State
    sentence: str
    signatures: tuple[tuple[VersionSignature, bool], ...] = ()


@methods("GET", "POST")
def ask(request: Request) -> HttpResponse:
    """The form; what is typed or sent leads to the page of the paper."""
    if request.method != "POST":
        return _form(request, "")
    code = "".join(ascii_digits(request.POST.get("code", "")[:100]).lower().split())
    sent = request.FILES.get("file")
    if sent and sent.size:
        found = known_file(sent.read()) if sent.size <= LARGEST else None
        wrong = "" if found else UNKNOWN_FILE if sent.size <= LARGEST else TOO_LARGE
    else:
        found = known(code) if _CODE.fullmatch(code) else None
        wrong = "" if found else UNKNOWN if code else NO_FILE
    return redirect("portal:verified", found.code) if found else _form(request, wrong)


@methods("GET")
def show(request: Request, paper: str) -> HttpResponse:
    """What is known of the paper with this code."""
    found = known(paper) if _CODE.fullmatch(paper) else None
    if found is None:
        return _form(request, UNKNOWN, status=404)
    return page(
        request,
        "portal/verified.html",
        title="این سند از این درگاه است",
        agency=found.agency,
        paper=found,
        verdict=_verdict(request, found),
        today=local(request.now).date(),
    )


def _form(request: Request, wrong: str, *, status: int = 0) -> HttpResponse:
    usual = 422 if wrong else 200
    return page(request, "portal/verify.html", title="بررسی درستی سند", status=status or usual, wrong=wrong)


def _verdict(request: Request, paper: Paper) -> Verdict:
    if paper.kind == Paper.Kind.VERSION:
        return _of_version(request, paper)
    offerings = Offering.objects.standing().with_versions().filter(agency=paper.agency, slug=paper.subject)
    offering = offerings.first()
    if offering is None:
        return Verdict("none", "این خدمت دیگر ارائه نمی‌شود.")
    if paper.kind == Paper.Kind.SHEET:
        now = services.identity(offering)
    else:
        source = services.source(offering, at=request.now)
        now = services.agreement(offering, source, source.write(), at=request.now)
    if now.code == paper.code:
        return Verdict("kept", "آنچه در آن نوشته شده با رفتار امروز خدمت یکی است.")
    return Verdict("soon", "از آن پس خدمت، تقویم یا اداره تغییر کرده است؛ متن امروز را در صفحهٔ خدمت ببینید.")


def _of_version(request: Request, paper: Paper) -> Verdict:
    agreement, _, number = paper.subject.partition("/")
    version = (
        AgreementVersion.objects.public()
        .filter(agreement__agency=paper.agency, agreement__number=agreement, number=number)
        .select_related("agreement__agency", "counterpart")
        .first()
    )
    if version is None or not versions.has_paper(version):
        return Verdict("late", "این نسخه دیگر شناخته نیست.")
    checked = tuple((each, is_whole(each)) for each in version.signatures.select_related("agency"))
    if not all(whole for _, whole in checked):
        return Verdict("late", "امضا با متنی که اکنون نگه داشته می‌شود نمی‌خواند.", checked)
    word, _ = STATES[version.state(today=local(request.now).date())]
    return Verdict("kept", f"امضاها درست است و بر همین متن است. وضعیت امروز این نسخه: {word}.", checked)
