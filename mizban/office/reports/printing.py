"""The paper of a report: its data in words, set by typst in a process of its own, the data attached inside (PDF/A-3).

Run as `python -m mizban.office.reports.printing`: JSON in, PDF out. That process needs no database and no secrets.
"""

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Report

HERE = Path(__file__).parent
TEMPLATE, FONTS = HERE / "report.typ", HERE.parent / "papers" / "fonts"
SECONDS = 20
BYTES = 2 * 1024**3


class NotPrinted(Exception):
    """The paper could not be set in time; its argument is what typst said."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, when (aware), and the public key the signature is checked with, in hex."""

    name: str
    at: datetime
    public_key: str


def printed(report: "Report", signature: Signature | None = None) -> bytes:
    """The report as PDF; the same report gives the same bytes. Raises NotPrinted."""
    try:
        done = subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", __name__],
            input=json.dumps(paper_of(report, signature), ensure_ascii=False).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.CalledProcessError as fault:
        raise NotPrinted(fault.stderr.decode("utf-8", "replace")[-2000:]) from fault
    except subprocess.TimeoutExpired as fault:
        raise NotPrinted(f"more than {SECONDS} seconds") from fault
    return done.stdout


def paper_of(report: "Report", signature: Signature | None = None) -> dict[str, Any]:
    """Everything the template shows, in words; `document` is attached as it was signed."""
    from . import wording  # noqa: PLC0415  # the process that prints needs no Django
    from .codes import qr_svg  # noqa: PLC0415  # same

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


def set_here(paper: str) -> bytes:
    """The paper (as JSON) in this process, as PDF/A-3b."""
    import typst  # noqa: PLC0415  # 40 MB that only this process needs

    made = typst.compile(
        str(TEMPLATE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"paper": paper},
        pdf_standards="a-3b",
    )
    return bytes(made)


if __name__ == "__main__":
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(set_here(sys.stdin.buffer.read().decode()))
