"""What a program sends for a form: answers and ids of uploads told apart, everything wrong named at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Schema

from mizban.core.cases.filing import uploads
from mizban.core.cases.models import CaseFile
from mizban.core.declarations.fields import Field
from mizban.core.declarations.kinds import KINDS
from mizban.core.refusals import FormRefused, Refusal

from .problems import FOUND, WRONG_TYPE, NothingHere, Wrong
from .shapes import LARGEST_ID

NO_UPLOAD = "فایلی با این شناسه نیست: یا بیش از یک ساعت مانده، یا به کار رفته، یا از آنِ شما نیست."
TOO_MANY = "فایل بیش از اندازه است."


class Refused(Refusal):
    """A form with everything that is wrong in it, named by the path in what was sent."""

    code = FormRefused.code
    status = FormRefused.status
    message = FormRefused.message

    def __init__(self, wrongs: Iterable[Wrong]) -> None:
        super().__init__()
        self.wrongs = list(wrongs)


class NoSuchUpload(NothingHere):
    """Ids of files that are malformed, used, too old or somebody else's."""

    message = NO_UPLOAD

    def __init__(self, fields: Iterable[str]) -> None:
        super().__init__()
        self.wrongs = [Wrong(name, NothingHere.code, NO_UPLOAD) for name in fields]


def refuse_unknown(request: HttpRequest, known: type[Schema]) -> None:
    """Raises Refused for a parameter the call does not know, so that nobody takes a whole list for a narrow one."""
    names = {field.alias or name for name, field in known.model_fields.items()}
    unknown = [Wrong(name, *FOUND["extra_forbidden"]) for name in request.GET if name not in names]
    if unknown:
        raise Refused(unknown)


@dataclass(slots=True)
class Sent:
    """`raw` answers and `ids` of uploads by question; `wrongs` are those that no form needs to be asked about."""

    raw: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, list[int]] = field(default_factory=dict)
    wrongs: list[Wrong] = field(default_factory=list)

    @property
    def every_id(self) -> list[int]:
        return [each for name in sorted(self.ids) for each in self.ids[name]]

    @property
    def placeholders(self) -> dict[str, Sequence[None]]:
        """As many files as were named, for a form that is only asked what else is wrong."""
        return {name: [None] * len(ids) for name, ids in self.ids.items()}

    def besides(self, found: Iterable[Wrong]) -> list[Wrong]:
        """What a form finds wrong that was not found before: of one question, one fault."""
        known = {wrong.field for wrong in self.wrongs}
        return [wrong for wrong in found if wrong.field not in known]


def parted(fields: Iterable[Field], data: Mapping[str, Any], *, under: str) -> Sent:
    """What was sent for these questions; `under` is the path they stand under. Raises NoSuchUpload."""
    asked, sent = {question.name: question for question in fields}, Sent()
    malformed = []
    for name, value in data.items():
        question = asked.get(name)
        if question is None:
            sent.wrongs.append(Wrong(under + name, *FOUND["extra_forbidden"]))
        elif not KINDS[question.kind].is_file:
            sent.raw[name] = value
        elif value is not None and not _take_ids(question, value, sent, under):
            malformed.append(under + name)
    if malformed:
        raise NoSuchUpload(malformed)
    return sent


def _take_ids(question: Field, value: Any, sent: Sent, under: str) -> bool:
    """Keep the ids named in an answer; False if one of them can be no id."""
    if isinstance(value, list) != (question.kind == "files"):
        sent.wrongs.append(Wrong(under + question.name, *WRONG_TYPE))
        return not isinstance(value, str)
    ids = value if isinstance(value, list) else [value]
    if len(ids) > question.max_files:
        sent.wrongs.append(Wrong(under + question.name, "too-many-files", TOO_MANY))
        return True
    if not all(type(each) is int and 0 < each <= LARGEST_ID for each in ids):
        return False
    sent.ids[question.name] = list(dict.fromkeys(ids))
    return True


def claimed(
    sent: Sent, *, agency_id: int, sent_by: int | None, at: datetime
) -> tuple[dict[str, list[CaseFile]], list[str]]:
    """The uploads that were named, as files by question, and the questions whose ids name nothing (for `sent_by`)."""
    files: dict[str, list[CaseFile]] = {}
    missing = []
    for name, ids in sent.ids.items():
        found = [uploads.claim(each, field=name, agency_id=agency_id, sent_by=sent_by, at=at) for each in ids]
        files[name] = [file for file in found if file is not None]
        if None in found:
            missing.append(name)
    return files, missing
