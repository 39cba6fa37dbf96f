"""Files of programs: sent first, claimed once, by whoever has the id, within an hour."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mizban.config.working import round_of_work
from mizban.core.cases.models import Case, CaseFile, Upload
from mizban.core.cases.papers import files as case_files
from mizban.web.examples.example_files import MAKERS, example

from .conftest import PNG, UNIQUE, Program, case_of, problem, tracked, wrong_fields

MALFORMED = ["1", -1, 0, 1.5, 2**70, 1e30, True, {}, [[]]]


def test_a_file_comes_with_its_case(program: Program) -> None:
    sent = program.upload()
    assert sent.status_code == 201
    filed = program.file(papers=[sent.json()["id"]])
    file = case_of(filed).files.get()
    assert (case_files.content_of(file), case_files.name_of(file)) == (PNG, "نامه.png")
    named = tracked(program, filed).json()["timeline"][0]["files"]
    assert [each["name"] for each in named] == ["نامه.png"]
    assert not Upload.objects.exists()


def test_what_waits_is_encrypted(program: Program) -> None:
    program.upload()
    with default_storage.open(Upload.objects.get().stored_as) as stored:
        assert PNG[:8] not in stored.read()


def test_a_file_is_claimed_once(program: Program) -> None:
    sent = program.upload().json()["id"]
    assert program.file(papers=[sent]).status_code == 201
    again = program.file(papers=[sent])
    problem(again, 404, "not-found")
    assert wrong_fields(again) == {"answers.papers": "not-found"}
    assert Case.objects.count() == 1


def test_a_refused_form_gives_its_files_back(program: Program) -> None:
    sent = program.upload().json()["id"]
    assert program.file(papers=[sent], text="کوتاه").status_code == 422
    assert program.file(papers=[sent]).status_code == 201


def test_an_id_cannot_be_guessed_and_is_an_integer_everywhere(program: Program) -> None:
    ids = [program.upload().json()["id"] for _ in range(20)]
    assert all(0 < each < 2**53 for each in ids)
    assert max(ids) - min(ids) > 2**40
    problem(program.file(papers=[ids[0] + 1]), 404, "not-found")


def test_what_came_with_a_token_is_for_its_holder_only(
    program: Program, as_babaks_program: Program, as_daras_program: Program
) -> None:
    sent = as_babaks_program.upload().json()["id"]
    problem(program.file(papers=[sent]), 404, "not-found")
    problem(as_daras_program.file(papers=[sent]), 404, "not-found")
    assert as_babaks_program.file(papers=[sent]).status_code == 201


def test_nobody_claims_what_waited_too_long_and_the_worker_drops_it(program: Program, clock: Any) -> None:
    sent = program.upload().json()["id"]
    stored = Upload.objects.get().stored_as
    clock.shift(timedelta(minutes=61))
    problem(program.file(papers=[sent]), 404, "not-found")
    assert round_of_work(at=timezone.now())["uploads_dropped"] == 1
    assert not default_storage.exists(stored)


def test_the_worker_leaves_what_still_waits(program: Program) -> None:
    program.upload()
    assert round_of_work(at=timezone.now())["uploads_dropped"] == 0
    assert Upload.objects.exists()


@pytest.mark.parametrize("malformed", MALFORMED, ids=repr)
def test_a_malformed_id_is_nothing(program: Program, malformed: Any) -> None:
    problem(program.file(papers=[malformed]), 404, "not-found")


def test_a_key_counts_the_files_too(program: Program) -> None:
    first, other = (program.upload().json()["id"] for _ in range(2))
    filed = program.file(key=UNIQUE, papers=[first])
    assert program.file(key=UNIQUE, papers=[first]).json() == filed.json()
    problem(program.file(key=UNIQUE, papers=[other]), 409, "already-filed")
    problem(program.file(key=UNIQUE), 409, "already-filed")
    assert CaseFile.objects.count() == 1
    assert Upload.objects.filter(pk=other).exists()


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"MZ\x90\x00" + b"0" * 200, 422, "form-refused"),
        (b"", 422, "form-refused"),
        (PNG + b"0" * (5 * 1024 * 1024), 413, "too-large"),
    ],
)
def test_a_file_that_is_not_taken_is_refused(
    program: Program, content: bytes, status: int, code: str
) -> None:
    problem(program.upload(content), status, code)
    assert not Upload.objects.exists()


def test_a_call_without_a_file_says_so(program: Program) -> None:
    bare = Client().post("/api/v1/files", {"file": "not a file"})
    problem(bare, 422, "form-refused")
    assert wrong_fields(bare) == {"file": "required"}
    two = {"file": SimpleUploadedFile("a.png", PNG), "note": "x"}
    assert wrong_fields(Client().post("/api/v1/files", two)) == {"note": "unknown-field"}


def test_another_content_type_is_refused(program: Program) -> None:
    problem(program.post("files", {}), 415, "unsupported-media-type")
    form = Client().post("/api/v1/cases", {"agency": "markazi-roads"})
    problem(form, 415, "unsupported-media-type")


def test_a_broken_multipart_body_is_unreadable(program: Program) -> None:
    broken = Client().post("/api/v1/files", b"--x\r\nnonsense", content_type="multipart/form-data; boundary=")
    problem(broken, 400, "unreadable")


@pytest.mark.parametrize("kind", MAKERS)
def test_the_example_files_pass_and_can_be_opened(program: Program, kind: str) -> None:
    served = program.get(f"/api/v1/examples/example.{kind}")
    assert served["Content-Type"] == case_files.check(len(served.content), served.content)
    assert program.upload(served.content).status_code == 201


def test_the_example_pdf_is_a_whole_page() -> None:
    from pypdf import PdfReader

    made = example("pdf")
    assert made is not None
    assert len(PdfReader(BytesIO(made[0]), strict=True).pages) == 1


def test_an_example_of_another_kind_is_nothing(program: Program) -> None:
    problem(program.get("/api/v1/examples/example.exe"), 404, "not-found")
