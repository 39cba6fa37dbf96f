"""Who files: the questions every form asks about the applicant, and the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mizban.lib.identifiers import foreign_id, legal_id, mobile, national_id
from mizban.lib.identifiers.malformed import Malformed

from .fields import Field, Option
from .forms import Filled, fill
from .grammar import APPLICANT_KINDS

IDENTIFIERS = {"natural": national_id, "legal": legal_id, "foreign": foreign_id, "agency": legal_id}
IDENTIFIER_NAMES = {
    "natural": "کد ملی",
    "legal": "شناسهٔ ملی",
    "foreign": "کد فراگیر اتباع",
    "agency": "شناسهٔ ملی دستگاه",
}


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person or a company; the identifier and the mobile number in their stored form."""

    kind: str
    name: str
    identifier: str
    mobile: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)

    @property
    def masked_identifier(self) -> str:
        """As lists show it: personal identifiers with their middle hidden, a company's in full."""
        return self.identifier if self.kind in ("legal", "agency") else national_id.mask(self.identifier)

    @property
    def masked_mobile(self) -> str:
        return mobile.mask(self.mobile)


def questions(kinds: Sequence[str]) -> tuple[Field, ...]:
    """The applicant's part of a form that takes these kinds of applicant."""
    names = " یا ".join(IDENTIFIER_NAMES[kind] for kind in kinds)
    return (
        Field(
            name="applicant_kind",
            kind="choice",
            label="متقاضی کیست؟",
            options=tuple(Option(kind, APPLICANT_KINDS[kind]) for kind in kinds),
        ),
        Field(
            name="applicant_name",
            kind="text",
            label=_name_label(kinds),
            min_length=3,
            max_length=120,
        ),
        Field(
            name="applicant_identifier",
            kind="text",
            label=names,
            help="با صفرهای آغاز آن؛ رقم فارسی یا لاتین",
            max_length=30,
        ),
        Field(name="applicant_mobile", kind="mobile", label="تلفن همراه", help="نمونه: ۰۹۱۸۱۲۳۴۵۶۷"),
    )


def _name_label(kinds: Sequence[str]) -> str:
    """What the name is called, given who may apply."""
    if set(kinds) == {"agency"}:
        return "نام دستگاه"
    bodies = [name for kind, name in (("legal", "شرکت"), ("agency", "دستگاه")) if kind in kinds]
    return f"نام و نام خانوادگی، یا نام {' یا '.join(bodies)}" if bodies else "نام و نام خانوادگی"


def identify(kinds: Sequence[str], raw: Mapping[str, Any]) -> tuple[Applicant | None, Filled]:
    """The applicant named in `raw` (by the question names above), or None and the errors."""
    filled = fill(questions(kinds), raw)
    kind = filled.answers.get("applicant_kind")
    if kind and "applicant_identifier" in filled.answers:
        try:
            identifier = IDENTIFIERS[kind].parse(filled.answers["applicant_identifier"])
            filled.answers["applicant_identifier"] = identifier
        except Malformed as refusal:
            filled.errors["applicant_identifier"] = refusal
    if filled.errors:
        return None, filled
    answers = filled.answers
    applicant = Applicant(
        answers["applicant_kind"],
        answers["applicant_name"],
        answers["applicant_identifier"],
        answers["applicant_mobile"],
    )
    return applicant, filled
