"""Sara, the site officer, writes a service at her desk: nothing is published while there is a fault."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, Offering, ServiceDraft, ServiceVersion
from mizban.core.events.models import Event
from mizban.core.people.actors import PUBLIC, Staff
from mizban.core.people.models import Role
from mizban.web.desk.services import guide
from tests.conftest import MARYAM, SATURDAY, make_member, signed_in
from tests.example import RESIDENCE

from .conftest import BASE, DRAFT, save

CHANGED = RESIDENCE.replace("within: 3", "within: 5")


def seen_on(page: Any) -> str:
    """Which state of the draft a page knows."""
    found = re.search(r'name="seen" value="([^"]*)"', page.content.decode())
    assert found
    return found[1]


def test_the_guide_explains_every_key_and_no_other(sara_client: Client) -> None:
    written = tomllib.loads((Path(guide.__file__).parent / "guide.toml").read_text("utf-8"))["section"]
    assert {each["name"]: set(each["says"]) for each in written} == {
        name: set(keys) for name, keys in guide.GRAMMAR.items()
    }
    address = BASE.replace("/services/", "/service-guide/")
    assert f'href="{address}"' in sara_client.get(BASE).content.decode()
    shown = sara_client.get(address).content.decode()
    assert "signed_in_starts_at</code>" in shown
    assert "`" not in shown


def test_a_new_service_goes_from_text_to_portal(sara_client: Client, agency: Agency, client: Client) -> None:
    begun = sara_client.post(BASE, {"source": RESIDENCE})
    assert (begun.status_code, begun["Location"]) == (302, DRAFT)
    page = sara_client.get(DRAFT).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    assert client.get("/markazi-roads/services/residence-certificate/").status_code == 404
    answer = sara_client.post(DRAFT, {"intent": "publish", "seen": seen[1], "note": "خدمت تازه"})
    assert answer["Location"] == f"{BASE}residence-certificate/?done=published"
    assert client.get("/markazi-roads/services/residence-certificate/").status_code == 200
    version = ServiceVersion.objects.get()
    assert (version.origin, version.note, version.published_by and version.published_by.full_name) == (
        "desk",
        "خدمت تازه",
        "سارا قنبری",
    )
    event = Event.objects.get(subject_kind="service", kind="published")
    assert (event.actor_name, event.facts["version"], event.facts["note"]) == ("سارا قنبری", 1, "خدمت تازه")
    assert not ServiceDraft.objects.exists()
    said = sara_client.get(f"{BASE}residence-certificate/").content.decode()
    assert "خدمت تازه" in said
    assert "سارا قنبری" in said


def test_every_page_of_a_service_opens(sara_client: Client, residence: Offering) -> None:
    save(sara_client, CHANGED)
    for path in (
        "",
        "residence-certificate/",
        "residence-certificate/draft/",
        "residence-certificate/draft/look/",
        "residence-certificate/rehearsal/",
        "residence-certificate/versions/1/",
    ):
        assert sara_client.get(BASE + path).status_code == 200, path
    draft = sara_client.get(DRAFT).content.decode()
    assert "مهلت «پاسخ» از ۳ به ۵ روز کاری" in draft
    look = sara_client.get(f"{DRAFT}look/").content.decode()
    assert "<svg" in look
    assert "کد پستی" in look
    assert "تنها اگر پاسخ «مالک هستم» خیر است" in look


def test_faults_stand_beside_their_lines_and_publish_nothing(
    sara_client: Client, residence: Offering
) -> None:
    broken = RESIDENCE.replace("by: expert", "by: janitor").replace("until: [approve", "until: [burn")
    answer = sara_client.post(DRAFT, {"intent": "save", "source": broken, "seen": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "«janitor» در «by» شناخته نیست" in page
    assert "سطر ۱۴" in page
    assert "approve: {label: تأیید, by: janitor" in page
    draft = ServiceDraft.objects.get()
    sent = {"intent": "publish", "seen": draft.edited_at.isoformat(), "note": "بی‌توجه به ایراد"}
    assert sara_client.post(DRAFT, sent).status_code == 422
    assert ServiceVersion.objects.count() == 1
    assert broken.split("\n")[0] in sara_client.get(DRAFT).content.decode()


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        "service: residence-certificate\na: &x [1]\nb: *x",
        "service: residence-certificate\na: !!python/object/apply:os.system [ls]",
        "service: residence-certificate\x00",
        "service: residence-certificate\nx: " + "[" * 5000,
        "service: residence-certificate\n" + "x" * 300_000,
        "service: residence-certificate\nform:\n" + "  - {name: a, kind: text, label: ب}\n" * 1200,
        "service: " + "a" * 60,
        RESIDENCE.replace("applicants:", "checks: [os.path.join]\napplicants:"),
        RESIDENCE.replace("{owner: false}", "{lease: true}"),
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    ],
    ids=lambda source: repr(source[-20:]),
)
def test_hostile_text_is_refused_in_words_on_every_door(
    sara_client: Client, residence: Offering, source: str
) -> None:
    for address in (BASE, DRAFT):
        answer = sara_client.post(address, {"intent": "save", "source": source, "seen": ""})
        assert answer.status_code in (302, 422), address
        if answer.status_code == 302:
            answer = sara_client.get(DRAFT)
        assert "تا رفع نشود چیزی منتشر نمی‌شود" in answer.content.decode()
    assert ServiceVersion.objects.count() == 1


def test_two_megabytes_and_other_encodings_are_refused(sara_client: Client, residence: Offering) -> None:
    big = {"intent": "save", "source": "x" * 2_000_000, "seen": ""}
    assert sara_client.post(DRAFT, big).status_code in (400, 413)
    for content in (RESIDENCE.encode("utf-16"), b"#" * 2_000_000, RESIDENCE.encode("cp1256", "replace")):
        upload = SimpleUploadedFile("service.yaml", content)
        answer = sara_client.post(DRAFT, {"intent": "save", "source": "", "upload": upload})
        assert answer.status_code == 422
        assert "UTF-8 نیست" in answer.content.decode() or "بلندتر است" in answer.content.decode()
    good = SimpleUploadedFile("service.yaml", CHANGED.encode("utf-8-sig"))
    assert sara_client.post(DRAFT, {"intent": "save", "source": "", "upload": good}).status_code == 302
    assert ServiceDraft.objects.get().source == CHANGED


def test_nobody_s_text_is_overwritten_unseen(
    sara_client: Client, agency: Agency, residence: Offering
) -> None:
    reza = signed_in(make_member(agency, "reza", "رضا نیکو", Role.SITE_OFFICER))
    assert save(reza, CHANGED) == 302
    answer = sara_client.post(DRAFT, {"intent": "save", "source": RESIDENCE + "# من", "seen": ""})
    assert answer.status_code == 409
    assert "رضا نیکو" in answer.content.decode()
    assert ServiceDraft.objects.get().source == CHANGED
    assert sara_client.post(DRAFT, {"intent": "publish", "seen": "", "note": "ندیده"}).status_code == 409
    assert sara_client.post(BASE, {"source": RESIDENCE + "# من"}).status_code == 422
    assert ServiceDraft.objects.get().source == CHANGED


def test_a_stale_page_neither_discards_nor_replaces_a_colleague_s_draft(
    sara_client: Client, agency: Agency, residence: Offering
) -> None:
    version = f"{BASE}residence-certificate/versions/1/"
    reza = signed_in(make_member(agency, "reza", "رضا نیکو", Role.SITE_OFFICER))
    assert save(reza, CHANGED) == 302
    assert sara_client.post(version, {"seen": ""}).status_code == 409
    assert sara_client.post(DRAFT, {"intent": "discard", "seen": ""}).status_code == 409
    assert ServiceDraft.objects.get().source == CHANGED
    seen = seen_on(sara_client.get(version))
    assert sara_client.post(version, {"seen": seen}).status_code == 302
    assert ServiceDraft.objects.get().source == RESIDENCE
    assert (
        sara_client.post(DRAFT, {"intent": "discard", "seen": seen_on(sara_client.get(DRAFT))}).status_code
        == 302
    )
    assert not ServiceDraft.objects.exists()


def test_a_text_saved_while_another_is_published_stays_a_draft(
    sara_client: Client, agency: Agency, residence: Offering, monkeypatch: pytest.MonkeyPatch
) -> None:
    reza = signed_in(make_member(agency, "reza", "رضا نیکو", Role.SITE_OFFICER))
    save(sara_client, CHANGED)
    seen, later, publish = seen_on(sara_client.get(DRAFT)), CHANGED + "# رضا\n", Offering.publish

    def at_the_same_moment(*args: Any, **named: Any) -> Offering:
        assert save(reza, later, seen=seen) == 302
        return publish(*args, **named)

    monkeypatch.setattr(Offering, "publish", at_the_same_moment)
    published = sara_client.post(DRAFT, {"intent": "publish", "seen": seen, "note": "پنج روز"})
    assert published.status_code == 302
    assert Offering.objects.get().version.source == CHANGED
    assert ServiceDraft.objects.get().source == later


def test_a_draft_is_of_its_own_service(sara_client: Client, residence: Offering) -> None:
    other = RESIDENCE.replace("service: residence-certificate", "service: other-certificate")
    answer = sara_client.post(DRAFT, {"intent": "save", "source": other, "seen": ""})
    assert answer.status_code == 422
    assert "این پیش‌نویس «residence-certificate» است" in answer.content.decode()


def test_what_is_withdrawn_takes_no_new_case_and_keeps_the_old(
    sara_client: Client, babak_client: Client, client: Client, residence: Offering
) -> None:
    portal = "/markazi-roads/services/residence-certificate/"
    assert client.get(portal).status_code == 200
    page = f"{BASE}residence-certificate/"
    assert sara_client.post(page, {"stand": "withdrawn"}).status_code == 302
    assert sara_client.post(page, {"stand": "withdrawn"}).status_code == 302
    for address in (portal, f"{portal}apply/", "/api/v1/services/markazi-roads/residence-certificate/form"):
        assert client.get(address).status_code == 410, address
    assert "گواهی سکونت" not in client.get("/markazi-roads/").content.decode()
    assert babak_client.get("/desk/markazi-roads/new/residence-certificate/").status_code == 404
    assert [event.kind for event in residence.events] == ["published", "withdrawn"]
    assert "پس‌گرفته" in sara_client.get(page).content.decode()
    sara_client.post(page, {"stand": "offered-again"})
    assert client.get(portal).status_code == 200
    assert Case.objects.count() == 0


def test_a_clerk_and_another_agency_s_officer_have_no_such_door(
    babak_client: Client, other_agency: Agency, sara_client: Client, residence: Offering
) -> None:
    save(sara_client, CHANGED)
    omid = signed_in(make_member(other_agency, "omid", "امید صادقی", Role.SITE_OFFICER))
    for path in (
        "residence-certificate/",
        "residence-certificate/draft/",
        "residence-certificate/draft/look/",
        "residence-certificate/rehearsal/",
        "residence-certificate/versions/1/",
    ):
        assert babak_client.get(BASE + path).status_code == 403, path
        assert omid.get(BASE + path).status_code == 404, path
        assert omid.get(f"/desk/other-office/services/{path}").status_code == 404, path


def test_a_file_s_text_waits_where_the_desk_wrote_its_own(
    sara_client: Client, agency: Agency, residence: Offering
) -> None:
    from mizban.core.cases.publishing import load

    assert load(agency, CHANGED, at=SATURDAY) == []
    residence.refresh_from_db()
    assert residence.version.number == 2
    Offering.publish(agency, RESIDENCE.replace("within: 3", "within: 9"), at=SATURDAY, origin="desk")
    assert load(agency, RESIDENCE.replace("within: 3", "within: 7"), at=SATURDAY) == []
    residence.refresh_from_db()
    assert residence.declaration.targets["answer"].within == 9
    page = sara_client.get(f"{BASE}residence-certificate/").content.decode()
    assert "متن تازه‌ای همراه نرم‌افزار آمده است" in page
    assert sara_client.get(f"{BASE}residence-certificate/versions/4/").status_code == 200


def test_a_case_is_moved_on_its_page_and_everybody_reads_it(
    sara_client: Client, babak_client: Client, agency: Agency, residence: Offering, as_sara: Staff
) -> None:
    answers = {"owner": "yes", "postal_code": "5166616471"}
    case = Case.open(residence, by=PUBLIC, applicant=MARYAM, answers=answers, at=SATURDAY).case
    address = f"/desk/markazi-roads/cases/{case.code}/"
    assert "بردن به نسخهٔ دیگر" not in sara_client.get(address).content.decode()
    Offering.publish(agency, CHANGED, at=SATURDAY)
    assert "بردن به نسخهٔ دیگر" in sara_client.get(address).content.decode()
    sent = {"seen": "1", "inside--version": "2", "inside--reason": ""}
    answer = sara_client.post(f"{address}version/", sent)
    assert answer.status_code == 422
    assert "«دلیل» را بنویسید" in answer.content.decode()
    moved = sara_client.post(f"{address}version/", sent | {"inside--reason": "مهلت نادرست بود"})
    assert moved["Location"] == f"{address}?done=1"
    assert Case.objects.get().version.number == 2
    page = sara_client.get(address).content.decode()
    assert "سارا قنبری پرونده را از نسخهٔ ۱ به نسخهٔ ۲ خدمت برد" in page
    assert sara_client.post(f"{address}version/", sent | {"inside--reason": "باز هم"}).status_code == 409
    assert babak_client.post(f"{address}version/", sent).status_code == 403
