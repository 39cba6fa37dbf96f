"""A post office on loopback, a still clock, and people who want to hear of Maryam's office."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.office.mailing import outbox, sending, subscribing
from mizban.office.mailing.models import Subscription
from mizban.web.mailing import mails
from tests.conftest import SATURDAY

from .post_office import PostOffice, open_

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MAIL = "maryam@example.ir"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(SATURDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def post(settings: Any) -> Iterator[PostOffice]:
    """The server mail is sent by."""
    with open_() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", office.port, 10
        yield office


Subscribe = Callable[..., Subscription]


@pytest.fixture
def subscribe() -> Subscribe:
    """Somebody asked and confirmed before the test began."""

    def _subscribe(address: str, agency: Agency | None = None, case: Case | None = None) -> Subscription:
        subscribing.ask(address, agency=agency, case=case, at=SATURDAY - HOUR)
        made = Subscription.objects.latest("pk")
        made.deliveries.all().delete()
        Subscription.objects.filter(pk=made.pk).update(confirmed_at=SATURDAY - HOUR)
        return made

    return _subscribe


def work(**more: Any) -> int:
    """What a worker does about mail in one round."""
    outbox.fan_out(at=timezone.now())
    return sending.send(mails.write, clock=timezone.now, **({"stopped": lambda: False} | more))


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage, name: str) -> str:
    """The path of the link to this page of ours."""
    found = re.search(rf"https?://[^/\s]+(/\S*{name}/\S+)", text_of(mail))
    assert found is not None
    return found[1]
