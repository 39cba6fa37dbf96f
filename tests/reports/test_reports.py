"""A report says what the figures say, is signed once by the one who may, and then never changes."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from pypdf import PdfReader

from mizban.core.cases.clocks import waking
from mizban.core.cases.models import Case
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role
from mizban.core.refusals import Refusal
from mizban.lib.jalali import from_jalali
from mizban.lib.text import persian_digits
from mizban.office.agreements.models import AgreementVersion
from mizban.office.agreements.signing import message
from mizban.office.availability.models import Outage
from mizban.office.compliance.figures import figures
from mizban.office.reports import making, printing, signing
from mizban.office.reports.facts import Stretch
from mizban.office.reports.models import Report
from tests.conftest import SATURDAY

from .conftest import IN_MEHR, MEHR, REPLY

Made = Callable[[], Report]


def numbers(report: Report) -> dict[str, tuple[Any, Any]]:
    """The figures of its first agreement by the row of the catalogue they are."""
    found: dict[str, tuple[Any, Any]] = {}
    for each in json.loads(report.document)["agreements"][0]["figures"]:
        found.setdefault(each["row"], (each["numerator"], each["denominator"]))
    return found


def on_paper(report: Report) -> dict[str, str]:
    """The same as the paper has them, by the clause's place."""
    (chapter,) = printing.paper_of(report)["chapters"]
    return {row["place"]: row["figure"] for row in chapter["rows"]}


def printed(report: Report) -> str:
    """The pages of the PDF, as a reader's search finds them."""
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(bytes(report.paper or b""))).pages)


def by_api(client: Client, version: AgreementVersion) -> dict[str, tuple[Any, Any]]:
    """The same by API, by the clause's place."""
    answer = client.get(f"/api/v1/agreements/{version.agreement_id}/compliance?from=1405-07&to=1405-07")
    clauses = [each for each in answer.json()["clauses"] if each["id"] != "title"]
    return {
        persian_digits(place): (each["numerator"], each["denominator"])
        for place, each in enumerate(clauses, start=1)
    }


def test_two_events_move_exactly_the_two_figures_they_should(
    client: Client,
    paper: AgreementVersion,
    filed: Callable[..., Case],
    answered: Callable[..., Case],
    made: Made,
    as_babak: Staff,
) -> None:
    """Two more answers in time: the figure of answers and that of the service, on page, API and PDF alike."""
    for _ in range(6):
        answered()
    waiting = [filed(), filed()]
    report = made()
    before, paper_before, api_before = numbers(report), on_paper(report), by_api(client, paper)
    print_before = printed(report)
    for case in waiting:
        case.take("reply", by=as_babak, at=case.filed_at + timedelta(days=1), answers=REPLY)
    report = made()
    after, paper_after, api_after = numbers(report), on_paper(report), by_api(client, paper)
    assert {row for row in after if after[row] != before[row]} == {"Sx-2.1", "Sx-3.2"}
    assert (before["Sx-3.2"], after["Sx-3.2"]) == ((6, 6), (8, 8))
    moved = {place for place in paper_after if paper_after[place] != paper_before.get(place)}
    assert len(moved) == 2
    assert {paper_after[place] for place in moved} == {"۸ از ۸"}
    assert {place for place in api_after if api_after[place] != api_before[place]} == moved
    assert {api_after[place] for place in moved} == {(8, 8)}
    # In print, two that were six of six are eight of eight, as those of what was filed were before.
    six, eight = "۶ از ۶", "۸ از ۸"
    assert (print_before.count(six), printed(report).count(six)) == (2, 0)
    assert printed(report).count(eight) == print_before.count(eight) + 2
    with time_machine.travel(SATURDAY, tick=False):
        page = client.get("/markazi-roads/agreements/1/compliance/").content.decode()
    assert page.count("۸ از ۸ (۱۰۰٪)؛ هدف ۹۰٪") == 2


def test_the_report_says_what_the_public_figures_say(
    answered: Callable[..., Case], made: Made, paper: Any
) -> None:
    for _ in range(5):
        answered()
    report = made()
    last = Stretch(MEHR).until_at - timedelta(seconds=1)
    public = figures(paper, at=last, months=1, trend=2)
    told = json.loads(report.document)["agreements"][0]["figures"]
    assert [(each["clause"], each["numerator"], each["verdict"]) for each in told] == [
        (figure.ref, figure.numerator, figure.verdict) for figure in public
    ]


def test_hamed_signs_and_the_paper_bears_it(made: Made, as_hamed: Staff) -> None:
    report = made()
    unsigned = bytes(report.paper or b"")
    signing.sign(report, by=as_hamed, at=SATURDAY, seen_hash=report.hash)
    assert signing.is_whole(report)
    assert bytes(report.paper or b"").startswith(b"%PDF-")
    assert bytes(report.paper or b"") != unsigned
    report.document = report.document.replace('"met"', '"missed"', 1)
    assert not signing.is_whole(report)


def test_whoever_writes_to_the_database_signs_for_nobody(made: Made, as_hamed: Staff) -> None:
    """Another document with a signature that fits it, by a key put beside it."""
    report = made()
    signing.sign(report, by=as_hamed, at=SATURDAY, seen_hash=report.hash)
    report.document = report.document.replace('"met"', '"missed"', 1)
    forged, signed_at = Ed25519PrivateKey.generate(), report.signed_at
    assert signed_at is not None
    said = message(
        document_hash=signing.hash_of(report.document),
        agency_id=report.agency_id,
        user_id=as_hamed.user_id,
        name=as_hamed.name,
        at=signed_at,
    )
    report.signature = forged.sign(said)
    report.public_key = forged.public_key().public_bytes_raw()
    assert not signing.is_whole(report)


def test_a_signed_report_is_neither_signed_nor_made_again(
    made: Made, asked: Callable[..., Report], as_hamed: Staff
) -> None:
    report = made()
    stale = Report.objects.get(pk=report.pk)
    signing.sign(report, by=as_hamed, at=SATURDAY, seen_hash=report.hash)
    for late in (report, stale):
        with refused("report-signed"):
            signing.sign(late, by=as_hamed, at=SATURDAY, seen_hash=report.hash)
    with refused("report-signed"):
        asked()
    assert not making.make(report.pk, at=SATURDAY)
    assert Report.objects.get(pk=report.pk).document == report.document


def test_nobody_signs_without_the_office(made: Made, as_hamed: Staff, as_sara: Staff, as_dara: Staff) -> None:
    report = made()
    elsewhere = replace(as_dara, roles=frozenset([Role.DIRECTOR]))
    for stranger in (as_sara, elsewhere):
        with refused("not-the-director"):
            signing.sign(report, by=stranger, at=SATURDAY, seen_hash=report.hash)


def test_what_was_made_anew_since_it_was_read_is_not_signed(
    answered: Callable[..., Case], made: Made, as_hamed: Staff
) -> None:
    read = made().hash
    answered()
    report = made()
    with refused("numbers-changed"):
        signing.sign(report, by=as_hamed, at=SATURDAY, seen_hash=read)


def test_a_month_that_is_not_over_has_no_report(asked: Callable[..., Report]) -> None:
    with refused("month-not-over"):
        asked(from_jalali(1405, 8, 1))
    with refused("month-not-over"):
        asked(from_jalali(1406, 1, 1))


def test_only_a_signed_report_is_published(made: Made, as_hamed: Staff) -> None:
    report = made()
    with refused("report-not-signed"):
        signing.publish(report, by=as_hamed, at=SATURDAY)
    signing.sign(report, by=as_hamed, at=SATURDAY, seen_hash=report.hash)
    assert not Report.objects.public().exists()
    signing.publish(report, by=as_hamed, at=SATURDAY)
    assert Report.objects.public().get() == report


def test_what_else_happened_stands_in_the_report(filed: Callable[..., Case], made: Made) -> None:
    """Five broken promises with their apologies, and an outage; of the month before, nothing."""
    for _ in range(5):
        office = filed().agency
    waking.wake(at=Stretch(MEHR).until_at - timedelta(hours=1), most=50)
    begun = IN_MEHR + timedelta(days=2)
    Outage.objects.create(
        agency=office, from_at=begun, until_at=begun + timedelta(minutes=90), detected_at=begun, told_at=begun
    )
    report = made()
    told = json.loads(report.document)
    assert (told["happenings"]["breaches"], told["happenings"]["apologies"]) == (5, 5)
    assert told["happenings_before"]["breaches"] == 0
    paper = printing.paper_of(report)
    assert paper["outages"] == [("۱۴ مهر ۱۴۰۵، ۱۰:۰۰", "نقص فنی", "۱ ساعت و ۳۰ دقیقه", "همان دم", "–")]
    assert any(each["share"] == "۰٪" for each in paper["missed"])


def refused(code: str) -> Any:
    return pytest.raises(Refusal, match=f"^{code}$")
