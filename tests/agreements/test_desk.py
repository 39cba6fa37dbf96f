"""At the desk: from a file to a signed successor in force; what strangers and other roles get."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Staff
from mizban.core.people.models import User
from mizban.office.agreements import apart, drafting, gate
from mizban.office.agreements.models import Agreement, AgreementVersion, Draft, Effect
from mizban.office.agreements.publishing import PUBLISHED
from tests.conftest import signed_in

from .conftest import NOON, REASON, TODAY, made_ready, sent, work

DESK = "/desk/markazi-roads/agreements/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def hamed_client(hamed: User) -> Client:
    return signed_in(hamed)


def upload(client: Client, content: bytes, name: str = "متن.txt", for_: str = "1") -> Any:
    file = SimpleUploadedFile(name, content, "text/plain")
    return client.post(f"{DESK}new/", {"agreement": for_, "file": file})


def post(client: Client, draft: Draft, path: str, **typed: Any) -> Any:
    draft.refresh_from_db()
    answer = client.post(f"{DESK}drafts/{draft.pk}/{path}/", {"revision": draft.revision, **typed})
    draft.refresh_from_db()
    return answer


def test_a_file_sent_with_another_mistake_is_asked_for_again(on_paper: AgreementVersion, sara: User) -> None:
    refused = upload(signed_in(sara), (PUBLISHED / "004.txt").read_bytes(), for_="")
    assert refused.status_code == 422
    assert "فایل را دوباره برگزینید" in refused.content.decode()
    assert not Draft.objects.exists()


def test_from_a_file_to_a_signed_successor_in_force(
    on_paper: AgreementVersion, sara: User, hamed_client: Client, opened: Any, client: Client
) -> None:
    sara_client = signed_in(sara)
    answer = upload(sara_client, (PUBLISHED / "004.txt").read_bytes())
    assert sara_client.get(answer["Location"])["Refresh"] == "2"
    work()
    page = sara_client.get(answer["Location"]).content.decode()
    assert "حداکثر تا [مدت زمان] یعنی" in page
    assert "تا تاریخ ۹۹/۱۲/۲۹" in page, "the original stands beside what was read"
    draft = Draft.objects.get()
    post(sara_client, draft, "confirmation")
    post(sara_client, draft, "blanks", **{"blank-1": "دو سال"})
    post(sara_client, draft, "owner", owner="unit:housing")
    vague = next(each for each in draft.clauses if each["kind"] == "prompt-result")
    typed = {name: vague[name] for name in ("text", "kind", "obligor", "owner", "measure")}
    refused = post(sara_client, draft, f"clauses/{vague['id']}", **typed, value="هفت")
    assert refused.status_code == 422
    post(sara_client, draft, f"clauses/{vague['id']}", **typed, value="۷", unit="working_days")
    refused = post(sara_client, draft, "sending")
    assert refused.status_code == 422
    sending = post(sara_client, draft, "sending", **{"reason-contradictory-validity": REASON})
    version = AgreementVersion.objects.get(number=2)
    # The site officer sends, the director signs, once the effect on last year is counted.
    address = sending["Location"]
    assert "امضا می‌کنم" not in sara_client.get(address).content.decode()
    shown = hamed_client.get(address)
    signature = {"hash": shown.context["hash"] if shown.context else _hash(version)}
    assert hamed_client.post(f"{address}signature/", signature).status_code == 409
    work()
    assert Effect.objects.get().total == 1
    assert sara_client.post(f"{address}signature/", signature).status_code == 403
    assert hamed_client.post(f"{address}signature/", signature).status_code == 302
    assert Agreement.objects.get().current == version
    assert "۷ روز کاری" in client.get("/markazi-roads/agreements/1/").content.decode()
    told = client.get("/api/v1/agreements").json()["items"][0]
    assert (told["state"], [each["state"] for each in told["versions"]]) == (
        "in-force",
        ["replaced", "in-force"],
    )


def _hash(version: AgreementVersion) -> str:
    from mizban.office.agreements.signing import document_hash

    return document_hash(version)


def test_every_page_of_the_desk_opens(
    on_paper: AgreementVersion, as_hamed: Staff, hamed_client: Client
) -> None:
    draft = made_ready(drafting.successor_of(on_paper, by=as_hamed, at=NOON))
    waiting = sent(draft, as_hamed)
    other = drafting.successor_of(on_paper, by=as_hamed, at=NOON)
    for path in (
        *("", "new/", "1/", f"versions/{waiting.pk}/", f"versions/{on_paper.pk}/"),
        *(f"drafts/{other.pk}/", f"drafts/{other.pk}/facts/", f"drafts/{other.pk}/clauses/c1/"),
    ):
        assert hamed_client.get(DESK + path).status_code == 200, path
    for path in ("9/", "versions/999/", "drafts/999/", f"drafts/{other.pk}/clauses/c99/", f"{'9' * 30}/"):
        assert hamed_client.get(DESK + path).status_code == 404, path


def test_a_garbled_form_is_refused_and_changes_nothing(
    on_paper: AgreementVersion, as_hamed: Staff, hamed_client: Client
) -> None:
    draft = drafting.successor_of(on_paper, by=as_hamed, at=NOON)
    for path in ("facts", "confirmation", "owner", "blanks", "clauses/c1", "sending", "effects"):
        for typed in (
            {},
            {"revision": "x"},
            {"revision": "99999999999999"},
            {"days": "۹۹۹۹۹", "owner": "unit:x"},
        ):
            answer = hamed_client.post(f"{DESK}drafts/{draft.pk}/{path}/", typed)
            assert answer.status_code in (302, 409, 422), (path, typed, answer.status_code)
    before = draft.clauses
    draft.refresh_from_db()
    assert (draft.revision, draft.clauses) == (1, before)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"\x89PNG\r\n\x1a\n", "a.png", "متن نیست"),
        (b"%PDF-1.7 broken", "a.pdf", "آسیب"),
        (b"PK\x03\x04 no archive", "a.docx", "آسیب"),
        (b" \n", "a.txt", "خالی"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    on_paper: AgreementVersion, hamed_client: Client, content: bytes, name: str, says: str
) -> None:
    answer = upload(hamed_client, content, name)
    work()
    page = hamed_client.get(answer["Location"]).content.decode()
    assert "خوانده نشد" in page
    assert says in page


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    assert apart.read_apart(b"text", "a.txt", today=TODAY) == {"refused": apart.TOO_SLOW}


def test_a_notification_that_replaces_begins_a_draft(
    on_paper: AgreementVersion, hamed_client: Client, client: Client
) -> None:
    paper = SimpleUploadedFile("ابلاغیه.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "image/png")
    typed = {"number": "۱۲۳/۴", "dated_on": "1405/08/29", "does": "replaces", "file": paper}
    assert hamed_client.post(f"{DESK}1/notifications/", {**typed, "file": ""}).status_code == 422
    answer = hamed_client.post(f"{DESK}1/notifications/", typed)
    assert answer["Location"].endswith(f"/drafts/{Draft.objects.get().pk}/")
    paper.seek(0)
    assert hamed_client.post(f"{DESK}1/notifications/", typed).status_code == 409
    assert "۱۲۳/۴" in client.get("/markazi-roads/agreements/1/").content.decode()


def test_clerks_and_other_offices_do_not_keep_agreements(
    on_paper: AgreementVersion, as_hamed: Staff, babak_client: Client, dara_client: Client, mahin: User
) -> None:
    draft = drafting.successor_of(on_paper, by=as_hamed, at=NOON)
    for path in ("", f"drafts/{draft.pk}/", "1/"):
        assert babak_client.get(DESK + path).status_code == 403
        assert dara_client.get(DESK + path).status_code == 404
    assert signed_in(mahin).get(f"/desk/other-office/agreements/drafts/{draft.pk}/").status_code == 404


def test_the_five_can_all_be_drafted(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    """Each of the five texts: ready, composed, and read again with every kind of its clauses in it."""
    from mizban.office.agreements.composing import compose
    from mizban.office.agreements.reading import read_text

    for path in sorted(PUBLISHED.glob("*.txt")):
        draft = drafting.from_file(
            on_paper.agreement.agency, None, name=path.name, data=path.read_bytes(), by=as_hamed, at=NOON
        )
        drafting.read(draft, at=NOON)
        made_ready(draft)
        assert draft.valid_from is not None
        assert draft.valid_until is not None
        composed = compose(
            draft.title, draft.clauses, valid_from=draft.valid_from, valid_until=draft.valid_until
        )
        again = read_text(composed.text, today=TODAY)
        kinds = {clause["kind"] for clause in composed.clauses}
        missing = kinds - {clause.kind for clause in again.clauses}
        assert not missing, (path.name, missing)
        assert not gate.blanks(drafting.facts_of(draft))
        assert again.validity.until_gregorian == draft.valid_until.isoformat()


def test_the_other_organisation_reads_and_signs_at_its_own_desk(
    on_paper: AgreementVersion, as_hamed: Staff, hamed_client: Client, mahin: User
) -> None:
    draft = made_ready(drafting.successor_of(on_paper, by=as_hamed, at=NOON))
    other = Agency.objects.get(slug="other-office")
    drafting.change(draft, seen=draft.revision, counterpart=other)
    version = sent(draft, as_hamed)
    Effect.objects.create(
        draft=draft, value=7, unit="working_days", state="done", asked_at=NOON, from_at=NOON
    )
    theirs = f"/desk/other-office/agreements/versions/{version.pk}/"
    mahin_client = signed_in(mahin)
    assert "امضای شما" in mahin_client.get("/desk/other-office/agreements/").content.decode()
    assert mahin_client.get(theirs).status_code == 200
    assert mahin_client.post(f"{theirs}return/").status_code == 404
    signature = {"hash": _hash(version)}
    assert mahin_client.post(f"{theirs}signature/", signature).status_code == 302
    assert mahin_client.post(f"{theirs}signature/", signature).status_code == 409
    ours = f"{DESK}versions/{version.pk}/"
    assert hamed_client.post(f"{ours}signature/", signature).status_code == 302
    assert Agreement.objects.get().current == version
