"""A signed successor in the demo: the roads office renewed its text, and the new one begins with a month to come."""

from datetime import date, datetime, timedelta

from mizban.core.agencies.models import Agency
from mizban.core.people.actors import Staff
from mizban.core.people.models import Role
from mizban.lib.jalali import add_months, from_jalali, local, to_jalali
from mizban.office.agreements import drafting, gate, sending, signing
from mizban.office.agreements.models import Agreement, Draft

OFFICE = "markazi-roads"
TITLE = "میز خدمت الکترونیکی"
DAYS = 7
# Time enough to read it before it binds; until then the published text stays in force, with its findings in view.
AHEAD = timedelta(days=14)
REASON = "تاریخ پایان برای بازنگری است؛ تا متن تازه امضا نشده، مردم بی توافق‌نامه نمی‌مانند."


def sign_successor(*, at: datetime) -> None:
    """Draft, send and sign it once; `at` is aware."""
    agreement = Agreement.objects.filter(agency__slug=OFFICE, number=1).first()
    if agreement is None or agreement.in_force is None or agreement.versions.count() > 1:
        return
    by = _director(agreement.agency, at=at)
    draft = _ready(drafting.successor_of(agreement.in_force, by=by, at=at), at=at)
    found = gate.obstacles(drafting.facts_of(draft), today=local(at).date())
    reasons = {each.code: REASON for each in found}
    version = sending.send(draft, reasons, by=by, at=at)
    signing.sign(version, by=by, at=at, seen_hash=signing.document_hash(version))


def _director(agency: Agency, *, at: datetime) -> Staff:
    held = agency.memberships.holding(Role.DIRECTOR, at=at)[0]
    return Staff(held.user_id, held.user.full_name, agency.pk, frozenset({Role.DIRECTOR}))


def _ready(draft: Draft, *, at: datetime) -> Draft:
    """What the officer did: confirmed, filled the blank, gave the promise its number and the text its dates."""
    drafting.confirm(draft, [clause["id"] for clause in draft.clauses], seen=draft.revision)
    blanks = dict.fromkeys(gate.blanks(drafting.facts_of(draft)), "دو سال")
    drafting.fill_blanks(draft, blanks, seen=draft.revision)
    vague = next(clause for clause in draft.clauses if clause["kind"] == "prompt-result")
    target = {"value": DAYS, "unit": "working_days"}
    drafting.set_clause(draft, vague["id"], seen=draft.revision, target=target)
    first = _first_of_month(local(at).date() + AHEAD)
    last = add_months(first, 24) - timedelta(days=1)
    drafting.set_dates(draft, seen=draft.revision, valid_from=first, valid_until=last, title=TITLE)
    return draft


def _first_of_month(day: date) -> date:
    """The first day of a Jalali month, on this day or after it."""
    year, month, of_month = to_jalali(day)
    return day if of_month == 1 else add_months(from_jalali(year, month, 1), 1)
