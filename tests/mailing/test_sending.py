"""Mails reach who asked, once each, whatever the mail server and the worker go through."""

import socket
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case
from mizban.core.people.actors import Staff
from mizban.office.availability.maintenance import Plan
from mizban.office.availability.models import Outage
from mizban.office.mailing import outbox, sending
from mizban.office.mailing.models import Delivery, Mailing, Subscription
from mizban.office.notices.publishing import Text
from mizban.office.notices.publishing import write as write_notice
from mizban.web import outages
from mizban.web.mailing import telling
from tests.conftest import SATURDAY, make_agency

from .conftest import HOUR, MAIL, MINUTE, Subscribe, text_of, work
from .post_office import PostOffice

DAY = timedelta(days=1)
OTHERS = ("ali@example.ir", "zahra@example.org", "reza@example.ir")


@pytest.fixture
def outage(agency: Agency, as_sara: Staff) -> Outage:
    return outages.open_by_hand(
        agency, from_at=SATURDAY - 7 * MINUTE, what="پیامک‌ها نمی‌رسد.", by=as_sara, at=SATURDAY
    )


def everybody(subscribe: Subscribe, agency: Agency) -> None:
    for address in OTHERS:
        subscribe(address, agency)


def test_an_outage_and_its_end_are_told_in_persian(
    post: PostOffice, agency: Agency, subscribe: Subscribe, as_sara: Staff, outage: Outage, clock: Any
) -> None:
    subscribe(MAIL, agency)
    assert work() == 1
    clock.shift(HOUR)
    outages.close(outage, until_at=SATURDAY + HOUR, by=as_sara, at=SATURDAY + HOUR)
    work()
    (to, began), (_, ended) = post.mails
    assert to == MAIL
    assert str(began["Subject"]).strip() == f"درگاه در دسترس نیست ({agency.short_name})"
    assert "از شنبه ۳۰ آبان ۱۴۰۵، ۹:۵۳" in text_of(began)
    assert "پیامک‌ها نمی‌رسد." in text_of(began)
    page = began.get_body(("html",))
    assert page is not None
    assert 'dir="rtl"' in page.get_content()
    assert "درگاه دوباره در دسترس است" in str(ended["Subject"])
    assert "قطعی ۱ ساعت و ۷ دقیقه بود: شنبه ۳۰ آبان ۱۴۰۵، ۹:۵۳ تا ۱۱:۰۰" in text_of(ended)
    told = Mailing.objects.order_by("pk").values_list("occasion", "sent", "failed")
    assert list(told) == [("outage", 1, 0), ("mended", 1, 0)]


def test_each_mail_can_be_left_with_one_press(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage, client: Client
) -> None:
    subscribe(MAIL, agency)
    work()
    mail = post.mails[0][1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip("<>").split("8000", 1)[1]
    assert "نفرستیم؟" in client.get(address).content.decode()
    assert Subscription.objects.count() == 1  # looking ends nothing
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):  # mail programs press without a page, and twice at times
        assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()
    assert client.post(address.replace("/end/", "/end/9")).status_code == 404


def test_maintenance_is_announced_and_called_off(
    post: PostOffice, agency: Agency, subscribe: Subscribe, as_sara: Staff
) -> None:
    subscribe(MAIL, agency)
    plan = Plan(SATURDAY + 7 * DAY, SATURDAY + 7 * DAY + HOUR, "تعویض دیسک")
    window = outages.announce(agency, plan, by=as_sara, at=SATURDAY)
    outages.end_maintenance(window, by=as_sara, at=SATURDAY)
    work()
    announced, called_off = [text_of(mail) for _, mail in post.mails]
    assert "شنبه ۷ آذر ۱۴۰۵، ۱۰:۰۰ تا ۱۱:۰۰" in announced
    assert "تعویض دیسک" in announced
    assert "لغو شد" in called_off


def test_who_asked_for_all_offices_or_by_a_case_hears_once(
    post: PostOffice, agency: Agency, subscribe: Subscribe, case: Case, outage: Outage
) -> None:
    subscribe(MAIL)
    subscribe(MAIL, agency)
    subscribe(MAIL.upper(), case=case)
    subscribe("stranger@example.ir", make_agency("elsewhere", "ادارهٔ دیگر"))
    work()
    assert post.to() == [MAIL]


def test_a_case_hears_of_disruptions_while_it_is_open(
    post: PostOffice, agency: Agency, subscribe: Subscribe, case: Case, as_sara: Staff
) -> None:
    subscribe(MAIL, case=case)
    notice = write_notice(agency, Text("ساعت کار"), by=as_sara, at=SATURDAY)
    telling.publish(notice, by=as_sara, at=SATURDAY)
    work()
    assert not post.mails
    first = outages.open_by_hand(agency, from_at=SATURDAY - HOUR, what="x", by=as_sara, at=SATURDAY)
    work()
    assert post.to() == [MAIL]
    Case.objects.filter(pk=case.pk).update(is_open=False)
    outages.close(first, until_at=SATURDAY, by=as_sara, at=SATURDAY)
    work()
    assert post.to() == [MAIL]


def test_a_notice_costs_one_row_whatever_the_number_of_subscribers(
    agency: Agency, subscribe: Subscribe, as_sara: Staff
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            made = outages.open_by_hand(agency, from_at=SATURDAY - HOUR, what="x", by=as_sara, at=SATURDAY)
        Outage.objects.filter(pk=made.pk).update(from_at=SATURDAY - 9 * HOUR, until_at=SATURDAY - 8 * HOUR)
        return len(asked)

    alone = queries()
    everybody(subscribe, agency)
    assert queries() == alone


def test_one_mailbox_that_is_not_there_keeps_no_other_from_hearing(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage
) -> None:
    everybody(subscribe, agency)
    post.says["ali@example.ir"] = "550 no such user"
    work()
    assert post.to() == list(OTHERS[1:])
    mailing = Mailing.objects.get()
    assert (mailing.sent, mailing.failed) == (2, 1)


def test_after_three_mails_nobody_took_a_mailbox_is_left_alone(
    post: PostOffice, agency: Agency, subscribe: Subscribe, as_sara: Staff
) -> None:
    subscribe("ali@example.ir", agency)
    post.says["ali@example.ir"] = "550 no such user"
    for number in range(4):
        notice = write_notice(agency, Text(f"اطلاعیهٔ {number}"), by=as_sara, at=SATURDAY)
        telling.publish(notice, by=as_sara, at=SATURDAY)
        work()
    assert [each.failed for each in Mailing.objects.order_by("pk")] == [1, 1, 1, 0]


def test_a_server_that_says_later_is_asked_later_and_later(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage, clock: Any
) -> None:
    subscribe(MAIL, agency)
    post.says[MAIL] = "451 greylisted"
    for pause in (MINUTE, 2 * MINUTE, 4 * MINUTE):
        assert work() == 1
        assert work() == 0
        clock.shift(pause)
    post.says.clear()
    work()
    assert post.to() == [MAIL]
    assert Mailing.objects.get().failed == 0


def test_a_mail_the_server_will_not_have_is_the_mailbox_s_fault_in_no_way(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage
) -> None:
    made = subscribe(MAIL, agency)
    post.says["."] = "554 we do not like it"
    work()
    made.refresh_from_db()
    assert (Delivery.objects.get().why, made.bounces) == ("554", 0)


@pytest.mark.parametrize("fault", ["refused", "hangs", "unwilling", "dies"])
def test_a_dead_server_costs_no_mail(
    fault: str,
    post: PostOffice,
    agency: Agency,
    subscribe: Subscribe,
    outage: Outage,
    clock: Any,
    settings: Any,
) -> None:
    everybody(subscribe, agency)
    settings.EMAIL_TIMEOUT = 0.2
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: refused
        if fault == "refused":
            settings.EMAIL_PORT = nobody.getsockname()[1]
        elif fault == "hangs":
            post.hangs = True
        else:
            post.says[{"unwilling": "hello", "dies": "MAIL"}[fault]] = "421 not now"
        assert work() == 0
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT, post.hangs = post.port, 10, False
    post.says.clear()
    clock.shift(5 * MINUTE)
    work()
    assert sorted(post.to()) == sorted(OTHERS)
    assert Mailing.objects.get().sent == 3


class Killed(BaseException):
    """What a worker that is killed does not get to handle."""


def test_a_worker_killed_between_two_mails_sends_none_twice(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage, clock: Any
) -> None:
    everybody(subscribe, agency)

    def killed() -> bool:
        if post.mails:
            raise Killed
        return False

    with pytest.raises(Killed):
        work(stopped=killed)
    clock.shift(HOUR)
    work()
    assert sorted(post.to()) == sorted(OTHERS)


def test_killed_before_it_could_write_down_that_a_mail_went_out_the_mail_goes_out_again(
    post: PostOffice,
    agency: Agency,
    subscribe: Subscribe,
    outage: Outage,
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once, after the claim has run out, under the same Message-ID; meanwhile the others hear."""

    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    everybody(subscribe, agency)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "_end", killed)
        with pytest.raises(Killed):
            work()
    work()
    assert sorted(post.to()) == sorted(OTHERS)
    clock.shift(sending.LEASE + MINUTE)
    work()
    again = [mail["Message-ID"] for address, mail in post.mails if address == OTHERS[0]]
    assert len(post.mails) == 4
    assert len(again) == 2
    assert len(set(again)) == 1
    assert Mailing.objects.get().sent == 3


def test_killed_while_mails_are_written_nobody_gets_two(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    everybody(subscribe, agency)
    outbox.fan_out(at=SATURDAY, most=1)  # and then it dies
    assert Delivery.objects.count() == 2
    work()
    assert sorted(post.to()) == sorted(OTHERS)


def test_two_workers_share_the_mails(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage
) -> None:
    """The second comes while the first is between two mails, with the same ones before it."""
    everybody(subscribe, agency)
    asked = iter([False, True])

    def second_at_work() -> bool:
        if next(asked, False):
            work()
        return False

    work(stopped=second_at_work)
    assert sorted(post.to()) == sorted(OTHERS)


def test_who_leaves_before_the_mail_goes_out_gets_none(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage
) -> None:
    made = subscribe(MAIL, agency)
    outbox.fan_out(at=SATURDAY)
    made.delete()
    work()
    assert not post.mails
    assert Mailing.objects.get().failed == 0


def test_yesterday_s_news_is_not_sent(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage, clock: Any
) -> None:
    subscribe(MAIL, agency)
    outbox.fan_out(at=SATURDAY)
    clock.shift(25 * HOUR)
    work()
    assert not post.mails
    assert Mailing.objects.get().failed == 1


def test_without_a_server_nothing_is_written_down(
    settings: Any, agency: Agency, subscribe: Subscribe, as_sara: Staff
) -> None:
    subscribe(MAIL, agency)
    settings.MAIL_FROM = ""
    outages.open_by_hand(agency, from_at=SATURDAY - HOUR, what="x", by=as_sara, at=SATURDAY)
    assert not Mailing.objects.exists()


def test_no_address_is_logged_whatever_happens(
    post: PostOffice, agency: Agency, subscribe: Subscribe, outage: Outage, capsys: Any, caplog: Any
) -> None:
    everybody(subscribe, agency)
    post.says.update({OTHERS[0]: f"550 {OTHERS[0]} unknown", OTHERS[1]: f"451 {OTHERS[1]}", "MAIL": "421 x"})
    work()
    post.says.pop("MAIL")
    work()
    said = capsys.readouterr()
    assert not [each for each in OTHERS if each in said.out + said.err + caplog.text]
