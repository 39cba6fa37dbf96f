"""Nobody sees Maryam's case but those it is for: a walk over every address there is, as everybody else.

A new address is walked by itself. One with a name in it that `there` does not know fails here: say what stands for it,
something of Maryam's that is really there, so that the walk asks for hers and not for nothing.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern, URLPattern

from mizban.core.agencies.models import Agency
from mizban.core.cases.filing.opening import Opened
from mizban.core.cases.inhouse import noting
from mizban.core.cases.models import Case
from mizban.core.cases.papers import files
from mizban.core.cases.sight import words
from mizban.core.declarations.applicants import Applicant
from mizban.core.people.actors import SYSTEM, Staff
from mizban.core.people.models import Absence, Deputyship, Inspection, Role, User
from mizban.core.sealing.keys import blind
from mizban.lib.text import ascii_digits
from mizban.office.agreements.models import Draft as AgreementDraft
from mizban.office.agreements.publishing import PUBLISHED, enter
from mizban.office.availability import letters
from mizban.office.availability.models import Maintenance, Outage
from mizban.office.breaches.models import Escalation
from mizban.office.calendar.models import ClosureProposal
from mizban.office.exports.models import Export
from mizban.office.mailing import subscribing
from mizban.office.mailing.models import Subscription
from mizban.office.notices.models import Notice
from mizban.office.replies.models import CannedReply
from mizban.office.reports.models import Report
from tests.conftest import REQUEST, SATURDAY, make_member, signed_in

NOON = SATURDAY + timedelta(hours=2)
WEEK_ON = NOON + timedelta(days=7)
PNG = b"\x89PNG\r\n\x1a\n" + b"a scan"
NOTE = "پدر متقاضی دیروز تلفن زد و عجله داشت."
REPLY = "پروانهٔ ساخت شما به شمارهٔ نود و هشت آماده است."
CANNED = "این متن تنها برای کارشناسان همین اداره است."
DRAFT = "این اطلاعیه هنوز منتشر نشده است."
SEASON = "فصل میوه‌چینی در باغ‌های اراک"
FILE_NAME = "کارت-ملی-مریم.png"
# Not the Maryam of the samples, whom forms and the gallery name as an example.
MARYAM = Applicant("natural", "مریم فیروزکوهی", "4782936151", "+989187654321")
LETTER = "نامهٔ-فیبر-اراک.png"
MAIL = "firouzkouhi@example.ir"
TEXT = "پروانهٔ ساخت من در خیابان بهشت، پس از چهار ماه، هنوز در کمیسیون مانده است."
KAVEH = Applicant("natural", "کاوه رستمی", "0651234927", "+989122345678")
# Answers that mean «there is nothing here for you»; a page of one's own is judged by its words.
CLOSED_DOORS = {302, 303, 400, 401, 403, 404, 405, 409, 411, 415, 422, 429}
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)
_BLANKS = re.compile(r"[\s\u200c\-]+")
_NAMES = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def maryams(open_case: Callable[..., Opened], as_babak: Staff) -> Opened:
    """Maryam's case with everything in it: texts of both sides, a file, a note, an answer."""
    paper = files.keep(as_babak.agency_id, "papers", FILE_NAME, PNG, size=len(PNG), token="t", at=SATURDAY)
    answers = {**REQUEST, "text": TEXT}
    opened = open_case(applicant=MARYAM, answers=answers, files={"papers": [paper]}, token="t")
    noting.note(opened.case, by=as_babak, at=SATURDAY, answers={"text": NOTE})
    opened.case.take("reply", by=as_babak, at=SATURDAY, answers={"reply": REPLY})
    return opened


@pytest.fixture
def keeper(agency: Agency) -> User:
    """A site officer of Maryam's office."""
    return make_member(agency, "keeper", "نگهدار سامانه", Role.SITE_OFFICER)


@pytest.fixture
def there(maryams: Opened, babak: User, keeper: User) -> dict[str, str]:
    """What stands in an address for each name in it: something of Maryam's, or of her office, that exists."""
    case = maryams.case
    reply = CannedReply.objects.create(
        agency=case.agency, title="آماده", text=CANNED, changed_by=babak, changed_at=NOON
    )
    export = Export.objects.create(agency=case.agency, user=babak, query={"tab": "all"}, asked_at=NOON)
    draft = Notice.objects.create(agency=case.agency, heading=DRAFT)
    paper = PUBLISHED / "004.txt"
    enter(case.agency, 1, paper, services=["service-desk"], today=NOON.date(), at=SATURDAY)
    agreed = AgreementDraft.objects.create(agency=case.agency, state="read", title=DRAFT, made_at=NOON)
    outage = Outage.objects.create(agency=case.agency, from_at=SATURDAY, detected_at=SATURDAY)
    window = Maintenance.objects.create(
        agency=case.agency,
        from_at=NOON + timedelta(days=9),
        until_at=NOON + timedelta(days=10),
        what="تعویض دیسک",
        announced_at=SATURDAY,
        lead_minutes=2000,
        lead_target=1440,
        needed_minutes=0,
    )
    escalation = Escalation.objects.create(
        case=case,
        level=1,
        number=1,
        agency=case.agency,
        role="expert",
        person=babak,
        superior=babak.full_name,
        at=NOON,
        due_at=NOON,
    )
    report = Report.objects.create(
        agency=case.agency,
        month=SATURDAY.date(),
        asked_by=babak,
        asked_at=NOON,
        document=DRAFT,
        paper=b"%PDF-",
    )
    letter = letters.keep(outage, name=LETTER, data=PNG, by=SYSTEM, at=SATURDAY)
    subscribing.ask(MAIL, case=case, at=SATURDAY)
    subscription = Subscription.objects.get()
    token = subscribing.issue(subscription, at=NOON)
    calendar = case.agency.calendars.get()
    absence, deputy = (
        made.objects.create(agency=case.agency, person=babak, from_at=NOON, until_at=WEEK_ON, **more)
        for made, more in ((Absence, {}), (Deputyship, {"deputy": keeper}))
    )
    season = calendar.seasons.create(name=SEASON, from_on=WEEK_ON.date(), until_on=WEEK_ON.date())
    proposal = ClosureProposal.objects.create(
        agency=case.agency, on=SATURDAY.date(), reason=SEASON, proposed_by=babak, proposed_at=NOON
    )
    return {
        "person_id": str(babak.pk),
        "role_id": str(babak.memberships.get().pk),
        "unit_id": str(case.unit_id),
        "absence_id": str(absence.pk),
        "deputy_id": str(deputy.pk),
        "season_id": str(season.pk),
        "holiday_id": str(calendar.holidays.create(on=WEEK_ON.date(), name=SEASON).pk),
        "proposal_id": str(proposal.pk),
        "outage_id": str(outage.pk),
        "window_id": str(window.pk),
        "notice_id": str(draft.pk),
        "agency": "markazi-roads",
        "office": "markazi-roads",
        "service": "service-desk",
        "code": case.code,
        "step": "close",
        "file_id": str(case.files.get().pk),
        "reply_id": str(reply.pk),
        "export_id": str(export.pk),
        "report_id": str(report.pk),
        "agreement_id": "1",
        "number": "1",
        "draft_id": str(agreed.pk),
        "version_id": "1",
        "version": "1",
        "paper": "0" * 32,
        "ref": "c1",
        "notification_id": "1",
        "kind": "pdf",
        "escalation_id": str(escalation.pk),
        "format": "csv",
        "letter_id": str(letter.pk),
        "token": token,
        "subscription_id": str(subscription.pk),
        "mark": subscribing.mark_of(subscription.pk),
    }


@pytest.fixture
def secrets(maryams: Opened) -> dict[str, str]:
    """What must not be read, by what it is; compared without blanks, in ASCII digits."""
    return {
        "name": MARYAM.name,
        "identifier": MARYAM.identifier,
        "mobile": MARYAM.mobile[3:],
        "text": TEXT,
        "answer": REPLY,
        "note": NOTE,
        "canned reply": CANNED,
        "draft of a notice": DRAFT,
        "season": SEASON,
        "file name": FILE_NAME,
        "mail": MAIL,
        "letter of telecom": LETTER,
        "code": maryams.case.code,
        "password": maryams.password,
    }


def routes(patterns: Iterable[Any] | None = None, before: str = "") -> Iterator[str]:
    """Every address of the site as it is declared."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif isinstance(each, URLPattern) and isinstance(each.pattern, RoutePattern):
            yield f"/{route}"
        else:
            # Only what catches all that is left may be a regular expression.
            assert str(each.pattern) in ("", "^.*$"), f"say in {__file__} how to walk {route}"
            yield f"/{before}nothing/here"


def addresses(there: dict[str, str]) -> dict[str, str]:
    """Every declared route with the address that asks for what is Maryam's."""
    found = {}
    # What ends a visit comes last.
    for route in sorted(routes(), key=lambda each: each.endswith(("sign-out/", "leave/"))):
        unknown = set(_NAMES.findall(route)) - set(there)
        assert not unknown, f"say in {__file__} what stands for {unknown} in {route}"
        found[route] = _NAMES.sub(lambda name: there[name[1]], route)
    return found


def read(answer: HttpResponseBase) -> str:
    """All that an answer says, in its content and its headers, as one string without blanks."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    said = html.unescape(_TAGS.sub("", content.decode("utf-8", "replace")))
    # What the page itself has in its markup, such as the value of a field, counts as well.
    raw = html.unescape(content.decode("utf-8", "replace"))
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return plain(f"{said} {raw} {headers}")


def plain(text: str) -> str:
    return _BLANKS.sub("", ascii_digits(text))


def walk(client: Client, there: dict[str, str], secrets: dict[str, str]) -> dict[str, list[int]]:
    """Ask for every address in every way; nothing that is Maryam's is said. The statuses by route."""
    statuses: dict[str, list[int]] = {}
    for route, address in addresses(there).items():
        for ask in (client.get, client.post, lambda to: client.post(to, {}, content_type="application/json")):
            answer = ask(address)
            assert answer.status_code < 500, (route, answer.status_code)
            said = read(answer)
            for what, secret in secrets.items():
                # What somebody typed into the address may come back, on the way to sign in for one.
                if plain(secret) in plain(address):
                    continue
                assert plain(secret) not in said, f"{route} tells {what}"
            statuses.setdefault(route, []).append(answer.status_code)
    assert len(statuses) > 40
    return statuses


def of_the_desk(statuses: dict[str, list[int]]) -> dict[str, list[int]]:
    found = {route: codes for route, codes in statuses.items() if route.startswith("/desk/<slug:agency>/")}
    assert len(found) > 15
    return found


def of_cases(statuses: dict[str, list[int]]) -> list[int]:
    """What was answered where a case, a step, a file or a note of Maryam's stands in the address."""
    named = ("<slug:code>", "<code>", "<int:file_id>", "<int:export_id>", "<int:reply_id>")
    return [
        code for route, codes in statuses.items() if any(name in route for name in named) for code in codes
    ]


def test_a_stranger_learns_nothing(client: Client, there: dict[str, str], secrets: dict[str, str]) -> None:
    statuses = walk(client, there, secrets)
    for route, codes in of_the_desk(statuses).items():
        assert set(codes) == {302}, route
    assert set(of_cases(statuses)) <= {302, 303, 401, 404, 405}


def test_dara_learns_nothing(dara_client: Client, there: dict[str, str], secrets: dict[str, str]) -> None:
    statuses = walk(dara_client, there, secrets)
    for route, codes in of_the_desk(statuses).items():
        assert set(codes) == {404}, route
    assert set(of_cases(statuses)) <= {302, 303, 401, 404, 405}


def test_at_her_own_desk_dara_finds_nothing_of_another_agency(
    dara_client: Client, there: dict[str, str], secrets: dict[str, str]
) -> None:
    """With her own agency in the address and Maryam's case after it."""
    statuses = walk(dara_client, there | {"agency": "other-office"}, secrets)
    named = {
        route: codes for route, codes in of_the_desk(statuses).items() if "_id>" in route or "code>" in route
    }
    for route, codes in named.items():
        # What is for other roles is refused before anything is looked for.
        assert set(codes) <= {404, 403}, route


def test_the_site_officer_of_another_agency_learns_nothing(
    other_agency: Agency, there: dict[str, str], secrets: dict[str, str]
) -> None:
    omid = make_member(other_agency, "omid", "امید صادقی", Role.SITE_OFFICER)
    for codes in of_the_desk(walk(signed_in(omid), there, secrets)).values():
        assert set(codes) == {404}
    own = walk(signed_in(omid), there | {"agency": "other-office"}, secrets)
    for route, codes in of_the_desk(own).items():
        if "_id>" in route or "code>" in route:
            assert set(codes) == {404}, route


def test_the_guest_of_another_case_learns_nothing(
    client: Client, there: dict[str, str], secrets: dict[str, str], open_case: Callable[..., Opened]
) -> None:
    kavehs = open_case(applicant=KAVEH, answers={**REQUEST, "text": "این درخواست را کاوه نوشته است و بس."})
    entered = client.post("/track/", {"code": kavehs.case.code, "password": kavehs.password})
    assert entered.status_code < 400
    assert "کاوه" in client.get("/track/case/").content.decode()
    statuses = walk(client, there, secrets)
    assert 404 in statuses["/track/case/files/<int:file_id>/"]
    for route, codes in of_the_desk(statuses).items():
        assert set(codes) == {302}, route
    assert set(of_cases(statuses)) <= {302, 303, 401, 404, 405}


def test_dara_searches_in_vain(
    dara_client: Client, maryams: Opened, secrets: dict[str, str], there: dict[str, str]
) -> None:
    for typed in (maryams.case.code, MARYAM.identifier, MARYAM.name, "مریم"):
        answer = dara_client.post("/desk/other-office/", {"q": typed})
        assert answer.status_code == 200
        # What she typed stands in the field again, and in no row.
        assert "/cases/" not in answer.content.decode()


def test_no_other_agency_s_officer_recovers_her_code(
    other_agency: Agency, maryams: Opened, there: dict[str, str]
) -> None:
    officer = signed_in(make_member(other_agency, "omid", "امید صادقی", Role.SITE_OFFICER))
    asked = {"name": MARYAM.name, "identifier": MARYAM.identifier, "mobile": "09187654321", "checked": "yes"}
    answer = officer.post("/desk/other-office/recovery/", asked)
    assert answer.status_code == 422
    assert plain(maryams.case.code) not in read(answer)
    assert maryams.case.events.count() == 3


def test_the_walk_can_see(babak_client: Client, there: dict[str, str], secrets: dict[str, str]) -> None:
    """Babak, for whom it is, reads all but the password there: the walk is at the right doors."""
    page = read(babak_client.get(f"/desk/markazi-roads/cases/{there['code']}/"))
    unseen = {what for what, secret in secrets.items() if plain(secret) not in page}
    assert unseen == {
        "identifier",
        "mobile",
        "mail",
        "letter of telecom",
        "password",
        "canned reply",
        "draft of a notice",
        "season",
    }
    for route, address in addresses(there).items():
        if route.startswith("/desk/<slug:agency>/"):
            status = babak_client.get(address).status_code
            assert status in (200, 302, 303, 403) or any(
                # Shown once, made elsewhere, or for agencies other than one's own.
                other in route
                for other in ("receipt", "export", "<slug:office>")
            ), (route, status)


def test_words_lie_blind_in_the_database(maryams: Opened) -> None:
    kept = {bytes(row.token) for row in maryams.case.words.all()}
    assert set(words.tokens(MARYAM.name)) <= kept
    assert blind("word", "مریم") in kept
    assert Case.objects.with_words(words.tokens(MARYAM.name)).exists()


def test_an_inspector_reads_the_named_agency_and_changes_nothing(
    agency: Agency, other_agency: Agency, there: dict[str, str], secrets: dict[str, str]
) -> None:
    """Javad may read Maryam's case at her office; the walk over every door, in every way, leaves it as it was."""
    javad = make_member(agency, "javad", "جواد طاهری", Role.INSPECTOR)
    client, before = signed_in(javad), _state()
    unread = {each: secrets[each] for each in ("password", "canned reply", "draft of a notice")}
    statuses = of_the_desk(walk(client, there, unread))
    assert _state() == before
    read_at = {route.split("<slug:agency>/")[1] for route, codes in statuses.items() if 200 in codes}
    assert {"", "cases/<slug:code>/", "cases/<slug:code>/files/<int:file_id>/", "dashboard/"} <= read_at
    for_inspectors = ("availability/evidence/", "breaches/", "cases/", "dashboard/", "oversight/", "exports/")
    assert all(each == "" or each.startswith(for_inspectors) for each in read_at), read_at
    assert Inspection.objects.filter(user=javad, case_code=there["code"]).count() >= 3
    elsewhere = of_the_desk(walk(signed_in(javad), there | {"agency": "other-office"}, secrets))
    assert {code for codes in elsewhere.values() for code in codes} == {404}


def _state() -> list[Any]:
    """Everything of cases and people that a walk could change."""
    cases = Case.objects.order_by("pk").values_list("pk", "number_of_events", "state", "assignee", "unit")
    return [
        *cases,
        User.objects.count(),
        ClosureProposal.objects.waiting().count(),
        CannedReply.objects.count(),
    ]
