"""Whatever is sent, nobody gets a 500, and nothing is filed or opened by accident."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from mizban.core.cases.filing import opening
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case, CaseFile
from mizban.core.cases.papers import quota

from .conftest import APPLY, NOON, PNG, RECEIPT, TYPED, file, hidden, png, press, review, track, words_of

NASTY = [
    "\x00", "a\x00b", "\ufffe\uffff", "\u202e\u2066" * 50, "x" * 200_000, "۹" * 5000, "'\"><script>", "{{7*7}}{%",
    "%s%n", "-1", "1e309", "9" * 400, "../../etc/passwd", "\r\nSet-Cookie: x=1", "🕌" * 300, "\ud7ff\ue000", " \u200c ",
]  # fmt: skip
POSTS = [APPLY, "/track/", "/track/reset/", "/track/leave/", "/track/case/steps/withdraw/"]


@pytest.fixture
def guest(maryam: Client, opened: Opened) -> Client:
    track(maryam, opened)
    return maryam


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_values_in_every_field(guest: Client, nasty: str) -> None:
    names = [
        *TYPED,
        "about",
        "happened_on",
        "address",
        "token",
        "intent",
        "at-page",
        "from-review",
        "papers__kept",
        "remove",
        "code",
    ]
    typed = {
        **dict.fromkeys([*names, "password", "one_time_code", "seen", "reason", "withdraw-reason"], nasty)
    }
    for address in POSTS:
        assert guest.post(address, typed).status_code < 500
    for intent in ("review", "edit", "file"):
        assert guest.post(APPLY, {**typed, "intent": intent}).status_code < 500
    for name in names:
        assert guest.post(APPLY, {**TYPED, "intent": "file", name: nasty}).status_code < 500
    assert Case.objects.count() == 1


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_values_in_addresses_and_cookies(guest: Client, opened: Opened, nasty: str) -> None:
    part = quote(nasty[:300])
    for address in (
        f"/track/?code={part}", f"{APPLY}?kind={part}&department={part}", f"/{part}/",
        f"/markazi-roads/services/{part}/", f"/markazi-roads/services/service-desk/?kind={part}",
        f"/markazi-roads/?q={part}&for={part}", f"/?q={part}", f"/{part}/notices/", f"/{part}/questions/new/",
        f"/track/case/files/{part}/", f"/track/case/steps/{part}/", f"/track/reset/?code={part}&{part}={part}",
    ):  # fmt: skip
        assert guest.get(address).status_code < 500
    for name in ("mizban_guest", "mizban_known", "mizban_receipt"):
        fresh = Client()
        # As a server hands it on: bytes as Latin-1, without line ends.
        fresh.cookies[name] = nasty[:3000].replace("\r\n", "").encode().decode("latin-1")
        for address in ("/track/case/", RECEIPT, "/track/"):
            assert fresh.get(address).status_code < 500
        assert track(fresh, opened).status_code == 200


@pytest.mark.parametrize("number", ["0", "9223372036854775807", "9223372036854775808", "9" * 40, "9" * 5000])
def test_numbers_beyond_every_column_are_not_found(guest: Client, number: str) -> None:
    assert guest.get(f"/track/case/files/{number}/").status_code == 404
    response = guest.post(APPLY, {**TYPED, "remove": number, "papers__kept": number})
    assert response.status_code == 200


def part(name: str, content: bytes) -> bytes:
    return b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n--x--' % (name.encode(), content)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=", b"--x\r\n"),
        ("multipart/form-data; boundary=x", part('papers"; filename="a\x00b.png', b"\x89PNG")),
        ("multipart/form-data; boundary=x; charset=rot13", part("text", b"abc")),
        ("multipart/form-data; boundary=x; charset=unicode_escape", part("text", rb"\ud800")),
        ("application/x-www-form-urlencoded; charset=rot13", b"text=abc"),
        ("application/x-www-form-urlencoded", b"text=%ED%A0%80%00%FF&intent=review"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(400))),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 2_000_000),
        ("application/json", b"{\"text\": 1}"),
        ("text/plain", b"\xff\xfe"),
        ("", b"x"),
    ],
)  # fmt: skip
def test_bodies_that_are_no_form(guest: Client, kind: str, body: bytes) -> None:
    for address in POSTS:
        response = guest.generic("POST", address, body, kind)
        assert response.status_code < 500
        assert b"<h1>" in response.content or response.status_code in (302, 303)


@pytest.mark.parametrize("charset", ["rot13", "hex", "utf-16", "no-such", "\x00"])
def test_a_charset_of_the_visitor_is_not_obeyed(guest: Client, charset: str) -> None:
    response = guest.generic("GET", "/track/?code=%FF12", content_type=f"text/html; charset={charset}")
    assert response.status_code == 200


def test_repeated_names_and_files_where_texts_belong(guest: Client) -> None:
    blank = hidden(guest.get(APPLY))
    repeated: dict[str, Any] = {name: [value, value, ""] for name, value in TYPED.items()}
    assert guest.post(APPLY, {**repeated, **blank}).status_code == 422
    assert guest.post(APPLY, {**TYPED, **blank, "text": png(), "applicant_name": png()}).status_code == 422
    assert guest.post(APPLY, {**TYPED, **blank, "papers": "a text"}).status_code == 200


def test_more_files_than_a_form_takes_are_refused_in_words(maryam: Client) -> None:
    response = review(maryam, papers=[png(f"{number}.png") for number in range(6)])
    assert response.status_code == 422
    assert "بیش از ۵ فایل" in words_of(response)
    assert review(maryam, papers=[png(f"{number}.png") for number in range(30)]).status_code == 400


def test_a_step_with_nasty_answers(guest: Client, opened: Opened) -> None:
    page = track(guest, opened)
    for nasty in NASTY:
        assert press(guest, page, "withdraw", reason=nasty, seen="0").status_code < 500


def test_what_is_sent_beyond_the_limit_fills_no_disk(maryam: Client) -> None:
    papers = [png(f"{number}.png") for number in range(20)]
    page = review(maryam, papers=papers)
    assert CaseFile.objects.count() == 6
    kept = {**TYPED, **hidden(page), "papers__kept": [str(file.pk) for file in CaseFile.objects.all()]}
    assert maryam.post(APPLY, {**kept, "papers": papers}).status_code == 422
    assert CaseFile.objects.count() == 6


def test_a_file_taken_off_while_its_form_is_filed(maryam: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tabs: the form is read, the other tab removes the file, the form is written."""
    reviewed = review(maryam, papers=png())
    write = opening._write  # noqa: SLF001  # the moment between reading and writing

    def late(filing: Any) -> Any:
        CaseFile.objects.all().delete()
        return write(filing)

    monkeypatch.setattr(opening, "_write", late)
    response = file(maryam, reviewed)
    assert response.status_code == 422
    assert "دیگر در این فرم نیست" in words_of(response)
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_nul_in_the_session_cookie_is_no_session() -> None:
    stranger = Client()
    # What browsers quote is unquoted again: here, to a NUL, which PostgreSQL takes nowhere.
    quoted = {"HTTP_COOKIE": 'mizban_desk="aaaaaaaaaaaa\\000bbbb"'}
    for address in ("/desk/", "/desk/markazi-roads/", "/desk/sign-in/"):
        response = stranger.get(address, **quoted)  # type: ignore[arg-type]
        assert response.status_code in (200, 302)
        assert response.wsgi_request.session.session_key is None


def test_uploads_stop_before_the_disk_is_full(
    maryam: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr("mizban.core.cases.papers.files.FREE_FLOOR", 1 << 60)
    page = maryam.post(APPLY, {**TYPED, "intent": "review", "papers": png()})
    assert page.status_code == 422
    assert "جایی برای فایل تازه نیست" in page.content.decode()
    assert CaseFile.objects.count() == 0


def test_one_address_fills_no_disk_and_the_others_go_on(
    maryam: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, clock: Any
) -> None:
    settings.DEMO = False
    monkeypatch.setattr(quota, "MOST_FILES", 2)
    said = [maryam.post(APPLY, {**TYPED, "intent": "review", "papers": png()}) for _ in range(3)]
    assert [each.status_code for each in said] == [200, 200, 422]
    assert "یک ساعت دیگر" in said[-1].content.decode()
    assert CaseFile.objects.count() == 2
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post(APPLY, {**TYPED, "intent": "review", "papers": png()}).status_code == 200
    later = NOON + timedelta(hours=1, minutes=1)
    clock.move_to(later, tick=False)
    assert quota.forget(at=later) == 3
    assert maryam.post(APPLY, {**TYPED, "intent": "review", "papers": png()}).status_code == 200


def test_a_demo_on_the_own_machine_counts_no_files_and_one_in_a_network_does(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.DEMO = True
    monkeypatch.setattr(quota, "MOST_FILES", 1)
    for address, expected in (("127.0.0.1", [201, 201]), ("192.0.2.7", [201, 422])):
        client = Client(REMOTE_ADDR=address)
        assert [client.post("/api/v1/files", {"file": png()}).status_code for _ in range(2)] == expected


def test_a_program_without_a_token_has_the_same_share_of_the_disk(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DEMO = False
    client = Client()
    monkeypatch.setattr(quota, "MOST_BYTES", 2 * len(PNG))
    said = [client.post("/api/v1/files", {"file": png()}) for _ in range(3)]
    assert [each.status_code for each in said] == [201, 201, 422]
    settings.DATA = tmp_path
    monkeypatch.setattr(quota, "MOST_BYTES", 1 << 30)
    monkeypatch.setattr("mizban.core.cases.papers.files.FREE_FLOOR", 1 << 60)
    assert "جایی برای فایل تازه نیست" in client.post("/api/v1/files", {"file": png()}).content.decode()
