"""The backup of an agreement's users' data: open formats, hashed, a bundle for each person.

manifest.json    format, whose, when, counts, and size and SHA-256 of every other file
agreement.json   the versions with their clauses, texts and signatures
tables/*.jsonl   the rows as they are stored, one a line (Django's serialization format); bytes are base64
people/N/        a person's cases in the open: case-CODE.json, and beside it CODE/ with the files
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Max, Model, Q, QuerySet, Sum

from mizban.core.agencies.models import Agency, Unit
from mizban.core.cases.models import Case, CaseFile, CaseQuerySet, Offering, ServiceVersion
from mizban.core.cases.models.party import APPLICANT, Party
from mizban.core.cases.papers import files as case_files
from mizban.core.cases.sentences import timeline
from mizban.core.cases.steps.answers import answers_of
from mizban.core.declarations.forms import shown
from mizban.core.events.models import Event
from mizban.core.people.models import User
from mizban.core.sealing.cipher import BrokenSeal
from mizban.lib.jalali import iso, local

from ..models import Agreement

FORMAT = "mizban-backup/1"

CHUNK = 500
Rows = QuerySet[Any, Any]


class Exact(DjangoJSONEncoder):
    """Moments to the microsecond: Django's own writes milliseconds, and the chain of hashes covers what it cuts."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def cases_of(agreement: Agreement) -> CaseQuerySet:
    """The cases of the services that ran under the agreement, at its office."""
    return Case.objects.filter(agency_id=agreement.agency_id, offering__slug__in=agreement.services)


def fingerprint(agreement: Agreement) -> dict[str, int]:
    """What changes with every case filed and every event: compared before the end is signed."""
    found = cases_of(agreement).aggregate(cases=Count("pk"), events=Sum("number_of_events"), last=Max("pk"))
    return {name: value or 0 for name, value in found.items()}


def make(agreement: Agreement, folder: Path, *, at: datetime) -> Path:
    """Write the backup into `folder`; the path of the archive there."""
    inside = folder / "backup"
    counts = _tables(agreement, inside / "tables")
    (inside / "agreement.json").write_text(_json(_agreement(agreement)), "utf-8")
    counts["people"] = _people(agreement, inside / "people")
    manifest = {
        "format": FORMAT,
        "agency": agreement.agency.slug,
        "agreement": agreement.number,
        "services": agreement.services,
        "made_at": at.isoformat(),
        "made_on": iso(local(at).date()),
        "counts": counts,
        "files": {str(path.relative_to(inside)): _hashed(path) for path in _files(inside)},
    }
    (inside / "manifest.json").write_text(_json(manifest), "utf-8")
    archive = folder / "backup.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in _files(inside):
            packed.write(path, path.relative_to(inside))
    return archive


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tables(agreement: Agreement) -> dict[str, tuple[Rows, tuple[str, ...] | None]]:
    """Every table with its rows, in the order they can be written back; of people only their names."""
    cases = cases_of(agreement)
    pks = cases.values("pk")
    parties = Party.objects.filter(case__in=pks)
    # Those a case was moved from, and the one that is offered now, stand beside those of the cases.
    moved = {
        before
        for moves in cases.exclude(moves=None).values_list("moves", flat=True)
        for _, before in moves or ()
    }
    of_cases = Q(cases__in=pks) | Q(offerings__cases__in=pks) | Q(pk__in=moved)
    versions = ServiceVersion.objects.filter(of_cases).distinct()
    agencies = Agency.objects.all()
    return {
        "agencies": (agencies, None),
        "units": (Unit.objects.filter(agency=agreement.agency), None),
        "staff": (
            User.objects.filter(Q(cases__in=pks) | Q(pk__in=versions.values("published_by"))).distinct(),
            ("username", "full_name"),
        ),
        "service_versions": (versions, None),
        "offerings": (Offering.objects.filter(cases__in=pks).distinct(), None),
        "cases": (cases, None),
        "parties": (parties, None),
        "events": (Event.objects.filter(subject_kind="case", subject_id__in=pks), None),
        "files": (CaseFile.objects.filter(case__in=pks), None),
    }


def _tables(agreement: Agreement, folder: Path) -> dict[str, int]:
    folder.mkdir(parents=True)
    counts = {}
    for name, (rows, fields) in tables(agreement).items():
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as out:
            counts[name] = 0
            for each in rows.order_by("pk").iterator(chunk_size=CHUNK):
                out.write(_line(each, fields))
                counts[name] += 1
    return counts


def _line(row: Model, fields: tuple[str, ...] | None) -> str:
    stored = [field.name for field in row._meta.concrete_fields if not field.generated]  # noqa: SLF001  # Django's documented API
    return str(serializers.serialize("jsonl", [row], fields=fields or stored, cls=Exact))


def _agreement(agreement: Agreement) -> dict[str, Any]:
    versions = []
    for version in agreement.versions.order_by("number").prefetch_related("clauses", "signatures"):
        clauses = list(version.clauses.values("ref", "kind", "text", "obligor", "target", "owner", "measure"))
        signatures = [
            {"name": each.name, "at": each.at.isoformat(), "hash": each.document_hash}
            for each in version.signatures.all()
        ]
        versions.append(
            {
                "number": version.number,
                "title": version.title,
                "text": version.text,
                "standing": version.standing,
                "valid_from": version.valid_from.isoformat() if version.valid_from else None,
                "valid_until": version.valid_until.isoformat() if version.valid_until else None,
                "clauses": clauses,
                "signatures": signatures,
            }
        )
    return {"number": agreement.number, "title": agreement.title, "versions": versions}


def _people(agreement: Agreement, folder: Path) -> int:
    """A folder for each applicant, known by the blind index of the identifier. How many."""
    folder.mkdir()
    applied = Party.objects.filter(case__in=cases_of(agreement).values("pk"), role=APPLICANT)
    number, before = 0, None
    for party in applied.order_by("identifier_index", "case_id").iterator(chunk_size=CHUNK):
        index = bytes(party.identifier_index or b"")
        if number == 0 or index != before or not index:
            number, before = number + 1, index
        _person(party, folder / f"{number:06}")
    return number


def _person(party: Party, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    case = Case.objects.select_related("version", "offering", "unit", "agency").get(pk=party.case_id)
    try:
        applicant: dict[str, Any] | None = party.reveal(case.key).as_json()
    except BrokenSeal:
        applicant = None
    told = {
        "code": case.code,
        "service": case.declaration.title,
        "filed_at": case.filed_at.isoformat(),
        "state": case.state_now.label,
        "applicant": applicant,
        "answers": _answers(case),
        "files": _files_of(case, folder / case.code),
        "events": [
            {
                "at": line.at.isoformat(),
                "sentence": line.sentence,
                "said": {field.label: text for field, text in line.said},
            }
            for line in timeline(case)
        ],
    }
    (folder / f"case-{case.code}.json").write_text(_json(told), "utf-8")


def _answers(case: Case) -> dict[str, Any]:
    """The answers as they stand; only the open ones once the key is destroyed."""
    try:
        found = answers_of(case).now
    except BrokenSeal:
        found = case.plain
    return {field.label: text for field, text in shown(case.declaration.form, found)}


def _files_of(case: Case, folder: Path) -> list[dict[str, Any]]:
    """The files of a case, in the open, under their numbers and extensions; their names stand in the case."""
    found = []
    for file in case.files.all():
        try:
            content, name = case_files.content_of(file), case_files.name_of(file)
        except (BrokenSeal, OSError):
            continue
        folder.mkdir(exist_ok=True)
        path = folder / f"{file.pk}{Path(name).suffix.lower()[:6]}"
        path.write_bytes(content)
        found.append({"name": name, "path": f"{case.code}/{path.name}", "sha256": sha256_of(path)})
    return found


def _files(folder: Path) -> Iterator[Path]:
    found: Iterable[Path] = sorted(folder.rglob("*"))
    return (path for path in found if path.is_file())


def _hashed(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": sha256_of(path)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
