"""Who files: the questions every form asks about the applicant, and the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from mizban.lib.identifiers import foreign_id, legal_id, mobile, national_id
from mizban.lib.identifiers.malformed import Malformed

from .conditions import Condition
from .fields import Field, Option
from .forms import Filled, fill
from .grammar import APPLICANT_KINDS, Declaration
from .mandates import BY, FILE, SELF, Mandate, mandate_of, mandate_questions

IDENTIFIERS = {"natural": national_id, "legal": legal_id, "foreign": foreign_id, "agency": legal_id}
IDENTIFIER_NAMES = {
    "natural": "کد ملی",
    "legal": "شناسهٔ ملی",
    "foreign": "کد فراگیر اتباع",
    "agency": "شناسهٔ ملی دستگاه",
}
KIND, ANONYMOUS = "applicant_kind", "anonymous"
# What lists call one who gave no name.
NAMELESS = "بی‌نام"


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person or a company; the identifier and the mobile number in their stored form.

    One who stays anonymous has neither. `mandate` is there where somebody else applies for them.
    """

    kind: str
    name: str
    identifier: str
    mobile: str
    mandate: Mandate | None = None

    def as_json(self) -> dict[str, Any]:
        """What is sealed; `from_json` reads it back."""
        kept = {"kind": self.kind, "name": self.name, "identifier": self.identifier, "mobile": self.mobile}
        return {**kept, "mandate": self.mandate.as_json()} if self.mandate else kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Applicant":
        mandate = Mandate.from_json(kept["mandate"]) if "mandate" in kept else None
        return cls(kept["kind"], kept["name"], kept["identifier"], kept["mobile"], mandate)

    @property
    def is_anonymous(self) -> bool:
        return self.kind == ANONYMOUS

    @property
    def masked_identifier(self) -> str:
        """As lists show it: personal ones with their middle hidden, a company's in full; the nameless have none."""
        if not self.identifier:
            return ""
        return self.identifier if self.kind in ("legal", "agency") else national_id.mask(self.identifier)

    @property
    def masked_mobile(self) -> str:
        return mobile.mask(self.mobile) if self.mobile else ""


def questions(kinds: Sequence[str], representation: Sequence[str] = ()) -> tuple[Field, ...]:
    """The applicant's part of a form that takes these kinds of applicant, and these who apply for another."""
    return _questions(tuple(kinds), tuple(representation))


@lru_cache(maxsize=256)
def _questions(kinds: tuple[str, ...], representation: tuple[str, ...]) -> tuple[Field, ...]:
    named = [kind for kind in kinds if kind != ANONYMOUS]
    about = (
        Field(
            name="applicant_name",
            kind="text",
            label=_name_label(named),
            min_length=3,
            max_length=120,
        ),
        Field(
            name="applicant_identifier",
            kind="text",
            label=_identifier_label(named),
            help="با صفرهای آغاز آن؛ رقم فارسی یا لاتین",
            max_length=30,
        ),
        Field(name="applicant_mobile", kind="mobile", label="تلفن همراه", help="نمونه: ۰۹۱۸۱۲۳۴۵۶۷"),
        *mandate_questions(representation),
    )
    kind = Field(
        name=KIND,
        kind="choice",
        label="متقاضی کیست؟",
        options=tuple(Option(kind, APPLICANT_KINDS[kind]) for kind in kinds),
    )
    return (kind, *(_of_the_named(field) for field in about)) if ANONYMOUS in kinds else (kind, *about)


def questions_of(declaration: Declaration) -> tuple[Field, ...]:
    """The applicant's part of this service's form."""
    return questions(declaration.applicants, declaration.representation)


def _of_the_named(field: Field) -> Field:
    """The question, asked of those only who do not stay anonymous."""
    named = Condition("not", (Condition("is", name=KIND, wanted=ANONYMOUS),))
    both = Condition("all", (named, field.show_if)) if field.show_if else named
    return replace(field, show_if=both)


def _identifier_label(kinds: Sequence[str]) -> str:
    """What the identifier is called: «کد ملی، شناسهٔ ملی یا کد فراگیر اتباع». An agency's is a legal one too."""
    names = [IDENTIFIER_NAMES[kind] for kind in kinds if kind != "agency" or "legal" not in kinds]
    return " یا ".join(filter(None, ("، ".join(names[:-1]), *names[-1:])))


def _name_label(kinds: Sequence[str]) -> str:
    """What the name is called, given who may apply."""
    if set(kinds) == {"agency"}:
        return "نام دستگاه"
    bodies = [name for kind, name in (("legal", "شرکت"), ("agency", "دستگاه")) if kind in kinds]
    return f"نام و نام خانوادگی، یا نام {' یا '.join(bodies)}" if bodies else "نام و نام خانوادگی"


def identify(
    kinds: Sequence[str],
    raw: Mapping[str, Any],
    *,
    representation: Sequence[str] = (),
    today: date | None = None,
    files: Mapping[str, Sequence[Any]] | None = None,
) -> tuple[Applicant | None, Filled]:
    """The applicant named in `raw` (by the question names above), or None and the errors.

    `today` is Tehran's; with `representation` it must be given, for a mandate that has to hold today.
    """
    # Who does not say so applies for oneself.
    filled = fill(questions(kinds, representation), {**raw, BY: raw.get(BY) or SELF}, files, today=today)
    kind = filled.answers.get(KIND)
    if kind and "applicant_identifier" in filled.answers:
        try:
            identifier = IDENTIFIERS[kind].parse(filled.answers["applicant_identifier"])
            filled.answers["applicant_identifier"] = identifier
        except Malformed as refusal:
            filled.errors["applicant_identifier"] = refusal
    if filled.errors:
        return None, filled
    answers = filled.answers
    if kind == ANONYMOUS:
        return Applicant(ANONYMOUS, NAMELESS, "", ""), filled
    try:
        mandate = mandate_of(answers, today=today) if representation and today else None
    except Malformed as refusal:
        filled.errors["applicant_mandate_until"] = refusal
        return None, filled
    applicant = Applicant(
        answers[KIND],
        answers["applicant_name"],
        answers["applicant_identifier"],
        answers["applicant_mobile"],
        mandate,
    )
    return applicant, filled


def identify_for(
    declaration: Declaration, raw: Mapping[str, Any], *, today: date, files: Mapping[str, Sequence[Any]]
) -> tuple[Applicant | None, Filled]:
    """`identify`, as this service asks."""
    kinds, representation = declaration.applicants, declaration.representation
    return identify(kinds, raw, representation=representation, today=today, files=files)


def refused(
    declaration: Declaration,
    applicant: Applicant,
    answers: Mapping[str, Any],
    files: Mapping[str, Sequence[Any]],
    *,
    today: date,
) -> dict[str, Malformed]:
    """Why this applicant may not file these answers, by name of the question; the last word on who applies."""
    if applicant.is_anonymous and not _may_be_nameless(declaration, answers):
        return {KIND: Malformed("not-anonymous", "این را بی‌نام نمی‌پذیریم؛ بنویسید متقاضی کیست.")}
    mandate = applicant.mandate
    if mandate is None:
        return {}
    if mandate.kind not in declaration.representation or mandate.has_ended(today):
        return {"applicant_mandate_until": Malformed("mandate-ended", "این نمایندگی امروز اعتبار ندارد.")}
    if not files.get(FILE):
        return {FILE: Malformed("required", "تصویر حکم نمایندگی پیوست نشده است. فایل را برگزینید.")}
    return {}


def _may_be_nameless(declaration: Declaration, answers: Mapping[str, Any]) -> bool:
    condition = declaration.anonymous_when
    taken = ANONYMOUS in declaration.applicants
    return taken and (condition is None or condition.holds(answers))
