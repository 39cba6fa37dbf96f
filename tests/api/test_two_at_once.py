"""Two calls at the same moment, on the real locks of the engine."""

from typing import Any

import pytest

from mizban.core.cases.models import Case, CaseFile, Upload
from tests.core.test_two_at_once import at_once

from .conftest import UNIQUE, Program

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(responses: list[Any]) -> list[int]:
    return sorted(response.status_code for response in responses)


def test_one_key_sent_four_times_at_once_is_one_case(program: Program) -> None:
    program.file()
    responses = at_once(*(lambda: program.file(key=UNIQUE) for _ in range(4)))
    assert statuses(responses) == [201] * 4, responses
    assert len({response.content for response in responses}) == 1
    assert Case.objects.count() == 2


def test_one_key_with_files_sent_twice_at_once_is_one_case(program: Program) -> None:
    program.file()
    sent = program.upload().json()["id"]
    responses = at_once(*(lambda: program.file(key=UNIQUE, papers=[sent]) for _ in range(2)))
    assert statuses(responses) == [201] * 2, [response.content for response in responses]
    assert (Case.objects.count(), CaseFile.objects.count(), Upload.objects.count()) == (2, 1, 0)


def test_of_two_contents_under_one_key_one_is_filed(program: Program) -> None:
    program.file()
    texts = ("نخستین متن که بیست نویسه دارد.", "دومین متن که بیست نویسه دارد.")
    responses = at_once(*(lambda text=text: program.file(key=UNIQUE, text=text) for text in texts))
    assert statuses(responses) == [201, 409]
    assert Case.objects.count() == 2


def test_of_two_cases_one_gets_the_file(program: Program) -> None:
    program.file()
    sent = program.upload().json()["id"]
    responses = at_once(*(lambda: program.file(papers=[sent]) for _ in range(2)))
    assert statuses(responses) == [201, 404]
    assert CaseFile.objects.count() == 1
