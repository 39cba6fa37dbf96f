"""The end of an agreement: backed up, restored on trial, signed, kept, erased; nothing out of turn."""

import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, CaseWord, Offering
from mizban.core.cases.papers import files
from mizban.core.cases.publishing import offer_again
from mizban.core.people.actors import Staff
from mizban.core.people.models import User
from mizban.office.agreements import drafting
from mizban.office.agreements.ending import backup, restoring, steps, vault
from mizban.office.agreements.models import Agreement, AgreementVersion, Draft, Ending
from mizban.office.agreements.recording import history
from mizban.office.agreements.refusals import (
    BackupOutdated,
    NotTheDirector,
    NoVerifiedBackup,
    OneOnItsWay,
    StillKept,
)
from tests.conftest import MARYAM, REQUEST, SATURDAY, signed_in

from .conftest import NOON, TODAY, made_ready, sent, signed, work

DESK = "/desk/markazi-roads/agreements/1/"
PAPER = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
KEPT = TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def maryams(on_paper: AgreementVersion, open_case: Callable[..., Opened], as_babak: Staff) -> Case:
    """Maryam's case with a paper, answered."""
    paper = files.keep(
        as_babak.agency_id, "papers", "کارت.png", PAPER, size=len(PAPER), token="t", at=SATURDAY
    )
    case = open_case(files={"papers": [paper]}, token="t", agreement_version=on_paper.pk).case
    # To the microsecond, as clocks tell it: a backup that cuts it has another chain.
    at = SATURDAY + timedelta(microseconds=123_456)
    case.take("reply", by=as_babak, at=at, answers={"reply": "پروانه آماده است."})
    return case


def begun(client: Client) -> Any:
    """A notification that ends, and the first step of the wizard."""
    paper = SimpleUploadedFile("ابلاغیه.png", PAPER, "image/png")
    typed = {"number": "۹۸", "dated_on": "1405/08/29", "does": "ends", "file": paper}
    assert client.post(f"{DESK}notifications/", typed).status_code == 302
    number = Agreement.objects.get().notifications.get().pk
    return client.post(
        f"{DESK}ending/", {"notification": number, "manner": "ended", "keep_until": "1405/09/30"}
    )


def seen() -> dict[str, str]:
    """What the director's page says he signs."""
    return {"hash": Ending.objects.get().sha256}


def test_the_whole_wizard(
    maryams: Case,
    hamed: User,
    sara: User,
    client: Client,
    clock: Any,
    as_babak: Staff,
    open_case: Callable[..., Opened],
    django_capture_on_commit_callbacks: Any,
) -> None:
    hamed_client, sara_client = signed_in(hamed), signed_in(sara)
    assert "ابلاغیه‌ای که پایان دهد وارد نشده" in hamed_client.get(f"{DESK}ending/").content.decode()
    assert begun(sara_client).status_code == 302
    # Not before the backup was tried, and never by another hand than the director's.
    assert hamed_client.post(f"{DESK}ending/signature/", seen()).status_code == 409
    work()
    ending = Ending.objects.get()
    assert (ending.state, ending.compared["counts"]["cases"]) == ("verified", 1)
    assert sara_client.post(f"{DESK}ending/signature/", seen()).status_code == 403
    assert sara_client.get(f"{DESK}ending/backup/").status_code == 404
    _look_into(hamed_client.get(f"{DESK}ending/backup/"), maryams)
    # What happens after the backup asks for another one.
    maryams.refresh_from_db()
    maryams.take("close", by=as_babak, at=timezone.now())
    assert hamed_client.post(f"{DESK}ending/signature/", seen()).status_code == 409
    assert hamed_client.post(f"{DESK}ending/backup/").status_code == 302
    work()
    assert hamed_client.post(f"{DESK}ending/signature/", seen()).status_code == 302
    agreement = Agreement.objects.get()
    assert agreement.current.state(today=TODAY) == "ended"
    assert Agreement.objects.binding(agreement.agency, "service-desk", today=TODAY) is None
    assert hamed_client.post(f"{DESK}ending/erasure/").status_code == 409
    offer_again(Offering.objects.get(), by=as_babak, at=NOON)
    later = open_case(at=NOON + timedelta(hours=1)).case
    clock.shift(timedelta(days=31))
    hamed_client = signed_in(hamed)
    assert hamed_client.post(f"{DESK}ending/erasure/").status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        work()
    _look_for_nothing(maryams)
    later.refresh_from_db()
    assert later.wrapped_key is not None, "what was filed after the end is not part of it"
    page = hamed_client.get(f"{DESK}ending/certificate/").content.decode()
    assert "گواهی نابودسازی" in page
    assert "حامد تبریزی" in page
    told = [event.kind for event in history(agreement)]
    assert told[-3:] == ["backup-verified", "ended", "data-erased"]
    assert client.get("/markazi-roads/agreements/1/").status_code == 200
    assert client.get("/markazi-roads/services/service-desk/").status_code == 200, "offered again"


def test_an_ended_agreement_takes_no_case_until_another_begins_and_open_ones_run_on(
    on_paper: AgreementVersion,
    as_hamed: Staff,
    as_babak: Staff,
    hamed: User,
    client: Client,
    open_case: Callable[..., Opened],
) -> None:
    running = open_case(agreement_version=on_paper.pk).case
    begun(signed_in(hamed))
    made = {"fingerprint": backup.fingerprint(on_paper.agreement)}
    Ending.objects.update(state=Ending.State.VERIFIED, made=made, sha256="0" * 64)
    steps.sign(Ending.objects.get(), by=as_hamed, at=NOON, seen_hash="0" * 64)

    service = "/markazi-roads/services/service-desk/"
    for address in (service, f"{service}apply/", "/markazi-roads/complaints/new/"):
        answer = client.get(address)
        assert answer.status_code == 410, address
        assert (
            "از ۳۰ آبان ۱۴۰۵ درخواست تازه نمی‌پذیرد، چون توافق‌نامهٔ سطح خدمت آن پایان یافت"
            in answer.content.decode()
        )
    who = {"kind": "natural", "name": MARYAM.name, "national_id": MARYAM.identifier, "mobile": MARYAM.mobile}
    body = {"agency": "markazi-roads", "service": "service-desk", "applicant": who, "answers": REQUEST}
    for refused in (
        client.get("/api/v1/services/markazi-roads/service-desk/form"),
        client.post("/api/v1/cases", body, "application/json"),
    ):
        problem = refused.json()
        assert (refused.status_code, problem["code"]) == (410, "service-withdrawn")
        assert "پایان یافت" in problem["detail"]
    assert service not in client.get("/markazi-roads/").content.decode()

    running.take("reply", by=as_babak, at=NOON + timedelta(hours=1), answers={"reply": "پروانه آماده است."})
    assert (running.agreement_version, running.answered_at is None) == (on_paper.pk, False)

    draft = made_ready(drafting.successor_of(on_paper, by=as_hamed, at=NOON))
    Draft.objects.filter(pk=draft.pk).update(agreement=None)
    signed(sent(Draft.objects.get(pk=draft.pk), as_hamed), as_hamed)
    assert client.get(service).status_code == 200


def _look_into(answer: Any, case: Case) -> None:
    """A stranger to Mizban can read it: a manifest, a bundle for each person, the paper as it was sent."""
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:
        manifest = json.loads(packed.read("manifest.json"))
        bundle = json.loads(packed.read(f"people/000001/case-{case.code}.json"))
        paper = packed.read(f"people/000001/{bundle['files'][0]['path']}")
    assert manifest["counts"]["people"] == 1
    assert bundle["applicant"]["name"] == MARYAM.name
    assert REQUEST["text"] in json.dumps(bundle, ensure_ascii=False)
    assert paper == PAPER


def _look_for_nothing(case: Case) -> None:
    case.refresh_from_db()
    assert case.wrapped_key is None
    assert not CaseWord.objects.filter(case=case).exists()
    assert not default_storage.exists(case.files.get().stored_as)
    ending = Ending.objects.get()
    assert (ending.state, ending.stored_as, ending.wrapped_key) == ("erased", "", None)
    events = list(case.events)
    for before, event in pairwise(events):
        assert event.chained_to(bytes(before.hash)) == bytes(event.hash)
    assert events[-1].kind == "erased"


def test_the_director_signs_the_backup_that_was_on_the_page(
    maryams: Case, hamed: User, sara: User, clock: Any
) -> None:
    hamed_client = signed_in(hamed)
    begun(signed_in(sara))
    work()
    before = seen()
    assert before["hash"] in hamed_client.get(f"{DESK}ending/").content.decode()
    clock.shift(timedelta(minutes=5))  # made in the same moment it would be the same
    signed_in(sara).post(f"{DESK}ending/backup/")
    work()
    assert hamed_client.post(f"{DESK}ending/signature/", before).status_code == 409
    assert hamed_client.post(f"{DESK}ending/signature/", seen()).status_code == 302


def test_nothing_is_destroyed_while_somebody_waits_for_an_answer(
    on_paper: AgreementVersion, open_case: Callable[..., Opened], hamed: User, clock: Any
) -> None:
    waiting = open_case(agreement_version=on_paper.pk).case
    hamed_client = signed_in(hamed)
    begun(hamed_client)
    work()
    assert hamed_client.post(f"{DESK}ending/signature/", seen()).status_code == 302
    clock.shift(timedelta(days=31))
    hamed_client = signed_in(hamed)
    page = hamed_client.get(f"{DESK}ending/").content.decode()
    assert "۱ پرونده هنوز باز است" in page
    assert "داده‌ها نابود شود" not in page
    refused = hamed_client.post(f"{DESK}ending/erasure/")
    assert (refused.status_code, "باز است" in refused.content.decode()) == (409, True)
    work()
    waiting.refresh_from_db()
    assert waiting.wrapped_key is not None


def test_no_end_while_another_version_waits_for_signatures(
    maryams: Case, on_paper: AgreementVersion, hamed: User, as_hamed: Staff
) -> None:
    begun(signed_in(hamed))
    work()
    sent(made_ready(drafting.successor_of(on_paper, by=as_hamed, at=NOON)), as_hamed)
    ending = Ending.objects.get()
    with pytest.raises(OneOnItsWay):
        steps.sign(ending, by=as_hamed, at=NOON, seen_hash=ending.sha256)
    ending.refresh_from_db()
    assert ending.state == "verified"
    assert Agreement.objects.get().in_force == on_paper


def test_of_two_backups_at_once_the_later_counts_and_the_other_is_gone(
    maryams: Case, hamed: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(signed_in(hamed))
    ending, made = Ending.objects.get(), steps._made  # noqa: SLF001  # another worker is let in at its end

    left: list[str] = []

    def slowly(agreement: Agreement, *, at: Any) -> Any:
        facts = made(agreement, at=at)
        left.append(facts["stored_as"])
        monkeypatch.setattr(steps, "_made", made)
        assert steps.back_up(ending.pk, at=NOON) == "verified"
        return facts

    monkeypatch.setattr(steps, "_made", slowly)
    assert steps.back_up(ending.pk, at=NOON) == "superseded"
    ending.refresh_from_db()
    assert [default_storage.exists(each) for each in (ending.stored_as, *left)] == [True, False]


def test_a_backup_that_was_touched_is_not_accepted(maryams: Case, tmp_path: Any) -> None:
    agreement = Agreement.objects.get()
    archive = backup.make(agreement, tmp_path, at=NOON)
    rows = (tmp_path / "backup" / "tables" / "events.jsonl").read_text("utf-8")
    touched = tmp_path / "touched.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(touched, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content if name != "tables/events.jsonl" else rows.replace("filed", "filde"))
    with pytest.raises(restoring.NotTheSame, match=r"events\.jsonl"):
        restoring.compare(agreement, touched, tmp_path / "restored")


def test_a_stored_backup_cut_short_is_noticed(maryams: Case, tmp_path: Any) -> None:
    from mizban.core.sealing.cipher import BrokenSeal, new_key

    plain, key = tmp_path / "plain", new_key()
    plain.write_bytes(b"x" * 100)
    whole = default_storage.open(vault.put(plain, key)).read()
    from django.core.files.base import ContentFile

    cut = default_storage.save("backups/cut", ContentFile(whole[: len(whole) - 32]))
    with pytest.raises(BrokenSeal):
        list(vault.frames(cut, key))


def test_no_end_out_of_turn(maryams: Case, as_hamed: Staff, as_sara: Staff, hamed: User) -> None:
    begun(signed_in(hamed))
    ending = Ending.objects.get()
    with pytest.raises(NoVerifiedBackup):
        steps.sign(ending, by=as_hamed, at=NOON, seen_hash="")
    with pytest.raises(StillKept):
        steps.erase_all(ending.pk, by=as_hamed, at=NOON)
    ending.state, ending.made = Ending.State.VERIFIED, {"fingerprint": {"cases": 0}}
    ending.save()
    with pytest.raises(NotTheDirector):
        steps.sign(ending, by=as_sara, at=NOON, seen_hash="")
    with pytest.raises(BackupOutdated):
        steps.sign(ending, by=as_hamed, at=NOON, seen_hash=ending.sha256)


def test_what_would_be_kept_until_today_is_not_kept(
    on_paper: AgreementVersion, as_hamed: Staff, hamed: User
) -> None:
    begun(signed_in(hamed))
    notification = Agreement.objects.get().notifications.get()
    with pytest.raises(steps.KeepTooShort):
        steps.begin(notification, manner="ended", keep_until=TODAY, by=as_hamed, at=NOON)
