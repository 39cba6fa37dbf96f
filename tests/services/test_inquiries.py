"""An inquiry: another agency sees what it was asked, what it answered and the questions it needs, and nothing else."""

import pytest
import time_machine
from django.test import Client

from mizban.core.cases.models import Case, CaseFile, Party
from mizban.core.cases.sight.seeing import heard, sight_of
from mizban.core.people.actors import Guest
from mizban.core.people.models import Role
from mizban.web.desk.exporting import cells
from mizban.web.desk.searching import found
from tests.conftest import MARYAM, make_member, signed_in
from tests.desk.conftest import NOON, text_of

from .conftest import Province

CONTRACT = "۱۴۰۴/ق/۸۱"


@pytest.fixture
def asked(province: Province) -> Case:
    """Maryam's refund, of which the holder and then the treasury were asked."""
    case = province.file("deposits", applicant=MARYAM, request="refund", contract=CONTRACT).case
    province.take(case, "return", province.clerk, item="تصویر قرارداد")
    province.take(case, "supply", Guest(case.pk), note="همین است.")
    province.take(case, "ask_holder", province.clerk, asked="سپردهٔ مناقصه")
    province.take(
        case, "release", province.of("eaz-roads-transport"), amount="350000000", accountant="شیرین صادقی"
    )
    return province.take(case, "ask_funds", province.clerk, amount="350000000", request_number="۹")


def test_the_treasury_hears_what_it_was_asked_and_no_more(province: Province, asked: Case) -> None:
    elham = province.of("eaz-treasury")
    sight = sight_of(asked, elham)
    assert (sight.knows_applicant, sight.has("iban"), sight.has("contract")) == (True, True, False)
    steps = [event.facts.get("step") for event in heard(asked, elham, asked.history())]
    assert steps == [None, "ask_funds"]
    province.take(asked, "fund", elham, funding_number="۴")
    assert heard(asked, elham, asked.history())[-1].facts["step"] == "fund"
    assert sight_of(asked, province.clerk).is_whole


def test_its_page_and_its_files_hold_no_more_either(province: Province, asked: Case) -> None:
    user = make_member(province.agencies["eaz-treasury"], "elham", "الهام باقری", Role.EXPERT)
    client: Client = signed_in(user)
    address = f"/desk/eaz-treasury/cases/{asked.code}/"
    with time_machine.travel(NOON, tick=False):
        page = text_of(client.get(address))
    assert "مریم رضایی" in page
    for hidden in (CONTRACT, "تصویر قرارداد", "شیرین صادقی"):
        assert hidden not in page
    papers = {file.field: file for file in CaseFile.objects.filter(case=asked)}
    assert client.get(f"{address}files/{papers['paper'].pk}/").status_code == 200
    others = [file.pk for name, file in papers.items() if name not in ("paper",)]
    assert all(client.get(f"{address}files/{pk}/").status_code == 404 for pk in others)


def test_who_does_not_hear_the_name_neither_finds_nor_exports_it(province: Province) -> None:
    """The ministry rules on the plan of a debt, not on a person."""
    case = province.file("debt-instalments", applicant=MARYAM).case
    Party.objects.create(case=case, role="ministry", agency=province.agencies["mefa"], kind="agency")
    majid = province.of("mefa")
    assert not sight_of(case, majid).knows_applicant
    seen = Case.objects.visible_to(majid).for_lists().get()
    assert MARYAM.name in cells(seen, province.clerk, NOON)
    assert not {MARYAM.name, MARYAM.masked_identifier} & set(cells(seen, majid, NOON))
    for typed, by_clerk in ((MARYAM.name, [case]), (MARYAM.identifier, [case]), (case.code, [case])):
        for actor, expected in ((province.clerk, by_clerk), (majid, [case] if typed == case.code else [])):
            assert found(Case.objects.visible_to(actor), typed, actor=actor, most=9) == expected, typed
