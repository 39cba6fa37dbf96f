"""What is looked up where agreements stand: validity, signatures, the menu, the end; and what nothing counts yet."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Staff
from mizban.core.people.models import User
from mizban.office.agreements import drafting
from mizban.office.agreements.models import AgreementVersion, Ending, Notification
from mizban.office.compliance import lookups
from mizban.office.compliance.figures import Figure, figures
from mizban.office.compliance.validity import Reign, days_of
from tests.agreements.conftest import NOON, made_ready, sent, signed
from tests.conftest import SATURDAY

from .conformance import shows

Said = Callable[..., dict[str, Figure]]
DAY = timedelta(days=1)
# Aban 1405.
ABAN = date(2026, 10, 23)
LAST = date(2026, 11, 21)


@shows("moves", "Sx-6.1", "S4-6.3")
def test_days_under_a_valid_version_are_counted() -> None:
    reign = Reign(ABAN + 5 * DAY, None, None, holdover=False)
    assert days_of([reign], [ABAN], today=LAST)["valid"][ABAN] == (25, 25)


@shows("missed", "Sx-6.1", "S4-6.3")
def test_days_after_the_last_one_are_days_without_a_valid_agreement() -> None:
    reign = Reign(ABAN, None, ABAN + 9 * DAY, holdover=True)
    found = days_of([reign], [ABAN], today=LAST)
    assert (found["valid"][ABAN], found["binding"][ABAN]) == ((10, 30), (30, 30))


@shows("moves", "Sx-6.2", "Sx-7.1")
def test_a_text_that_binds_past_its_end_binds_until_the_next_one_does() -> None:
    old = Reign(ABAN, ABAN + 20 * DAY, ABAN + 9 * DAY, holdover=True)
    new = Reign(ABAN + 20 * DAY, None, None, holdover=False)
    assert days_of([old, new], [ABAN], today=LAST)["binding"][ABAN] == (30, 30)


@shows("missed", "Sx-6.2", "Sx-7.1")
def test_a_text_that_says_nothing_of_it_leaves_days_unbound() -> None:
    old = Reign(ABAN, ABAN + 20 * DAY, ABAN + 9 * DAY, holdover=False)
    assert days_of([old], [ABAN], today=LAST)["binding"][ABAN] == (10, 30)


@shows("moves", "Sx-0")
def test_the_published_text_was_read_surely(said: Said) -> None:
    found = said()["Sx-0"]
    assert (found.verdict, found.numerator) == ("met", found.denominator)


@shows("missed", "Sx-0")
def test_a_text_that_was_hardly_read_is_missed(paper: AgreementVersion, said: Said) -> None:
    paper.clauses.update(confidence=0.2)
    assert said()["Sx-0"].verdict == "missed"


@shows("moves", "Sx-2.2")
def test_clauses_with_a_measure_are_counted(common: Said) -> None:
    found = common()["Sx-2.2"]
    assert (found.verdict, found.numerator) == ("met", found.denominator)


@shows("missed", "Sx-2.2")
def test_clauses_without_one_are_missed_and_each_says_so(
    common_paper: AgreementVersion, common: Said
) -> None:
    common_paper.clauses.exclude(kind="bilateral-statement").update(unmeasurable="عددی برای آن نیست.")
    found = common()
    assert found["Sx-2.2"].verdict == "missed"
    assert (found["Sx-3.2"].verdict, found["Sx-3.2"].why) == ("not_measurable", "عددی برای آن نیست.")


@shows("moves", "Sx-3.3")
def test_every_active_service_stands_in_the_menu(common: Said) -> None:
    found = common()["Sx-3.3"]
    assert (found.verdict, found.numerator, found.denominator) == ("met", 1, 1)


@shows("missed", "Sx-3.3")
def test_a_service_that_the_menu_leaves_out_is_missed(common: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookups, "_menu", [lambda _agency: set()])
    assert common()["Sx-3.3"].verdict == "missed"


@shows("moves", "S4-6.1b")
def test_the_directors_signature_is_looked_at(renewed: AgreementVersion) -> None:
    assert verdict_of(renewed, "director-signature") == "met"


@shows("missed", "S4-6.1b", "S4-6.2b")
def test_a_text_that_was_changed_after_its_signature_is_missed(
    renewed: AgreementVersion, other_agency: Agency
) -> None:
    AgreementVersion.objects.filter(pk=renewed.pk).update(title="عنوانی دیگر", counterpart=other_agency)
    assert verdict_of(renewed, "director-signature") == "missed"
    assert verdict_of(renewed, "mutual-signature") == "missed"


@shows("moves", "S4-6.2b")
def test_two_signatures_are_asked_for_where_two_organisations_agree(
    paper: AgreementVersion, as_hamed: Staff, as_mahin: Staff, other_agency: Agency
) -> None:
    draft = made_ready(drafting.successor_of(paper, by=as_hamed, at=NOON))
    drafting.change(draft, seen=draft.revision, counterpart=other_agency)
    version = sent(draft, as_hamed)
    signed(version, as_hamed)
    signed(version, as_mahin)
    assert verdict_of(version, "mutual-signature") == "met"


@shows("moves", "S4-7.1")
def test_an_end_with_a_tried_backup_is_met(paper: AgreementVersion, sara: User, said: Said) -> None:
    ended(paper, sara, verified=True)
    assert said()["S4-7.1"].verdict == "met"


@shows("missed", "S4-7.1")
def test_an_end_without_one_is_missed(paper: AgreementVersion, sara: User, said: Said) -> None:
    ended(paper, sara, verified=False)
    assert said()["S4-7.1"].verdict == "missed"


@shows("says why there is none", "S4-3.2b", "S4-3.3b")
def test_what_nothing_counts_yet_says_so(said: Said) -> None:
    found = said()
    assert (found["S4-3.2b"].verdict, found["S4-3.3b"].verdict) == ("observed", "no_data")
    assert all("هنوز در سامانه نیست" in found[row].why for row in ("S4-3.2b", "S4-3.3b"))


def ended(version: AgreementVersion, user: User, *, verified: bool) -> None:
    """The end of an agreement as its wizard leaves it; unverified as it never does."""
    paper = Notification.objects.create(
        agreement=version.agreement,
        number="۱",
        dated_on=LAST,
        does="ends",
        file_name="a.pdf",
        media_type="application/pdf",
        file=b"",
        entered_by=user,
        entered_at=SATURDAY,
    )
    Ending.objects.create(
        agreement=version.agreement,
        notification=paper,
        manner="ended",
        keep_until=LAST,
        state="signed",
        verified_at=SATURDAY if verified else None,
        signed_at=SATURDAY,
        begun_at=SATURDAY,
    )


def verdict_of(version: AgreementVersion, kind: str) -> str:
    """The verdict of a clause of this kind; the reader need not find one in a renewed text."""
    clause = version.clauses.filter(kind=kind).first()
    fresh = AgreementVersion.objects.get(pk=version.pk)
    if clause is None:
        version.clauses.filter(position=1).update(kind=kind, measure="signed-versions", obligor="agency")
    return next(each.verdict for each in figures(fresh, at=SATURDAY) if each.kind == kind)


@pytest.fixture
def renewed(paper: AgreementVersion, as_hamed: Staff) -> AgreementVersion:
    """The successor of the published text, signed by the director."""
    return signed(sent(made_ready(drafting.successor_of(paper, by=as_hamed, at=NOON)), as_hamed), as_hamed)
