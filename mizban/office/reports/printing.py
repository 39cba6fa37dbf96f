"""The paper of a report: its data in words, set in the room of papers, what is signed attached inside (PDF/A-3)."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mizban.office.papers.press import PressFailed, press
from mizban.office.papers.printing import PressBusy

from . import wording
from .codes import qr_svg
from .models import Report

TEMPLATE = Path(__file__).parent / "report.typ"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, when (aware), and the public key the signature is checked with, in hex."""

    name: str
    at: datetime
    public_key: str


def printed(report: Report, signature: Signature | None = None) -> bytes:
    """The report as PDF; the same report gives the same bytes. Raises PressBusy."""
    try:
        return press(paper_of(report, signature), template=TEMPLATE)
    except PressFailed as fault:
        raise PressBusy from fault


def paper_of(report: Report, signature: Signature | None = None) -> dict[str, Any]:
    """Everything the template shows, in words; `document` is attached as it was signed."""
    facts = json.loads(report.document)
    month = wording.month_name(report.month)
    return {
        "agency": report.agency.name,
        "place": report.agency.address,
        "title": f"گزارش ماهانهٔ {month}",
        "month": month,
        "of": report.agreement.title if report.agreement else "همهٔ توافق‌نامه‌های سطح خدمت",
        "made": wording.moment(facts["made_at"]),
        "dated": [int(part) for part in facts["made_at"][:10].split("-")],
        "cards": wording.cards(facts),
        "missed": wording.missed(facts),
        "chapters": wording.chapters(facts),
        "happenings": wording.happenings(facts),
        "outages": wording.outages(facts),
        "maintenance": wording.maintenance(facts),
        "rests": wording.rests_on(facts),
        "signer": signature.name if signature else "",
        "signed": wording.moment(signature.at.isoformat()) if signature else "",
        "key": signature.public_key if signature else "",
        "hash": report.hash,
        "halves": [report.hash[:32], report.hash[32:]],
        "verify": report.address,
        "qr": qr_svg(report.address) if report.address else "",
        "document": report.document,
    }
