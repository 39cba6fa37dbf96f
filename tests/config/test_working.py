"""The worker: what it does unasked, and that it survives what it meets."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from mizban.config import working
from mizban.core.jobs.models import Worker
from mizban.web.desk.exporting import passing_folder
from tests.conftest import SATURDAY

pytestmark = pytest.mark.django_db


@task()
def add(left: int, right: int) -> int:
    return left + right


def sheet_left(name: str, ago: float) -> Path:
    folder = passing_folder() / name
    folder.mkdir(exist_ok=True)
    for each in (folder / "sheet.xlsx", folder):
        if each != folder:
            each.write_bytes(b"names in the open")
        os.utime(each, (time.time() - ago, time.time() - ago))
    return folder


def test_what_a_killed_worker_left_in_the_open_is_swept(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    old, growing = sheet_left("sheet-old", 3600), sheet_left("sheet-growing", 60)
    assert working.round_of_work(at=SATURDAY)["passing_files_swept"] == 1
    assert not old.exists()
    assert growing.exists()
    assert passing_folder().stat().st_mode & 0o777 == 0o700


def test_once_runs_every_job_and_leaves_no_worker_behind() -> None:
    for number in range(3):
        add.enqueue(number, 1)
    assert working.work(["--once"]) == 0
    values = DBTaskResult.objects.order_by("enqueued_at").values_list("return_value", flat=True)
    assert list(values) == [1, 2, 3]
    assert not Worker.objects.exists()


@pytest.mark.parametrize("fault", [OperationalError("gone"), ValueError("broken")])
def test_a_failing_round_does_not_end_the_worker(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    # Inside a test's transaction every connection looks old.
    monkeypatch.setattr(working, "close_old_connections", lambda: None)

    def failing() -> None:
        raise fault

    working._safely(failing)  # noqa: SLF001  # what the threads of the worker call
    assert working.round_of_work(at=timezone.now())["uploads_dropped"] == 0
