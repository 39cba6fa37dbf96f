"""Outages: opened and closed by what is measured or by hand, told to everybody, proved to be telecom's."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mizban.core.agencies.models import Agency
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.office.availability import history
from mizban.office.availability.models import ALL, Outage, ProbeDay
from mizban.office.availability.outages import Evidence, outages_between, prove_telecom
from mizban.office.availability.recording import Probe, take
from mizban.office.availability.refusals import (
    AlreadyRunning,
    EndsBeforeItBegins,
    EvidenceAhead,
    EvidenceMissing,
    NotRunning,
    OutageAhead,
    OverlapsAnother,
)
from mizban.office.notices.models import Notice
from mizban.web.outages import close, follow, open_by_hand
from tests.conftest import SATURDAY

from .conftest import MINUTE, Bring

HOUR = timedelta(hours=1)
LETTER = Evidence("۱۴۰۵/۸۸۱۲", "شرکت مخابرات استان مرکزی")


def test_the_prober_opens_tells_and_closes(agency: Agency, bring: Bring) -> None:
    bring("++---")
    outage = Outage.objects.get()
    assert (outage.from_at, outage.targets) == (SATURDAY + 2 * MINUTE, ["home"])
    assert outage.is_running
    notice = Notice.objects.get(pk=outage.notice_id or 0)
    assert (notice.kind, notice.heading) == ("outage", "درگاه در دسترس نیست")
    assert notice.until_at is None
    assert outage.minutes_to_tell == 0
    bring("-+++", start=5)
    outage.refresh_from_db()
    notice.refresh_from_db()
    assert outage.until_at == notice.until_at == SATURDAY + 6 * MINUTE
    kinds = Event.objects.about("outage", outage.pk).values_list("kind", flat=True)
    assert list(kinds) == ["outage_opened", "outage_told", "outage_closed"]


def test_one_page_that_fails_is_named(agency: Agency, bring: Bring) -> None:
    bring("+++", target="home")
    bring("---", target="form")
    assert Notice.objects.get().heading == "فرم‌های درخواست باز نمی‌شود"


def test_two_sources_must_agree(agency: Agency, bring: Bring) -> None:
    bring("+++++", source="elsewhere")
    bring("-----")
    assert not Outage.objects.exists()


def test_an_outage_seen_from_outside_and_told_later_is_on_record(agency: Agency) -> None:
    """A prober elsewhere could not reach us for an hour; what it brings then opens and closes the outage at once."""
    marks = [(number, number not in range(5, 60)) for number in range(70)]
    probes = [Probe(agency.pk, "home", SATURDAY + number * MINUTE, up, 80) for number, up in marks]
    at = SATURDAY + 70 * MINUTE
    take(probes, source="elsewhere", at=at)
    follow(agency.pk, since=SATURDAY, at=at)
    outage = Outage.objects.get()
    assert (outage.from_at, outage.until_at) == (SATURDAY + 5 * MINUTE, SATURDAY + 60 * MINUTE)
    assert outage.minutes_to_tell == 62  # detected at 10:08, told at 11:10
    assert Notice.objects.get().until_at == outage.until_at


def test_what_is_closed_by_hand_is_believed(agency: Agency, bring: Bring, as_sara: Staff) -> None:
    bring("---")
    close(Outage.objects.get(), until_at=SATURDAY + 4 * MINUTE, by=as_sara, at=SATURDAY + 4 * MINUTE)
    bring("--", start=3)
    assert not Outage.objects.running().exists()
    bring("---", start=5)
    assert Outage.objects.running().count() == 1


def test_what_no_prober_sees_is_opened_and_closed_by_hand(
    agency: Agency, bring: Bring, as_sara: Staff
) -> None:
    outage = open_by_hand(
        agency, from_at=SATURDAY, what="پیامک‌ها نمی‌رسد", by=as_sara, at=SATURDAY + 7 * MINUTE
    )
    assert outage.minutes_to_tell == 7
    bring("++++")
    assert Outage.objects.running().exists()
    with pytest.raises(AlreadyRunning):
        open_by_hand(agency, from_at=SATURDAY, what="باز هم", by=as_sara, at=SATURDAY + HOUR)
    with pytest.raises(EndsBeforeItBegins):
        close(outage, until_at=SATURDAY, by=as_sara, at=SATURDAY + HOUR)
    with pytest.raises(OutageAhead):
        close(outage, until_at=SATURDAY + 2 * HOUR, by=as_sara, at=SATURDAY + HOUR)
    close(outage, until_at=SATURDAY + HOUR, by=as_sara, at=SATURDAY + HOUR)
    with pytest.raises(NotRunning):
        close(outage, until_at=SATURDAY + HOUR, by=as_sara, at=SATURDAY + HOUR)
    with pytest.raises(OverlapsAnother):
        open_by_hand(agency, from_at=SATURDAY + 30 * MINUTE, what="x", by=as_sara, at=SATURDAY + 2 * HOUR)
    with pytest.raises(OutageAhead):
        open_by_hand(agency, from_at=SATURDAY + 3 * HOUR, what="x", by=as_sara, at=SATURDAY + 2 * HOUR)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("evidence", "refusal"),
    [
        (Evidence("", "شرکت مخابرات"), EvidenceMissing),
        (Evidence("   ", "شرکت مخابرات"), EvidenceMissing),
        (Evidence("۱۲", "\u200c"), EvidenceMissing),
        (Evidence("۱۲", "شرکت مخابرات", SATURDAY.date() + timedelta(days=1)), EvidenceAhead),
    ],
)
def test_telecom_without_evidence_is_refused(
    agency: Agency, bring: Bring, as_sara: Staff, evidence: Evidence, refusal: type[Exception]
) -> None:
    bring("---+++")
    with pytest.raises(refusal):
        prove_telecom(Outage.objects.get(), evidence, by=as_sara, at=SATURDAY + HOUR)
    assert Outage.objects.get().kind == "fault"
    with pytest.raises(IntegrityError), transaction.atomic():
        Outage.objects.update(kind="telecom")


def test_with_evidence_the_net_figure_recovers_and_the_gross_one_does_not(
    agency: Agency, bring: Bring, as_sara: Staff
) -> None:
    bring("---+++")
    prove_telecom(Outage.objects.get(), LETTER, by=as_sara, at=SATURDAY + HOUR)
    whole = history.histories(agency, at=SATURDAY + HOUR)[ALL]
    assert (whole.gross, whole.net) == (0.5, 1.0)
    assert ProbeDay.objects.get(target=ALL).telecom == 3
    outage = Outage.objects.get()
    assert (outage.evidence_by, outage.evidence_reference) == ("سارا قنبری", "1405/8812")
    assert Event.objects.about("outage", outage.pk).last().kind == "telecom_proved"  # type: ignore[union-attr]  # it has events


def test_what_applicants_get_back_is_every_outage_once(
    agency: Agency, other_agency: Agency, bring: Bring, as_sara: Staff
) -> None:
    bring("+---+++..---")
    spans = outages_between(agency.pk, SATURDAY + 2 * MINUTE, SATURDAY + HOUR)
    assert [(round((a - SATURDAY) / MINUTE), round((b - SATURDAY) / MINUTE)) for a, b in spans] == [
        (2, 4),
        (9, 12),  # it runs, and nobody knows how long
    ]
    assert outages_between(agency.pk, SATURDAY - HOUR, SATURDAY) == []
    assert outages_between(other_agency.pk, SATURDAY, SATURDAY + HOUR) == []
