"""A return names each missing item; the applicant is asked these again, and the corrected answers hold from then on."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Case, CaseFile, Offering
from mizban.core.cases.papers import files
from mizban.core.cases.sentences import timeline
from mizban.core.cases.sight.seeing import sight_of
from mizban.core.cases.steps.answers import answers_of
from mizban.core.cases.steps.mending import form_of, named_items
from mizban.core.declarations.grammar import PartyRole
from mizban.core.declarations.rules import rule
from mizban.core.people.actors import PUBLIC, Guest, Staff
from mizban.core.people.models import Role
from mizban.core.refusals import FormRefused
from mizban.lib.identifiers.malformed import Malformed
from mizban.web.posted import bounds
from tests.conftest import MARYAM, REQUEST, SATURDAY, SERVICE_DESK
from tests.services.conftest import PNG

ITEMS = [{"field": "text", "remark": "شمارهٔ پروانه را هم بنویسید"}, {"item": "تصویر پشت کارت ملی"}]
CORRECTED = "پروانهٔ ساخت شمارهٔ دوازده من چهار ماه است که در کمیسیون مانده است."


@pytest.fixture
def returned(case: Case, as_babak: Staff) -> Case:
    case.take("return", by=as_babak, at=SATURDAY, answers={"item": ITEMS})
    return case


def paper(case: Case, field: str) -> CaseFile:
    return files.keep(case.agency_id, field, "کارت.png", PNG, size=len(PNG), token="t" * 22, at=SATURDAY)


def supply(case: Case, *, papers: bool = True, **answers: str) -> None:
    brought = {"item_2": [paper(case, "item_2")]} if papers else {}
    case.take("supply", by=Guest(case.pk), at=SATURDAY, answers=answers, files=brought)


def test_the_timeline_names_every_item_with_its_remark(returned: Case) -> None:
    assert (returned.turn, returned.due_at) == ("applicant", None)
    said = timeline(returned)[-1].sentence
    assert "شرح (شمارهٔ پروانه را هم بنویسید)، تصویر پشت کارت ملی" in said


def test_exactly_these_are_asked_again_each_as_its_own_kind(returned: Case) -> None:
    asked = {field.name: field for field in form_of(returned, returned.declaration.steps["supply"])}
    assert list(asked) == ["text", "item_2", "note"]
    assert (asked["text"].kind, asked["text"].min_length, asked["text"].required) == ("long_text", 20, True)
    assert "شمارهٔ پروانه را هم بنویسید" in asked["text"].help
    assert REQUEST["text"][:20] in asked["text"].help
    assert (asked["item_2"].kind, asked["item_2"].label) == ("files", "تصویر پشت کارت ملی")


def test_what_a_return_quotes_is_forgotten_with_its_page(returned: Case) -> None:
    asked = bounds(form_of(returned, returned.declaration.steps["supply"]), {})
    quoting = [bound for bound in asked if bound.field.name != "note"]
    assert len(quoting) == 2
    # What is blank is kept drawn in the process: nothing of what somebody wrote may be.
    assert not any(bound.is_blank for bound in quoting)


def test_what_is_asked_again_is_checked_as_at_first(returned: Case) -> None:
    with pytest.raises(FormRefused) as refusal:
        supply(returned, text="کوتاه")
    assert refusal.value.errors["text"].code == "too-short"
    with pytest.raises(FormRefused) as refusal:
        supply(returned, text=CORRECTED, papers=False)
    assert refusal.value.errors["item_2"].code == "required"


def test_the_corrected_answer_holds_and_the_former_is_kept_sealed(returned: Case) -> None:
    supply(returned, text=CORRECTED)
    case = Case.objects.get(pk=returned.pk)
    found = answers_of(case)
    assert (found.now["text"], found.former) == (CORRECTED, {"text": REQUEST["text"]})
    last = case.history()[-1]
    assert last.facts["mends"] == ["text"]
    assert CORRECTED not in str(last.facts)
    assert case.state == "in_review"
    assert not named_items(case)


def test_an_answer_that_decides_what_else_is_asked_is_not_asked_again(case: Case, as_babak: Staff) -> None:
    """Another kind of request would be another form; the clerk names such a thing in his own words."""
    named = form_of(case, case.declaration.steps["return"])[0]
    assert [option.value for option in named.options] == ["text", "address", "papers"]
    with pytest.raises(FormRefused):
        case.take("return", by=as_babak, at=SATURDAY, answers={"item": [{"field": "kind"}]})
    with pytest.raises(FormRefused):
        case.take("return", by=as_babak, at=SATURDAY, answers={"item": []})


@rule("no-nickname")
def no_nickname(answers: Mapping[str, Any]) -> dict[str, Malformed]:
    """A rule of the whole form."""
    return {"text": Malformed("nickname", "نام شناسنامه‌ای را بنویسید.")} if "لقب" in answers["text"] else {}


def test_a_correction_breaks_no_rule_of_the_whole_form(agency: Agency, as_babak: Staff) -> None:
    source = SERVICE_DESK.read_text("utf-8").replace("\ntitle:", "\nchecks: [no-nickname]\ntitle:", 1)
    offering = Offering.publish(agency, source, at=SATURDAY)
    case = Case.open(offering, by=PUBLIC, applicant=MARYAM, answers=REQUEST, at=SATURDAY).case
    case.take("return", by=as_babak, at=SATURDAY, answers={"item": ITEMS})
    with pytest.raises(FormRefused) as refusal:
        supply(case, text=f"{CORRECTED} مرا به لقب می‌شناسند.")
    assert refusal.value.errors["text"].code == "nickname"
    supply(case, text=CORRECTED)


def test_an_agency_with_two_parts_sees_what_the_wider_one_shows() -> None:
    parties = {"bank": PartyRole("bank", "بانک", "office.bank", shows=("amount",))}
    case: Any = SimpleNamespace(
        agency_id=1, roles_of=lambda _: {"bank", "treasury"}, declaration=SimpleNamespace(parties=parties)
    )
    other = Staff(7, "دارا نوری", 2, frozenset([Role.EXPERT]))
    assert sight_of(case, other).shows == frozenset({"amount"})
    parties["treasury"] = PartyRole("treasury", "خزانه", "office.treasury")
    assert sight_of(case, other).is_whole
