"""Papers of a service: made once, checked by code or file, never more than their content allows."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from mizban.core.cases.models import Offering
from mizban.core.people.actors import Staff
from mizban.core.people.models import User
from mizban.office.agreements import drafting, signing
from mizban.office.agreements.models import AgreementVersion, VersionSignature
from mizban.office.papers import press, printing
from mizban.office.papers.models import Paper
from mizban.web.official import services
from tests.agreements.conftest import NOON, as_hamed, hamed, made_ready, on_paper, sent, signed
from tests.conftest import SATURDAY, SERVICE_DESK

__all__ = ["as_hamed", "hamed", "on_paper"]
SERVICE = "/markazi-roads/services/service-desk/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was sent to the press, which gives a file at once instead."""
    seen: list[dict[str, Any]] = []

    def at_once(paper: dict[str, Any]) -> bytes:
        seen.append(paper)
        return f"%PDF {paper['hash']}".encode()

    monkeypatch.setattr(printing, "press", at_once)
    return seen


def test_the_agreement_of_a_service_is_a_pdf_with_its_data_inside(offering: Offering, sara: User) -> None:
    source = services.source(offering, at=NOON)
    draft = services.agreement(offering, source, source.write(), at=NOON)
    paper = printing.printed(draft, verify_at="https://khedmat.example.ir/verify/", at=NOON)
    reader = PdfReader(BytesIO(bytes(paper.pdf)))
    assert len(reader.pages) in (2, 3)
    inside = json.loads(reader.attachments["paper.json"][0])
    assert inside["parts"][0]["heading"] == "۱. مقدمه"
    assert inside["verify"] == f"https://khedmat.example.ir/verify/{paper.code}/"
    assert press.press(inside) == bytes(paper.pdf), "the same content is the same file"


def test_a_paper_is_made_once_and_anew_when_the_service_changes(
    client: Client, offering: Offering, sara: User, pressed: list[dict[str, Any]]
) -> None:
    for host in ("localhost", "127.0.0.1:81", "localhost:82"):
        assert client.get(f"{SERVICE}agreement.pdf", headers={"host": host}).status_code == 200
    assert client.get(f"{SERVICE}agreement.pdf?x=1")["Content-Type"] == "application/pdf"
    assert len(pressed) == 1
    first = Paper.objects.get()
    assert "درست" in client.get(f"/verify/{first.code}/").content.decode()
    text = SERVICE_DESK.read_text("utf-8").replace("within: 7", "within: 6", 1)
    Offering.publish(offering.agency, text, at=SATURDAY)
    client.get(f"{SERVICE}agreement.pdf")
    assert len(pressed) == 2
    assert "۶ روز کاری" in json.dumps(pressed[1], ensure_ascii=False)
    assert "متن تازه‌تری هست" in client.get(f"/verify/{first.code}/").content.decode()


def test_the_pages_say_what_the_papers_say(client: Client, offering: Offering, sara: User) -> None:
    written = client.get(f"{SERVICE}agreement/").content.decode()
    assert "حداکثر ظرف ۷ روز کاری پس از ثبت" in written
    # The number is isolated: its hyphen would turn it around.
    phone = '<bdi dir="ltr">۰۸۶-۳۲۲۳۴۴۵۵</bdi>'
    assert f"سارا قنبری، تلفن {phone}، شنبه تا چهارشنبه، ۷:۳۰ تا ۱۵" in written
    assert "از ۱ آذر ۱۴۰۵" in written or "۱ آذر" in written
    sheet = client.get(f"{SERVICE}identity/").content.decode()
    assert "خدمت به شهروندان (G2C)" in sheet
    assert "نخستین واکنش" in sheet
    assert f"{SERVICE}identity/" in client.get(SERVICE).content.decode()


def test_a_file_is_known_to_the_last_byte(
    client: Client, offering: Offering, pressed: list[dict[str, Any]]
) -> None:
    pdf: bytes = client.get(f"{SERVICE}identity.pdf").content
    paper = Paper.objects.get()

    def ask(data: bytes) -> Any:
        return client.post("/verify/", {"file": SimpleUploadedFile("sheet.pdf", data)})

    assert ask(pdf)["Location"] == f"/verify/{paper.code}/"
    assert ask(pdf + b" ").status_code == 422
    assert (
        client.post("/verify/", {"code": printing.short(paper.code)})["Location"] == f"/verify/{paper.code}/"
    )
    for typed in ("", "x", "0" * 32, "۱" * 32, "\0" * 40):
        assert client.post("/verify/", {"code": typed}).status_code == 422
    for wrong in ("0" * 32, "abc", paper.code.upper()):
        assert client.get(f"/verify/{wrong}/").status_code == 404


def test_a_signed_version_shows_who_signed_it(
    client: Client, on_paper: AgreementVersion, as_hamed: Staff, pressed: list[dict[str, Any]]
) -> None:
    # What came on paper has no paper of ours.
    assert client.get("/markazi-roads/agreements/1/versions/1.pdf").status_code == 404
    version = sent(made_ready(drafting.successor_of(on_paper, by=as_hamed, at=NOON)), as_hamed)
    assert client.get("/markazi-roads/agreements/1/versions/2.pdf").status_code == 404, "nobody signed yet"
    signed(version, as_hamed)
    assert client.get("/markazi-roads/agreements/1/versions/2.pdf").status_code == 200
    assert pressed[0]["signatures"][0]["name"] == "حامد تبریزی"
    assert signing.document_hash(version) in pressed[0]["check"]
    shown = f"/verify/{Paper.objects.get().code}/"
    assert "امضاها درست است" in client.get(shown).content.decode()
    VersionSignature.objects.update(name="کس دیگر")
    assert "نمی‌خواند" in client.get(shown).content.decode()


def test_a_press_that_fails_is_said_so(
    client: Client, offering: Offering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(paper: dict[str, Any]) -> bytes:
        raise press.PressFailed

    monkeypatch.setattr(printing, "press", broken)
    assert client.get(f"{SERVICE}agreement.pdf").status_code == 503
    assert not Paper.objects.exists()
