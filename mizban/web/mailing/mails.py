"""A mail: what it says, to whom, and how one leaves; as text and as a simple page from right to left."""

from email.utils import quote
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from mizban.core.agencies.models import Agency
from mizban.kit.environment import url
from mizban.office.mailing import subscribing
from mizban.office.mailing.chosen import sender
from mizban.office.mailing.models import Delivery, Mailing, Subscription

SITE_NAME = "درگاه خدمات"
ASKED = "تأیید ایمیل برای خبرهای درگاه"
KNOWN = "این نشانی پیش‌تر تأیید شده است"


def write(mail: Delivery, address: str) -> EmailMessage:
    """The mail of a delivery. One that asks to confirm makes a fresh token, which stands nowhere but in it."""
    who = mail.subscription
    assert who is not None  # noqa: S101  # the sender drops what nobody asked for
    if mail.mailing is not None:
        return _mail(mail, address, mail.mailing.agency, **_news(mail.mailing, who))
    if who.is_confirmed:
        facts = {"heading": KNOWN, "text": f"{_of(who)} به همین نشانی ایمیل می‌شود؛ کار دیگری لازم نیست."}
        return _mail(mail, address, who.agency, **facts, leave=leaving(who))
    return _mail(mail, address, who.agency, **_question(who))


def leaving(who: Subscription) -> str:
    """The address by which a subscription ends with one press (RFC 8058)."""
    return settings.SITE + url("portal:mail-end", who.pk, subscribing.mark_of(who.pk))


def _news(mailing: Mailing, who: Subscription) -> dict[str, Any]:
    return {
        "heading": mailing.heading,
        "text": mailing.text,
        "button": ("در درگاه بخوانید", settings.SITE + mailing.path),
        "why": f"چون {_of(who)} را خواسته‌اید",
        "leave": leaving(who),
    }


def _question(who: Subscription) -> dict[str, Any]:
    token = subscribing.issue(who, at=timezone.now())
    return {
        "heading": ASKED,
        "text": f"کسی خواسته است {_of(who)} به این نشانی ایمیل شود. اگر شما بودید، تا ۴۸ ساعت تأیید کنید.\n\n"
        "اگر شما نبودید، کاری نکنید؛ دیگر ایمیلی نمی‌آید.",
        "button": ("تأیید می‌کنم", settings.SITE + url("portal:mail-confirm", token)),
    }


def _of(who: Subscription) -> str:
    """What was asked for, in words."""
    if who.case_id is not None and who.agency:
        return f"خبر قطعی و نگهداری درگاه «{who.agency.name}» تا پایان درخواست شما"
    if who.agency:
        return f"خبر قطعی، نگهداری و اطلاعیه‌های «{who.agency.name}»"
    return "خبر قطعی، نگهداری و اطلاعیه‌های همهٔ دستگاه‌های این درگاه"


def _mail(mail: Delivery, address: str, agency: Agency | None, **facts: Any) -> EmailMessage:
    usual = {"button": None, "why": "", "leave": "", "name": agency.name if agency else SITE_NAME}
    context = usual | facts
    host = sender().rsplit("@", 1)[-1]
    headers = {
        # The same for each try: a mailbox that got it twice can tell.
        "Message-ID": f"<mizban.{mail.pk}.{subscribing.mark_of(mail.pk)[:12]}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    if context["leave"]:
        headers["List-Unsubscribe"] = f"<{context['leave']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    name = agency.short_name if agency else SITE_NAME
    message = EmailMultiAlternatives(
        subject=f"{context['heading']} ({name})",
        body=render_to_string("portal/mail.txt", context),
        from_email=f'"{quote(name)}" <{sender()}>',
        to=[address],
        headers=headers,
    )
    message.attach_alternative(render_to_string("portal/mail.html", context), "text/html")
    return message
