"""Lists taken away: made by the worker, as its asker may see them then, for nobody else and for a day only."""

import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mizban.config.working import round_of_work
from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.models import Case
from mizban.core.declarations.applicants import Applicant
from mizban.core.events.models import Event
from mizban.core.jobs import running as jobs
from mizban.core.people.actors import Staff
from mizban.core.people.models import Membership, Role, User
from mizban.kit.sheets import sheet
from mizban.office.exports import making
from mizban.office.exports.models import Export
from mizban.web.desk import exporting
from tests.conftest import MARYAM, REQUEST, SATURDAY, make_member, signed_in

from .conftest import text_of

EXPORTS = "/desk/markazi-roads/exports/"
DAY = timedelta(days=1)
Open = Callable[..., Opened]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    """Sheets in the making lie in the test's own folder."""
    settings.DATA = tmp_path


def ask(client: Client, **query: str) -> str:
    """Ask for the list; the address of its page."""
    answer = client.post(EXPORTS, query)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def work() -> None:
    """The worker does what waits."""
    while job := jobs.take("worker", at=timezone.now()):
        jobs.run(job, clock=timezone.now)


def table_of(client: Client, address: str) -> list[list[Any]]:
    answer = client.get(f"{address}file/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.active is not None
    assert book.active.sheet_view.rightToLeft
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_babak_asks_waits_and_takes_his_list_away(
    babak_client: Client, open_case: Open, as_babak: Staff
) -> None:
    case, answered = open_case().case, open_case(at=SATURDAY - 10 * DAY).case
    answered.take("reply", by=as_babak, at=SATURDAY, answers={"reply": "پروانه صادر شد."})
    address = ask(babak_client, tab="all")
    waiting = babak_client.get(address)
    assert "در نوبت" in text_of(waiting)
    assert waiting["Refresh"] == "3"
    assert babak_client.get(f"{address}file/").status_code == 404
    work()
    done = babak_client.get(address)
    assert "۲ ردیف" in text_of(done)
    assert "Refresh" not in done
    heads, *rows = table_of(babak_client, address)
    by_code = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    told = by_code[answered.code]
    assert told["متقاضی"] == "مریم رضایی"
    assert told["شناسه"] == MARYAM.masked_identifier
    assert MARYAM.identifier not in str(rows)
    assert (told["وضعیت"], told["در مهلت"]) == ("پاسخ داده شد", "بله")
    assert (told["پاسخ"], told["پاسخ (میلادی)"]) == ("۱۴۰۵/۰۸/۳۰ ۱۰:۰۰", "2026-11-21T10:00+03:30")
    assert by_code[case.code]["پاسخ"] in (None, "")
    assert by_code[case.code]["موعد (میلادی)"] == "2026-11-30T15:00+03:30"


def test_the_export_is_the_tab_and_in_its_order(
    babak_client: Client, open_case: Open, as_babak: Staff
) -> None:
    open_case()
    late = [open_case(at=SATURDAY - ago * DAY).case.code for ago in (60, 50)]
    address = ask(babak_client, tab="late")
    work()
    assert [row[0] for row in table_of(babak_client, address)[1:]] == late
    assert "گذشته از مهلت" in text_of(babak_client.get(address))


def test_an_empty_list_is_an_empty_sheet_and_says_so(babak_client: Client, open_case: Open) -> None:
    open_case()
    address = ask(babak_client, tab="late")
    work()
    assert "اکنون پرونده‌ای ندارد" in text_of(babak_client.get(address))
    assert len(table_of(babak_client, address)) == 1


def test_progress_is_shown_row_by_row(
    babak_client: Client, open_case: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        open_case()
    address, seen = ask(babak_client, tab="all"), []
    monkeypatch.setattr(exporting, "CHUNK", 1)
    advance = making.advance

    def watched(export: Export, **facts: int) -> None:
        advance(export, **facts)
        seen.append(text_of(babak_client.get(address)))

    monkeypatch.setattr(making, "advance", watched)
    work()
    assert "۱ از ۳ ردیف نوشته شد" in seen[1]
    assert "۳ از ۳ ردیف نوشته شد" in seen[3]


class TestSecrecy:
    def test_nobody_else_finds_it(
        self, babak_client: Client, sara_client: Client, dara_client: Client, open_case: Open, agency: Agency
    ) -> None:
        open_case()
        address = ask(babak_client, tab="all")
        work()
        nasrin = signed_in(make_member(agency, "nasrin", "نسرین", Role.EXPERT, "housing"))
        for client in (sara_client, dara_client, nasrin):
            for path in (address, f"{address}file/"):
                assert client.get(path).status_code == 404
        assert "هنوز خروجی نگرفته‌اید" in text_of(nasrin.get(EXPORTS))
        assert dara_client.post(EXPORTS, {"tab": "all"}).status_code == 404

    def test_a_site_officer_takes_no_names_away(self, sara_client: Client, open_case: Open) -> None:
        open_case()
        address = ask(sara_client, tab="all")
        work()
        table = table_of(sara_client, address)
        assert len(table) == 2
        assert "متقاضی" not in table[0]
        assert "مریم" not in str(table)

    def test_a_clerk_gets_the_unit_s_cases_only(self, babak_client: Client, open_case: Open) -> None:
        mine = open_case().case
        open_case(answers={**REQUEST, "department": "roads"})
        address = ask(babak_client, tab="all")
        work()
        assert [row[0] for row in table_of(babak_client, address)[1:]] == [mine.code]

    def test_who_left_between_asking_and_making_gets_nothing(
        self, babak_client: Client, babak: User, open_case: Open
    ) -> None:
        open_case()
        ask(babak_client, tab="all")
        babak.memberships.all().delete()
        work()
        export = Export.objects.get()
        assert (export.state, export.why, export.stored_as) == ("failed", "no-access", "")

    def test_who_changed_roles_after_it_was_made_asks_again(
        self, babak_client: Client, babak: User, agency: Agency, open_case: Open
    ) -> None:
        open_case()
        address = ask(babak_client, tab="all")
        work()
        babak.memberships.all().delete()
        Membership.objects.create(user=babak, agency=agency, role=Role.SITE_OFFICER)
        answer = babak_client.get(f"{address}file/")
        assert answer.status_code == 409
        assert "خروجی تازه‌ای بگیرید" in text_of(answer)

    def test_the_file_at_rest_tells_nothing(self, babak_client: Client, open_case: Open) -> None:
        open_case()
        ask(babak_client, tab="all")
        work()
        with default_storage.open(Export.objects.get().stored_as, "rb") as stored:
            content = stored.read()
        assert not content.startswith(b"PK")
        assert not zipfile.is_zipfile(BytesIO(content))
        assert not list(exporting.passing_folder().glob("sheet-*"))

    def test_taking_names_away_stands_in_the_events(
        self, babak_client: Client, babak: User, open_case: Open
    ) -> None:
        open_case()
        ask(babak_client, tab="late")
        work()
        event = Event.objects.get(kind="list-exported")
        assert (event.actor_id, event.facts) == (babak.pk, {"query": {"tab": "late"}, "rows": 0})

    def test_an_erased_applicant_is_said_to_be_erased(self, babak_client: Client, open_case: Open) -> None:
        Case.objects.filter(pk=open_case().case.pk).update(wrapped_key=None)
        address = ask(babak_client, tab="all")
        work()
        assert "پاک شده" in table_of(babak_client, address)[1]


class TestAskingTwice:
    def test_a_double_click_is_one_export(self, babak_client: Client, open_case: Open) -> None:
        open_case()
        assert ask(babak_client, tab="all") == ask(babak_client, tab="all")
        assert Export.objects.count() == 1
        assert ask(babak_client, tab="late") != ask(babak_client, tab="all")

    def test_a_fourth_at_once_is_refused(self, babak_client: Client, open_case: Open) -> None:
        open_case()
        for tab in ("all", "late", "mine"):
            ask(babak_client, tab=tab)
        refused = babak_client.post(EXPORTS, {"tab": "closed"})
        assert refused.status_code == 429
        assert "هنوز در حال ساختن است" in text_of(refused)
        work()
        ask(babak_client, tab="closed")

    @pytest.mark.parametrize("tab", ["", "nothing", "\0", "x" * 500, "<script>"])
    def test_an_unknown_tab_is_the_queue(self, babak_client: Client, open_case: Open, tab: str) -> None:
        open_case()
        address = ask(babak_client, tab=tab)
        work()
        assert len(table_of(babak_client, address)) == 2
        assert "<script>" not in babak_client.get(address).content.decode()

    def test_an_export_that_is_not_there_is_404(self, babak_client: Client) -> None:
        for number in ("7", str(2**63), "9" * 40):
            assert babak_client.get(f"{EXPORTS}{number}/").status_code == 404


class TestWhenThingsBreak:
    def test_a_failed_export_says_so_once(
        self, babak_client: Client, open_case: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: Any, **__: Any) -> bytes:
            raise OSError("disk is full: مریم")

        open_case()
        address = ask(babak_client, tab="all")
        monkeypatch.setattr(exporting, "sheet", broken)
        work()
        page = babak_client.get(address)
        assert "این خروجی ساخته نشد" in text_of(page)
        assert "Refresh" not in page
        assert babak_client.get(f"{address}file/").status_code == 404
        ask(babak_client, tab="all")

    def test_a_dead_worker_s_export_is_made_by_another(
        self, babak_client: Client, open_case: Open, clock: Any
    ) -> None:
        open_case()
        address = ask(babak_client, tab="all")
        assert jobs.take("doomed", at=timezone.now())
        zombie = making.begin(Export.objects.get().pk)
        clock.shift(120)
        work()
        assert len(table_of(babak_client, address)) == 2
        with pytest.raises(making.Superseded):
            making.advance(zombie, done=1, total=1)

    def test_a_late_zombie_cannot_put_its_file_over_the_good_one(
        self, babak_client: Client, open_case: Open, as_babak: Staff
    ) -> None:
        open_case()
        address = ask(babak_client, tab="all")
        zombie = making.begin(Export.objects.get().pk)
        work()
        kept = Export.objects.get().stored_as
        with pytest.raises(making.Superseded):
            making.finish(zombie, b"old", by=as_babak, rows=9, at=SATURDAY)
        assert Export.objects.get().stored_as == kept
        assert len(table_of(babak_client, address)) == 2

    def test_after_a_day_row_and_file_are_gone(
        self, babak_client: Client, open_case: Open, clock: Any
    ) -> None:
        open_case()
        address = ask(babak_client, tab="all")
        work()
        stored = Export.objects.get().stored_as
        clock.shift(DAY + timedelta(minutes=1))
        assert babak_client.get(f"{address}file/").status_code in (302, 404)
        assert round_of_work(at=timezone.now())["exports_dropped"] == 1
        assert not Export.objects.exists()
        assert not default_storage.exists(stored)


HOSTILE = ["=1+1", "+98", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "https://evil.example/", "\x01\x02x", "<b>"]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_people_wrote_is_never_a_formula(name: str) -> None:
    content = sheet("نام", ["متقاضی"], [[name]])
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.active is not None
    cell = book.active["A2"]
    assert cell.data_type == "s"
    with zipfile.ZipFile(BytesIO(content)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in page
    assert b"hyperlink" not in page


def test_a_name_that_is_a_formula_reaches_the_sheet_as_text(babak_client: Client, open_case: Open) -> None:
    open_case(applicant=Applicant("natural", '=HYPERLINK("http://x")', "1367458218", "+989141234567"))
    address = ask(babak_client, tab="all")
    work()
    assert '=HYPERLINK("http://x")' in table_of(babak_client, address)[1]


@pytest.mark.django_db(transaction=True)
def test_ten_more_rows_cost_no_more_queries(babak_client: Client, open_case: Open) -> None:
    def queries() -> int:
        ask(babak_client, tab="all")
        job = jobs.take("worker", at=timezone.now())
        assert job
        with CaptureQueriesContext(connection) as captured:
            jobs.run(job, clock=timezone.now)
        return len(captured)

    open_case()
    queries()  # keys and calendars are read once a process
    first = queries()
    for _ in range(10):
        open_case()
    assert queries() == first
