"""Whoever steals the database and the files, but not the secrets, reads nothing personal in them."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.cases.papers import files
from mizban.core.cases.sentences import ERASED, timeline
from mizban.core.events.chain import chain_start
from mizban.core.people.actors import Guest, Staff
from mizban.office.mailing import subscribing
from tests.conftest import MARYAM, REQUEST, SATURDAY

PNG = b"\x89PNG\r\n\x1a\n" + b"a scan of Maryam's identity card" * 4
MAIL = "maryam.rezaei@example.ir"
SECRETS = (
    MAIL,
    MAIL.upper(),
    MARYAM.name,
    *MARYAM.name.split(),
    MARYAM.identifier,
    MARYAM.mobile,
    MARYAM.mobile[3:],
    REQUEST["text"],
    REQUEST["text"][:20],
    "کارت-ملی-مریم",
    "پشت کارت خوانا نیست",
    "این هم پشت کارت",
    "پروانهٔ شما به شمارهٔ ۱۲۳ آماده است",
)


def everything_stored() -> str:
    """Every value of every table as text, bytes read as UTF-8."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    found.append(raw.decode("utf-8", "replace"))
    return "\n".join(found)


def forms_of(secret: str) -> set[str]:
    """A text as it is, and as JSON would escape it."""
    return {secret, json.dumps(secret)[1:-1]}


@pytest.fixture
def lived(open_case: Callable[..., Opened], as_babak: Staff) -> Opened:
    """A case with texts and a file from both sides, and an address that hears of its office in every way."""
    paper = files.keep(
        as_babak.agency_id, "papers", "کارت-ملی-مریم.png", PNG, size=len(PNG), token="t", at=SATURDAY
    )
    opened = open_case(files={"papers": [paper]}, token="t")
    case = opened.case
    case.take("return", by=as_babak, at=SATURDAY, answers={"item": "پشت کارت خوانا نیست"})
    case.take("supply", by=Guest(case.pk), at=SATURDAY, answers={"note": "این هم پشت کارت"})
    case.take("reply", by=as_babak, at=SATURDAY, answers={"reply": "پروانهٔ شما به شمارهٔ ۱۲۳ آماده است"})
    for whose in ({"case": case}, {"agency": case.agency}, {}):
        subscribing.ask(MAIL, at=SATURDAY, **whose)
    return opened


def test_no_answer_message_identifier_or_password_lies_open(lived: Opened) -> None:
    stored = everything_stored()
    assert lived.case.code in stored, "the search must see what is there"
    assert not [
        secret for secret in (*SECRETS, lived.password) for form in forms_of(secret) if form in stored
    ]


@pytest.fixture
def swept(transactional_db: None) -> None:
    """A file without what earlier tests left in freed pages and in the write-ahead log."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite")
@pytest.mark.usefixtures("swept")
def test_the_database_file_itself_reveals_nothing(lived: Opened) -> None:
    main = Path(connection.settings_dict["NAME"])
    stolen = _read_by_a_thief(sorted(main.parent.glob(f"{main.name}*")))
    assert lived.case.code.encode() in stolen, "the search must see what is there"
    assert not [
        secret
        for secret in (*SECRETS, lived.password)
        for form in forms_of(secret)
        if form.encode() in stolen
    ]


def _read_by_a_thief(paths: list[Path]) -> bytes:
    """What lies in these files, read by another process.

    To close a database's file drops every lock its own process holds on it. Another process would then take the
    shared memory of the write-ahead log for abandoned and cut it short beneath this one: a bus error, some day.
    """
    return subprocess.run(["cat", *paths], check=True, capture_output=True).stdout


def test_files_lie_encrypted(lived: Opened) -> None:
    file = lived.case.files.get()
    stored = default_storage.open(file.stored_as).read()
    assert b"identity card" not in stored
    assert files.content_of(file) == PNG
    assert files.name_of(file) == "کارت-ملی-مریم.png"


def test_without_its_key_a_case_is_erased_and_its_chain_still_whole(lived: Opened) -> None:
    Case.objects.filter(pk=lived.case.pk).update(wrapped_key=None)
    case = Case.objects.get(pk=lived.case.pk)
    lines = timeline(case)
    assert all(ERASED in line.sentence for line in lines)
    assert not any(line.said for line in lines)
    head = chain_start(f"case {case.code}")
    for event in case.events:
        head = event.chained_to(head)
    assert head == bytes(case.head)
