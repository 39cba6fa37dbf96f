"""Uploads of one question: the good ones wait for their form, of the others each is named."""

from collections.abc import Sequence

from mizban.core.cases.models import CaseFile
from mizban.core.cases.papers import files as case_files
from mizban.core.declarations.fields import Field
from mizban.kit.requests import Request
from mizban.lib.identifiers.malformed import Malformed
from mizban.web import sending


def take_uploads(
    request: Request, field: Field, kept: int, *, agency_id: int, token: str, prefix: str
) -> tuple[list[CaseFile], Malformed | None]:
    """The uploads stored now, and what is wrong with the rest; `kept` files were there before."""
    # One more than may stay is enough to be refused: what a stranger sends beyond that fills no disk.
    uploads = request.FILES.getlist(prefix + field.name)[: max(0, field.max_files + 1 - kept)]
    taken: list[CaseFile] = []
    refused: list[tuple[str, Malformed]] = []
    for upload in uploads:
        name, data, size = upload.name or "", upload.read(), upload.size or 0
        try:
            if not request.user.is_authenticated:
                sending.spend(request, size, at=request.now)
            taken.append(
                case_files.keep(agency_id, field.name, name, data, size=size, token=token, at=request.now)
            )
        except Malformed as refusal:
            refused.append((name, refusal))
    if not refused:
        return taken, None
    return taken, _each_named(refused) if len(uploads) > 1 else refused[0][1]


def _each_named(refused: Sequence[tuple[str, Malformed]]) -> Malformed:
    """One refusal for several files: whoever sent them must know which to mend."""
    # The isolates keep a Latin name from turning the Persian sentence around it.
    said = [f"«\u2068{case_files.short(name)}\u2069»: {refusal.message}" for name, refusal in refused]
    return Malformed(refused[0][1].code, " ".join(said))
