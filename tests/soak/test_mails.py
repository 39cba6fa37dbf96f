"""However often and whenever the worker is killed, everybody hears of an outage, and hardly anybody twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import SYSTEM
from mizban.office.mailing import subscribing
from mizban.office.mailing.models import Delivery, Mailing, Subscription
from mizban.web.outages import open_by_hand
from tests.conftest import SATURDAY
from tests.mailing.post_office import PostOffice, open_

from .conftest import KILLS, Nursery

pytestmark = [pytest.mark.django_db(transaction=True)]
EACH_KILL_MEETS = 4
LEASE = 11  # minutes: longer than a claim of the dead lasts


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with open_() as office:
        yield office


def test_everybody_hears_however_often_the_worker_is_killed(
    agency: Agency, nursery: Nursery, post: PostOffice
) -> None:
    people = [f"nobody{number}@example.ir" for number in range((KILLS + 1) * EACH_KILL_MEETS)]
    for each in people:
        subscribing.ask(each, agency=agency, at=SATURDAY)
    Subscription.objects.update(confirmed_at=SATURDAY)
    Delivery.objects.all().delete()
    open_by_hand(agency, from_at=SATURDAY - timedelta(hours=1), what="فیبر قطع است", by=SYSTEM, at=SATURDAY)
    Mailing.objects.update(good_until=SATURDAY + timedelta(days=99))
    for kill in range(KILLS):
        # Every other worker dies when the server has its mail and has not said so.
        post.holds, post.took = (kill + 1) * EACH_KILL_MEETS, kill % 2 == 1
        post.held.clear()
        nursery.kill_when(f"post {post.port} {kill * LEASE}", post.held.is_set)
    post.holds = None
    nursery.finish(f"post {post.port} {KILLS * LEASE}")
    heard = Counter(post.to())
    assert set(heard) == set(people)
    assert sum(heard.values()) - len(people) == KILLS // 2, "twice only what the dead could not write down"
    names = defaultdict(set)
    for address, mail in post.mails:
        names[address].add(mail["Message-ID"])
    assert {len(each) for each in names.values()} == {1}, "a mail that came twice is known by its name"
    mailing = Mailing.objects.get()
    assert (mailing.sent, mailing.failed) == (len(people), 0)
