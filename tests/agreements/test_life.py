"""The life of an agreement: signed, in force once, alerted, succeeded; what is refused is refused by name."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.events.models import Event
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role
from mizban.office.agreements import drafting, refusals, sending, signing
from mizban.office.agreements.keeping import keep
from mizban.office.agreements.models import Agreement, AgreementVersion, Draft, Standing
from mizban.office.agreements.recording import history
from tests.conftest import make_agency

from .conftest import NOON, TODAY, made_ready, sent, signed

DAY = timedelta(days=1)


def told(agreement: Agreement) -> list[str]:
    return [event.kind for event in history(agreement)]


def in_force(on_paper: AgreementVersion, by: Staff) -> AgreementVersion:
    draft = made_ready(drafting.successor_of(on_paper, by=by, at=NOON))
    return signed(sent(draft, by), by)


def test_a_successor_signed_by_the_director_takes_the_place_of_the_paper(
    on_paper: AgreementVersion, as_hamed: Staff, agency: Agency
) -> None:
    version = in_force(on_paper, as_hamed)
    on_paper.refresh_from_db()
    assert (version.state(today=TODAY), on_paper.state(today=TODAY)) == ("in-force", "replaced")
    assert Agreement.objects.binding(agency, "service-desk", today=TODAY) == version
    signature = version.signatures.get()
    assert signing.is_whole(signature)
    assert "۷ روز کاری" in version.text
    assert "[" not in version.text
    assert told(version.agreement) == [
        *("published-on-paper", "sent-for-signature", "signed", "replaced", "came-into-force")
    ]


def test_a_changed_text_breaks_the_signature(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    version = in_force(on_paper, as_hamed)
    version.clauses.filter(kind="prompt-result").update(target={"value": 70, "unit": "working_days"})
    assert not signing.is_whole(version.signatures.get())


def test_events_of_an_agreement_are_one_chain(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    events = list(history(in_force(on_paper, as_hamed).agreement))
    for before, event in pairwise(events):
        assert event.chained_to(bytes(before.hash)) == bytes(event.hash)


def test_nobody_but_the_director_of_a_party_signs(
    on_paper: AgreementVersion, as_hamed: Staff, as_sara: Staff, as_mahin: Staff
) -> None:
    version = sent(made_ready(drafting.successor_of(on_paper, by=as_hamed, at=NOON)), as_hamed)
    for stranger in (as_sara, as_mahin):
        with pytest.raises(refusals.NotTheDirector):
            signed(version, stranger)
    with pytest.raises(refusals.TextChanged):
        signing.sign(version, by=as_hamed, at=NOON, seen_hash="another text")
    assert not version.signatures.exists()


def test_words_put_into_one_blank_are_no_other_blank(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    draft = drafting.successor_of(on_paper, by=as_hamed, at=NOON)
    clause = {**draft.clauses[0], "text": "از [الف] تا [ب] در [پ]"}
    drafting.change(draft, seen=draft.revision, clauses=[clause])
    drafting.fill_blanks(draft, {"[الف]": "[ب] [ب]", "[ب]": "[پ] [پ]", "[پ]": ""}, seen=draft.revision)
    assert draft.clauses[0]["text"] == "از [ب] [ب] تا [پ] [پ] در [پ]"


def test_a_deputy_s_signature_says_whose_place_it_is_in(
    on_paper: AgreementVersion, as_hamed: Staff, as_sara: Staff
) -> None:
    in_place = replace(
        as_sara,
        roles=frozenset({Role.DIRECTOR, Role.SITE_OFFICER}),
        alone=as_sara,
        stands_in_for=((as_hamed.user_id, as_hamed.name),),
    )
    version = in_force(on_paper, in_place)
    signature = version.signatures.get()
    assert signature.name == "سارا قنبری به جانشینی از حامد تبریزی"
    assert signing.is_whole(signature)
    signed_event = history(version.agreement).get(kind="signed")
    assert signed_event.actor_name == signature.name


def test_between_two_organisations_both_directors_sign(
    on_paper: AgreementVersion, as_hamed: Staff, as_mahin: Staff, other_agency: Agency
) -> None:
    draft = made_ready(drafting.successor_of(on_paper, by=as_hamed, at=NOON))
    drafting.change(draft, seen=draft.revision, counterpart=other_agency)
    version = signed(sent(draft, as_hamed), as_hamed)
    version.refresh_from_db()
    assert version.standing == Standing.AWAITING
    with pytest.raises(refusals.NothingToSign):
        signed(version, as_hamed)
    signed(version, as_mahin)
    version.refresh_from_db()
    assert version.standing == Standing.IN_FORCE


def test_what_stands_in_the_way_is_named_and_a_blank_is_never_overridden(
    on_paper: AgreementVersion, as_hamed: Staff
) -> None:
    draft = drafting.successor_of(on_paper, by=as_hamed, at=NOON)
    with pytest.raises(refusals.Obstructed) as refused:
        sent(draft, as_hamed)
    left = {each.code for each in refused.value.obstacles}
    assert {"unconfirmed", "unfilled-placeholder"} <= left
    with pytest.raises(refusals.Obstructed) as refused:
        sending.send(made_ready(draft), {}, by=as_hamed, at=NOON)
    assert [each.code for each in refused.value.obstacles] == ["contradictory-validity"]


def test_an_override_keeps_its_reason_in_view(
    on_paper: AgreementVersion, as_hamed: Staff, client: Any
) -> None:
    version = in_force(on_paper, as_hamed)
    page = client.get("/markazi-roads/agreements/1/").content.decode()
    assert version.overrides[0]["reason"] in page
    assert "امضای ساده، نه گواهی مطمئن" in page
    assert "حامد تبریزی" in page
    assert "[مدت زمان]" in client.get("/markazi-roads/agreements/1/?version=1").content.decode()


def test_validity_that_ends_before_it_starts_is_refused(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    draft = drafting.successor_of(on_paper, by=as_hamed, at=NOON)
    with pytest.raises(refusals.ValidityBackwards):
        drafting.set_dates(draft, seen=1, valid_from=TODAY, valid_until=TODAY - DAY)


def test_two_officers_at_once_the_second_is_told(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    draft = drafting.successor_of(on_paper, by=as_hamed, at=NOON)
    drafting.change(draft, seen=1, title="یکی")
    with pytest.raises(refusals.ChangedMeanwhile):
        drafting.change(draft, seen=1, title="دیگری")


def test_two_versions_are_never_in_force_at_once(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    version = in_force(on_paper, as_hamed)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementVersion.objects.filter(pk=on_paper.pk).update(standing=Standing.IN_FORCE)
    # Nor two on their way, nor two agreements of one service.
    agency = version.agreement.agency
    for agreement in (version.agreement, None):
        draft = made_ready(drafting.successor_of(version, by=as_hamed, at=NOON))
        Draft.objects.filter(pk=draft.pk).update(agreement=agreement, agency=agency)
        draft.refresh_from_db()
        waiting = sent(draft, as_hamed)
        if agreement:
            other = made_ready(drafting.successor_of(version, by=as_hamed, at=NOON))
            with pytest.raises(refusals.OneOnItsWay):
                sent(other, as_hamed)
    with pytest.raises(refusals.TwoInForce):
        signed(waiting, as_hamed)
    waiting.refresh_from_db()
    assert waiting.standing == Standing.AWAITING
    assert not waiting.signatures.exists()


def test_a_version_of_tomorrow_begins_tomorrow_by_itself(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    draft = made_ready(drafting.successor_of(on_paper, by=as_hamed, at=NOON))
    assert draft.valid_until is not None
    drafting.set_dates(draft, seen=draft.revision, valid_from=TODAY + DAY, valid_until=draft.valid_until)
    version = signed(sent(draft, as_hamed), as_hamed)
    keep(at=NOON)
    assert Agreement.objects.get(pk=version.agreement_id).current == on_paper
    keep(at=NOON + DAY)
    assert Agreement.objects.get(pk=version.agreement_id).current == version


def test_ends_that_come_near_are_told_once_each_and_the_successor_drafts_itself(
    on_paper: AgreementVersion, as_hamed: Staff
) -> None:
    version = in_force(on_paper, as_hamed)
    until = version.valid_until
    assert until is not None
    before = len(told(version.agreement))
    for left in (100, 90, 89, 30, 7, 6, 0, -1, -2):
        at = NOON + timedelta(days=(until - TODAY).days - left)
        for _ in range(2):
            keep(at=at)
    heard = [(event.kind, event.facts.get("days")) for event in history(version.agreement)][before:]
    assert heard == [
        *(("end-near", 90), ("end-near", 30), ("end-near", 7)),
        *(("validity-over", None), ("successor-drafted", None)),
    ]
    draft = Draft.objects.open().get()
    assert draft.valid_from == until + DAY
    assert all(clause["confirmed"] for clause in draft.clauses)
    assert version.state(today=until + DAY) == "expired-in-force"


def test_a_version_sent_back_is_a_draft_again(on_paper: AgreementVersion, as_hamed: Staff) -> None:
    draft = made_ready(drafting.successor_of(on_paper, by=as_hamed, at=NOON))
    version = sent(draft, as_hamed)
    sending.send_back(version, by=as_hamed, at=NOON)
    draft.refresh_from_db()
    assert draft.version_id is None
    assert sent(draft, as_hamed).number == 2


def test_a_running_case_keeps_the_version_it_was_filed_under(
    on_paper: AgreementVersion, as_hamed: Staff, open_case: Any, django_assert_num_queries: Any
) -> None:
    case = open_case(agreement_version=on_paper.pk).case
    version = in_force(on_paper, as_hamed)
    case.refresh_from_db()
    assert case.agreement_version == on_paper.pk
    office = case.agency
    with django_assert_num_queries(1):
        assert Agreement.objects.binding(office, "service-desk", today=TODAY) == version
    assert Agreement.objects.binding(make_agency("third", "سوم"), "service-desk", today=TODAY) is None


def test_past_its_date_a_text_without_holdover_binds_nobody(
    on_paper: AgreementVersion, as_hamed: Staff
) -> None:
    version = in_force(on_paper, as_hamed)
    AgreementVersion.objects.filter(pk=version.pk).update(holdover=False)
    agency, late = version.agreement.agency, date(2030, 1, 1)
    assert Agreement.objects.binding(agency, "service-desk", today=late) is None
    assert Event.objects.filter(subject_kind="agreement").count() == 5
    assert Offering.objects.count() == 1
