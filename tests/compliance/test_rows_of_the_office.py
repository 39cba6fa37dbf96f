"""What is the whole office's: outages, maintenance, minutes of the probers, what inspectors read."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import SYSTEM, Staff
from mizban.core.people.models import Inspection, Role, User
from mizban.office.availability import maintenance, outages, recording
from mizban.office.availability.models import Maintenance
from mizban.office.availability.recording import Probe
from mizban.office.compliance.figures import Figure
from tests.conftest import SATURDAY, make_member

from .conformance import shows
from .conftest import DAY

Said = Callable[..., dict[str, Figure]]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def outage(agency: Agency, *, told_after: timedelta) -> None:
    made = outages.open_outage(agency, from_at=SATURDAY, by=SYSTEM, at=SATURDAY + told_after)
    outages.told(made, notice_id=1, by=SYSTEM, at=SATURDAY + told_after)


def window(agency: Agency, *, ahead: timedelta, late: str = "") -> Maintenance:
    begins = SATURDAY + ahead
    plan = maintenance.Plan(begins, begins + HOUR, "تعویض دیسک", late_reason=late)
    return maintenance.plan(agency, plan, by=SYSTEM, at=SATURDAY)


def probe(agency: Agency, target: str, *, ok: bool, minutes: int = 10) -> None:
    found = [
        Probe(agency.pk, target, SATURDAY + number * MINUTE, ok, 80, "refused") for number in range(minutes)
    ]
    recording.take(found, source="here", at=SATURDAY + minutes * MINUTE)


def pair(figure: Figure) -> tuple[str, int | None, int | None]:
    return figure.verdict, figure.numerator, figure.denominator


@shows("moves", "Sx-3.4b", "Sx-4.7")
def test_an_outage_moves_what_is_told_of_faults_and_of_disruptions_and_nothing_else(
    agency: Agency, said: Said
) -> None:
    before = said()
    outage(agency, told_after=5 * MINUTE)
    after = said()
    moved = {row for row, figure in after.items() if pair(figure) != pair(before[row])}
    assert moved == {"Sx-3.4b"}  # S4 has no clause of disruptions: S0 to S3 have
    assert pair(after["Sx-3.4b"]) == ("met", 1, 1)


@shows("missed", "Sx-3.4b")
def test_a_fault_told_after_an_hour_is_missed(agency: Agency, said: Said) -> None:
    outage(agency, told_after=HOUR)
    assert pair(said()["Sx-3.4b"]) == ("missed", 0, 1)


@shows("moves", "Sx-3.5", "Sx-4.7")
def test_maintenance_announced_in_time_is_met(agency: Agency, common: Said) -> None:
    window(agency, ahead=5 * DAY)
    found = common(at=SATURDAY + 6 * DAY)
    assert pair(found["Sx-3.5"]) == ("met", 1, 1)
    assert pair(found["Sx-4.7"]) == ("met", 1, 1)


@shows("missed", "Sx-3.5", "Sx-4.7")
def test_maintenance_announced_late_is_missed_and_one_called_off_never_was(
    agency: Agency, common: Said
) -> None:
    made = window(agency, ahead=HOUR, late="دیسک نشانهٔ خرابی دارد")
    assert pair(common()["Sx-3.5"]) == ("missed", 0, 1)
    assert pair(common()["Sx-4.7"]) == ("missed", 0, 1)
    maintenance.end(made, by=SYSTEM, at=SATURDAY + MINUTE)
    assert common()["Sx-3.5"].verdict == "no_data"


def test_a_sudden_outage_breaks_the_impossible_clause_and_is_told_apart(agency: Agency, common: Said) -> None:
    outage(agency, told_after=MINUTE)
    window(agency, ahead=5 * DAY)
    found = common(at=SATURDAY + 6 * DAY)
    assert (found["Sx-3.4b"].verdict, found["Sx-4.7"].verdict) == ("met", "missed")
    assert found["Sx-4.7"].detail == "برنامه‌ریزی‌شده: ۱ از ۱؛ ناگهانی: ۱."


@shows("moves", "Sx-3.0a", "Sx-3.1", "Sx-3.4a", "S4-1.2")
def test_minutes_in_which_pages_open_are_met(agency: Agency, common: Said, said: Said) -> None:
    for target in ("home", "form", "tracking"):
        probe(agency, target, ok=True)
    assert pair(common()["Sx-3.0a"]) == ("met", 10, 10)
    assert pair(common()["Sx-3.1"]) == ("met", 20, 20)
    assert pair(said()["Sx-3.4a"]) == ("met", 10, 10)
    assert pair(said()["S4-1.2"]) == ("met", 10, 10)


@shows("missed", "Sx-3.0a", "Sx-3.1", "Sx-3.4a", "S4-1.2")
def test_minutes_in_which_they_do_not_are_missed(agency: Agency, common: Said, said: Said) -> None:
    for target in ("home", "form", "tracking"):
        probe(agency, target, ok=False)
    assert {common()[row].verdict for row in ("Sx-3.0a", "Sx-3.1", "Sx-3.4a")} == {"missed"}
    assert said()["S4-1.2"].verdict == "missed"


def test_telecoms_outage_with_evidence_is_taken_out_only_where_the_clause_says_so(
    agency: Agency, common: Said, said: Said
) -> None:
    probe(agency, "home", ok=False)
    made = outages.open_outage(agency, from_at=SATURDAY, by=SYSTEM, at=SATURDAY + HOUR)
    outages.close_outage(made, until_at=SATURDAY + HOUR, by=SYSTEM, at=SATURDAY + HOUR)
    outages.prove_telecom(made, outages.Evidence("۱۲۳", "مخابرات"), by=SYSTEM, at=SATURDAY + HOUR)
    assert common()["Sx-3.4a"].verdict == "no_data"
    assert pair(said()["Sx-3.4a"]) == ("missed", 0, 10)


@shows("moves", "Sx-4.1")
def test_what_an_inspector_with_a_mandate_reads_has_its_reason(agency: Agency, said: Said) -> None:
    reads(agency, make_member(agency, "zahra", "زهرا کمالی", Role.INSPECTOR))
    assert pair(said()["Sx-4.1"]) == ("met", 1, 1)


@shows("missed", "Sx-4.1")
def test_what_somebody_without_one_reads_has_none(agency: Agency, babak: User, said: Said) -> None:
    reads(agency, babak)
    assert pair(said()["Sx-4.1"]) == ("missed", 0, 1)


def reads(agency: Agency, user: User) -> None:
    Inspection.objects.create(agency=agency, user=user, at=SATURDAY, page="desk:case", case_code="1" * 12)


def test_an_office_is_not_measured_by_what_happened_elsewhere(
    other_agency: Agency, said: Said, as_babak: Staff
) -> None:
    outage(other_agency, told_after=HOUR)
    assert said()["Sx-3.4b"].verdict == "no_data"
