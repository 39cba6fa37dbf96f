"""Every deployed service can be rehearsed and drawn at the desk of an office, as it stands."""

import pytest
from django.core.files.storage import default_storage

from mizban.core.cases.models import Case
from mizban.core.people.models import User
from mizban.core.refusals import Refusal
from mizban.web.desk.services.answering import example_answers, typed_questions
from mizban.web.desk.services.drawing import drawing, rows
from mizban.web.desk.services.rehearsing import Act, Stage, rehearse
from tests.conftest import SATURDAY
from tests.services.conftest import NAMES, Province, declared, province, source_of  # noqa: F401  # a fixture

MOST = 12


def walk(stage: Stage, refused: Refusal | None) -> list[str]:
    """File, then take whatever step leads on, each once; the steps taken, and «closed» at the end."""
    assert refused is None
    stage.take(Act("", example_answers(stage, typed_questions(stage, ""))))
    case, taken = stage.case, ["filed"]
    assert case is not None
    while case.is_open and len(taken) < MOST:
        steps = [
            step
            for step in case.declaration.steps_open_in(case.state)
            if step.is_for(case.plain) and step.name not in taken and stage.taker(step)
        ]
        if not steps:
            break
        step = min(steps, key=lambda each: (each.risky, each.to is None))
        taken.append(step.name)
        try:
            stage.take(
                Act(step.name, example_answers(stage, typed_questions(stage, step.name), step), days=1)
            )
        except Refusal:
            # By-laws may want more than examples know; the officer types it.
            continue
    return [*taken, "closed"] if not case.is_open else taken


def left_in_store() -> list[str]:
    """The files of the month; a rehearsal writes tables there, too."""
    try:
        return default_storage.listdir(f"{SATURDAY:%Y/%m}")[1]
    except FileNotFoundError:
        return []


@pytest.mark.parametrize("slug", [*NAMES, "service-desk"])
def test_a_deployed_service_is_rehearsed(slug: str, province: Province) -> None:  # noqa: F811  # the fixture
    people, stored = User.objects.count(), left_in_store()
    taken = rehearse(province.office, source_of(slug), [], walk, at=SATURDAY)
    assert len(taken) > 2, taken
    assert Case.objects.count() == 0
    assert User.objects.count() == people
    assert left_in_store() == stored


@pytest.mark.parametrize("slug", [*NAMES, "service-desk"])
def test_a_deployed_service_is_drawn(slug: str) -> None:
    service = declared(slug)
    drawn = drawing(service)
    assert {each.box.label for each in drawn.boxes} >= {state.label for state in service.states.values()}
    for one in drawn.boxes:
        assert 0 <= one.x <= drawn.width - one.width
        assert 0 <= one.y <= drawn.height - one.height
        for other in drawn.boxes:
            apart = one.x != other.x or abs(one.y - other.y) >= min(one.height, other.height)
            assert one is other or apart, (one.box.label, other.box.label)
    assert len(rows(service)) >= len(service.steps)
