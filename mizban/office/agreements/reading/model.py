"""What a reading holds: the frozen tree that `mizban agreement read --json` prints (interfaces.md)."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

Span = tuple[int, int]


class Obligor(StrEnum):
    """Who owes a clause (clauses.md, column "owes")."""

    AGENCY = "agency"
    APPLICANT = "applicant"
    SYSTEM = "system"
    MINISTRY = "ministry"
    TREASURY = "treasury"
    BOTH = "both"


@dataclass(frozen=True)
class Service:
    """The service's own title and codes, null where the text names none."""

    title: str | None = None
    code: str | None = None
    sub_code: str | None = None


@dataclass(frozen=True)
class Agency:
    """The office that promises; `province` is without «استان»."""

    name: str | None = None
    province: str | None = None


@dataclass(frozen=True)
class Section:
    """A part of the text with its inclusive lines; `heading` is null where none was written."""

    kind: str
    heading: str | None
    lines: Span


@dataclass(frozen=True)
class Target:
    """A promised figure: working_days, working_hours, days, hours, minutes, months, years, percent."""

    value: int | float
    unit: str


@dataclass(frozen=True)
class Clause:
    """One promise: its kind (interfaces.md), repaired text, lines, who owes it and what figure it names."""

    id: str
    kind: str
    text: str
    lines: Span
    obligor: Obligor | None
    target: Target | None
    confidence: float


@dataclass(frozen=True)
class Validity:
    """First and last day as Jalali «YYYY-MM-DD»; `holdover` when the text outlives its last day."""

    from_: str | None = None
    until: str | None = None
    until_gregorian: str | None = None
    holdover: bool = False


@dataclass(frozen=True)
class Cost:
    """Whether the service is free; null where the text does not say."""

    free: bool | None = None


@dataclass(frozen=True)
class Availability:
    """Promised hours («24x7», «24h», «07:30-14:30») and the condition they depend on."""

    hours: str | None = None
    condition: str | None = None


@dataclass(frozen=True)
class Finding:
    """Something the office should mend, in a polite Persian sentence."""

    code: str
    message: str
    lines: Span


@dataclass(frozen=True)
class Reading:
    """Everything read from one agreement; `source` is the text it was read from and is not in the JSON."""

    document_kind: str
    language: str | None
    title: str | None
    service: Service
    agency: Agency
    kinds: tuple[str, ...]
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    validity: Validity
    cost: Cost
    availability: Availability
    placeholders: tuple[str, ...]
    findings: tuple[Finding, ...]
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        """The plain dictionary that interfaces.md describes, ready for `json.dumps`."""
        tree = _plain(asdict(self))
        del tree["source"]
        tree["validity"]["from"] = tree["validity"].pop("from_")
        return dict(tree)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return value
