"""Making a paper once, and knowing it again."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

import segno
from django.db import IntegrityError, transaction

from mizban.core.agencies.models import Agency
from mizban.core.refusals import Refusal
from mizban.lib.jalali import local

from .models import Paper
from .press import TEMPLATE, PressFailed, press

CODE_DIGITS = 32
# One paper is set at a time in a process; the others wait this long for theirs.
PATIENCE_SECONDS = 10
_one_at_a_time = BoundedSemaphore(1)


class PressBusy(Refusal):
    """Too many new papers at once, or one that cannot be set."""

    code = "press-busy"
    status = 503
    message = "این سند اکنون آماده نشد. چند لحظهٔ دیگر دوباره آن را بخواهید."


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper to be made: what it says (`paper.typ` knows its parts), of whom, of what.

    What it says must not depend on who asks or when: one content is one file.
    """

    kind: Paper.Kind
    agency: Agency
    title: str
    subject: str
    says: dict[str, Any]

    @property
    def content_hash(self) -> str:
        """SHA-256 of what it says and how it is set."""
        whole = json.dumps(self.says, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{_setting()}{self.agency.slug}{self.kind}{whole}".encode()).hexdigest()

    @property
    def code(self) -> str:
        """What stands on it and leads to its page of verification."""
        return self.content_hash[:CODE_DIGITS]


def printed(draft: Draft, *, verify_at: str, at: datetime) -> Paper:
    """The paper, made if it is not there yet. `verify_at` is the address its code is appended to. Raises PressBusy."""
    found = _known(draft.code)
    if found:
        return found
    if not _one_at_a_time.acquire(timeout=PATIENCE_SECONDS):
        raise PressBusy
    try:
        return _known(draft.code) or _made(draft, verify_at, at)
    finally:
        _one_at_a_time.release()


def known(code: str) -> Paper | None:
    """The paper with this code, without its file."""
    return Paper.objects.filter(code=code).defer("pdf").select_related("agency").first()


def known_file(data: bytes) -> Paper | None:
    """The paper that this file is, to the last byte."""
    digest = hashlib.sha256(data).hexdigest()
    return Paper.objects.filter(pdf_hash=digest).defer("pdf").select_related("agency").first()


def short(code: str) -> str:
    """A code in fours, as it stands on paper."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _known(code: str) -> Paper | None:
    return Paper.objects.filter(code=code).first()


def _made(draft: Draft, verify_at: str, at: datetime) -> Paper:
    address, day = f"{verify_at}{draft.code}/", local(at)
    checking = {
        "verify": address,
        "qr": _qr(address),
        "short": short(draft.code),
        "hash": draft.content_hash,
        "made": [day.year, day.month, day.day],
    }
    try:
        pdf = press({**draft.says, **checking})
    except PressFailed as fault:
        raise PressBusy from fault
    facts: dict[str, Any] = {
        "content_hash": draft.content_hash,
        "kind": draft.kind,
        "agency": draft.agency,
        "title": draft.title,
        "subject": draft.subject,
        "made_at": at,
        "pdf": pdf,
        "pdf_hash": hashlib.sha256(pdf).hexdigest(),
    }
    try:
        with transaction.atomic():
            return Paper.objects.create(code=draft.code, **facts)
    except IntegrityError:
        # Another process was quicker; its file is the same.
        return Paper.objects.get(code=draft.code)


def _qr(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=0, dark="#14263a", xmldecl=False
    )
    return drawn.getvalue().decode()


@cache
def _setting() -> str:
    return hashlib.sha256(TEMPLATE.read_bytes()).hexdigest()
