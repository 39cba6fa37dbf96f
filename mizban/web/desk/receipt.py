"""The receipt that a clerk hands over or reads out: the code and the password, shown once."""

from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mizban.core.cases.admission.access import admit
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.kit.page import DueCard
from mizban.kit.requests import DeskRequest
from mizban.web.dues import due_card
from mizban.web.pages import page
from mizban.web.reasons import amount
from mizban.web.receipts import Receipt, forget, hand_over, handed_over

from .finding import member
from .frame import desk_page
from .rows import applicant_of


def to_receipt(request: DeskRequest, opened: Opened) -> HttpResponse:
    """On to the receipt, its secrets in no address and no log."""
    path = reverse("desk:receipt", args=[request.agency.slug])
    response = HttpResponseRedirect(path, status=303)
    hand_over(response, Receipt(opened.case.code, opened.password), path=path, at=request.now)
    return response


@member()
def show(request: DeskRequest) -> HttpResponse:
    """The paper of the applicant, so in the frame of the office's public pages.

    Whoever files for another unit may not see the case afterwards; the receipt itself admits to what stands on it.
    """
    receipt = handed_over(request, at=request.now)
    guest = admit(receipt.code, receipt.password) if receipt else None
    case = Case.objects.visible_to(guest).for_lists().first() if guest else None
    if receipt is None or case is None:
        return desk_page(
            request, "desk/no_receipt.html", title="رسید یک بار نشان داده می‌شود", here="new", status=404
        )
    mine = Case.objects.visible_to(request.actor).filter(pk=case.pk).exists()
    response = page(
        request,
        "desk/receipt.html",
        title=f"رسید {case.title}",
        agency=case.agency,
        is_ours=case.agency_id != request.agency.pk,
        agency_slug=request.agency.slug,
        case=case,
        password=receipt.password,
        applicant=applicant_of(case),
        due=_promise(case),
        tracking_url=request.build_absolute_uri(f"{reverse('portal:track')}?code={case.code}"),
        files=case.files.count(),
        is_visible=mine,
        clerk=request.actor.name,
    )
    forget(response, path=request.path)
    return response


def _promise(case: Case) -> DueCard:
    """The due date as paper can say it: counted from the filing, not from the day somebody reads it."""
    card, target = due_card(case, now=case.filed_at, for_applicant=True), case.target
    within = amount(target.within if target.unit == "working_days" else timedelta(minutes=target.within))
    return DueCard("open", card.day, "موعد پاسخ", (f"{within} پس از ثبت",), why=card.why)
