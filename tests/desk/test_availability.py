"""Sara, the site officer: outages, evidence, maintenance, notices; nobody else."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role
from mizban.office.availability.models import EvidenceLetter, Maintenance, Outage
from mizban.office.mailing import subscribing
from mizban.office.mailing.models import Mailing, Subscription
from mizban.office.notices.models import Notice
from mizban.web.outages import open_by_hand
from tests.conftest import SATURDAY, make_member, signed_in

from .conftest import text_of

PNG = b"\x89PNG\r\n\x1a\n" + b"a letter of telecom"
HERE = "/desk/markazi-roads/availability/"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OUTAGE = {"from_on": "۱۴۰۵/۰۸/۳۰", "from_time": "۹:۴۵", "what": "پیامک‌ها نمی‌رسد."}
WINDOW = {
    "from_on": "۱۴۰۵/۰۹/۰۴",
    "from_time": "۲۲",
    "until_on": "۱۴۰۵/۰۹/۰۴",
    "until_time": "23:30",
    "what": "به‌روزرسانی",
}


@pytest.fixture
def outage(agency: Agency, as_sara: Staff) -> Outage:
    return open_by_hand(agency, from_at=SATURDAY - HOUR, what="فیبر قطع است", by=as_sara, at=SATURDAY)


def test_sara_opens_an_outage_and_closes_it(sara_client: Client, clock: Any) -> None:
    assert "قطعی‌ای ثبت نشده است" in text_of(sara_client.get(HERE))
    opened = sara_client.post(f"{HERE}outages/new/", OUTAGE)
    outage = Outage.objects.get()
    assert opened["Location"] == f"{HERE}outages/{outage.pk}/"
    assert (outage.from_at, outage.what) == (SATURDAY - 15 * MINUTE, "پیامک‌ها نمی‌رسد.")
    assert Notice.objects.get().text.startswith("پیامک‌ها نمی‌رسد.")
    page = text_of(sara_client.get(HERE))
    assert "اکنون" in page
    assert "قطع" in page
    clock.shift(HOUR)
    sara_client.post(opened["Location"], {"close": "1"})
    outage.refresh_from_db()
    assert outage.until_at == SATURDAY + 3 * HOUR
    assert "۳ ساعت و ۱۵ دقیقه" in text_of(sara_client.get(opened["Location"]))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"from_time": "۲۵:۰۰"}, "ساعت را چنین بنویسید"),
        ({"from_on": "دیروز"}, "تاریخ"),
        ({"what": ""}, "به مردم چه بگوییم"),
        ({"from_on": "۱۴۰۵/۰۹/۳۰"}, "قطعی نمی‌تواند در آینده باشد"),
    ],
)
def test_a_wrong_outage_is_refused_and_kept(sara_client: Client, wrong: dict[str, str], said: str) -> None:
    answer = sara_client.post(f"{HERE}outages/new/", OUTAGE | wrong)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Outage.objects.exists()


def test_telecom_needs_its_evidence(sara_client: Client, outage: Outage) -> None:
    address = f"{HERE}outages/{outage.pk}/"
    refused = sara_client.post(address, {"prove": "1", "reference": "", "issuer": "شرکت مخابرات"})
    assert refused.status_code == 422
    assert "قطعی مخابرات بدون مدرک ثبت نمی‌شود" in text_of(refused)
    late = {"prove": "1", "reference": "۸۸۱۲", "issuer": "شرکت مخابرات", "on": "۱۴۰۶/۰۱/۱۰"}
    assert "در آینده" in text_of(sara_client.post(address, late))
    sara_client.post(address, late | {"on": "۱۴۰۵/۰۸/۳۰"})
    outage.refresh_from_db()
    assert (outage.kind, outage.evidence_by) == ("telecom", "سارا قنبری")
    assert "مدرک: شرکت مخابرات، شمارهٔ ۸۸۱۲" in text_of(sara_client.get(address))


def test_the_letter_of_telecom_is_kept_sealed_and_known_by_its_hash(
    sara_client: Client, babak_client: Client, client: Client, outage: Outage, other_agency: Agency
) -> None:
    address = f"{HERE}outages/{outage.pk}/"
    proof = {"prove": "1", "reference": "۸۸۱۲", "issuer": "شرکت مخابرات"}
    wrong = sara_client.post(address, proof | {"file": SimpleUploadedFile("a.exe", b"MZ nothing")})
    assert wrong.status_code == 422
    assert "این قالب پذیرفته نیست" in text_of(wrong)
    outage.refresh_from_db()
    assert outage.kind == "fault", "nothing of a refused form is kept"
    for _ in range(2):
        sara_client.post(address, proof | {"file": SimpleUploadedFile("نامهٔ مخابرات.png", PNG)})
    letter = EvidenceLetter.objects.get()
    assert PNG not in default_storage.open(letter.stored_as).read()
    event = Event.objects.about("outage", outage.pk).get(kind="evidence_letter_kept")
    assert event.facts["sha256"] == letter.sha256 == hashlib.sha256(PNG).hexdigest()
    assert "نامهٔ مخابرات.png" in text_of(sara_client.get(address))
    # A clerk reads it too; the public reads that it is there; strangers find nothing.
    assert "نامهٔ مخابرات.png" in text_of(babak_client.get(f"{HERE}evidence/"))
    assert babak_client.get(f"{HERE}evidence/{letter.pk}/").content == PNG
    public = text_of(client.get("/markazi-roads/status/"))
    assert "نامهٔ آن نزد اداره است" in public
    assert letter.sha256[:8] in public
    assert "نامهٔ مخابرات.png" not in public
    omid = signed_in(make_member(other_agency, "omid", "امید صادقی", Role.SITE_OFFICER))
    for where in (HERE, "/desk/other-office/availability/"):
        assert omid.get(f"{where}evidence/{letter.pk}/").status_code == 404


def test_the_officer_sees_how_many_were_told_by_mail(
    sara_client: Client, outage: Outage, agency: Agency
) -> None:
    assert "هنوز کسی خبر با ایمیل نخواسته است" in text_of(sara_client.get(HERE))
    for address in ("ali@example.ir", "zahra@example.ir"):
        subscribing.ask(address, agency=agency, at=SATURDAY)
    Subscription.objects.update(confirmed_at=SATURDAY)
    assert "به ۲ نشانی ایمیل می‌شود" in text_of(sara_client.get(HERE))
    Mailing.objects.update(sent=12, failed=1)
    assert "۱۲ نفر، ۱ نرسید، در راه" in text_of(sara_client.get(HERE))
    Mailing.objects.update(fanned_at=SATURDAY)
    page = text_of(sara_client.get(f"{HERE}outages/{outage.pk}/"))
    assert "۱۲ نفر، ۱ نرسید" in page
    assert "در راه" not in page


def test_maintenance_is_announced_in_time_or_says_why_not(sara_client: Client) -> None:
    address = f"{HERE}maintenance/new/"
    assert sara_client.get(address).status_code == 200
    assert sara_client.post(address, WINDOW).status_code == 302
    window = Maintenance.objects.get()
    assert not window.is_late
    tomorrow = WINDOW | {"from_on": "۱۴۰۵/۰۹/۰۱", "until_on": "۱۴۰۵/۰۹/۰۱"}
    assert "دست‌کم ۲۴ ساعت کاری" in text_of(sara_client.post(address, tomorrow))
    assert "دلیل دیر اعلام شدن" in text_of(sara_client.post(address, tomorrow | {"late": "late"}))
    late = tomorrow | {"late": "late", "late_reason": "دیسک خراب است"}
    assert sara_client.post(address, late).status_code == 302
    assert Maintenance.objects.filter(late_reason="دیسک خراب است").exists()
    assert "نگهداری دیگری اعلام شده است" in text_of(sara_client.post(address, late))
    assert "دیرهنگام" in text_of(sara_client.get(HERE))
    sara_client.post(f"{HERE}maintenance/{window.pk}/")
    assert "لغو شد" in text_of(sara_client.get(f"{HERE}maintenance/{window.pk}/"))
    assert sara_client.post(f"{HERE}maintenance/{window.pk}/").status_code == 409


def test_a_notice_is_drafted_published_and_ended(sara_client: Client, clock: Any) -> None:
    words = {"heading": "ساعت کار در محرم", "text": "از ۹ تا ۱۲"}
    sara_client.post(f"{HERE}notices/new/", words)
    notice = Notice.objects.get()
    address = f"{HERE}notices/{notice.pk}/"
    assert "پیش‌نویس" in text_of(sara_client.get(f"{HERE}notices/"))
    assert "ساعت کار" not in text_of(sara_client.get("/markazi-roads/notices/"))
    sara_client.post(address, words | {"heading": "ساعت کار در رمضان", "publish": "1"})
    assert "ساعت کار در رمضان" in text_of(sara_client.get("/markazi-roads/"))
    refused = sara_client.post(address, words)
    assert refused.status_code == 422
    assert "دیگر تغییر نمی‌کند" in text_of(refused)
    assert sara_client.post(address, {"drop": "1"}).status_code == 409
    clock.shift(HOUR)
    sara_client.post(address, {"end": "1"})
    assert "ساعت کار" not in text_of(sara_client.get("/markazi-roads/"))
    assert sara_client.post(address, {"end": "1"}).status_code == 409


def test_a_draft_can_be_thrown_away(sara_client: Client) -> None:
    sara_client.post(f"{HERE}notices/new/", {"heading": "اشتباه"})
    sara_client.post(f"{HERE}notices/{Notice.objects.get().pk}/", {"drop": "1"})
    assert not Notice.objects.exists()


def test_only_the_site_officer_of_the_office_comes_in(
    babak_client: Client, outage: Outage, other_agency: Agency
) -> None:
    omid = signed_in(make_member(other_agency, "omid", "امید صادقی", Role.SITE_OFFICER))
    notice = Notice.objects.get()
    for address in (
        "",
        "outages/new/",
        f"outages/{outage.pk}/",
        "maintenance/new/",
        "notices/",
        f"notices/{notice.pk}/",
    ):
        assert babak_client.get(HERE + address).status_code == 403
        assert omid.get(HERE + address).status_code == 404
    own = "/desk/other-office/availability/"
    for address in (f"outages/{outage.pk}/", f"notices/{notice.pk}/", f"outages/{2**70}/"):
        assert omid.post(own + address, {"close": "1", "end": "1"}).status_code == 404
    outage.refresh_from_db()
    assert outage.is_running


def test_ten_more_outages_cost_no_more_queries(
    sara_client: Client, agency: Agency, as_sara: Staff, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        begins = SATURDAY - (2 * number + 1) * HOUR
        Outage.objects.create(
            agency=agency, what="x", from_at=begins, until_at=begins + HOUR, detected_at=begins
        )
    with django_assert_max_num_queries(16):
        sara_client.get(HERE)
