"""Applying for somebody else (وکیل، نماینده، ولی، قیم): the questions, and the mandate they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from mizban.lib.identifiers.malformed import Malformed
from mizban.lib.jalali import spoken

from .conditions import Condition
from .fields import Field, Option

REPRESENTATIONS = {"lawyer": "وکیل", "agent": "نماینده", "guardian": "ولی", "custodian": "قیم"}
SELF = "self"
BY = "applicant_by"
FILE = "applicant_mandate_file"
# A guardian's or a custodian's mandate ends by law, not on a day its paper names.
DATED = ("lawyer", "agent")
ENDS_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Mandate:
    """By what right somebody applies for another: `from_on` and `until_on` (None: no day named) are both included."""

    kind: str
    name: str
    national_id: str
    number: str
    from_on: date
    until_on: date | None

    def as_json(self) -> dict[str, str]:
        until = self.until_on.isoformat() if self.until_on else ""
        return {
            "kind": self.kind,
            "name": self.name,
            "national_id": self.national_id,
            "number": self.number,
            "from": self.from_on.isoformat(),
            "until": until,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, str]) -> "Mandate":
        until = date.fromisoformat(kept["until"]) if kept["until"] else None
        from_on = date.fromisoformat(kept["from"])
        return cls(kept["kind"], kept["name"], kept["national_id"], kept["number"], from_on, until)

    @property
    def label(self) -> str:
        """«وکیل», «قیم»."""
        return REPRESENTATIONS[self.kind]

    def has_ended(self, today: date) -> bool:
        """Whether it is over on this day (Tehran's)."""
        return self.until_on is not None and self.until_on < today

    def ends_soon(self, today: date) -> bool:
        """Whether it is still good and ends within two weeks."""
        return self.until_on is not None and today <= self.until_on <= today + ENDS_SOON


def mandate_questions(representation: Sequence[str]) -> tuple[Field, ...]:
    """What is asked of one who may apply in these ways for another; nothing where none is declared."""
    if not representation:
        return ()
    for_another = Condition("in", name=BY, wanted=tuple(representation))
    dated = Condition("in", name=BY, wanted=DATED)
    options = (Option(SELF, "خود متقاضی"), *(Option(kind, REPRESENTATIONS[kind]) for kind in representation))
    asked = (
        Field("applicant_mandate_name", "text", "نام و نام خانوادگی شما", min_length=3, max_length=120),
        Field("applicant_mandate_id", "national_id", "کد ملی شما"),
        Field(
            "applicant_mandate_number",
            "text",
            "شمارهٔ وکالت‌نامه، معرفی‌نامه یا حکم",
            help="برای ولی، شمارهٔ شناسنامهٔ فرزند",
            max_length=60,
        ),
        Field("applicant_mandate_from", "date", "از تاریخ", day="past"),
        Field(
            "applicant_mandate_until",
            "date",
            "تا تاریخ",
            help="وکیل و نماینده باید بنویسند؛ ولی و قیم اگر روزی در حکم آمده است",
            required=False,
            required_if=dated,
        ),
        Field(FILE, "file", "تصویر وکالت‌نامه، معرفی‌نامه یا حکم"),
    )
    by = Field(BY, "choice", "چه کسی این فرم را پر می‌کند؟", options=options)
    return (by, *(replace(field, show_if=for_another) for field in asked))


def mandate_of(answers: Mapping[str, Any], *, today: date) -> Mandate | None:
    """The mandate in these cleaned answers; None for one who applies for oneself.

    It must hold on the day of filing (Tehran's). Raises Malformed with what is wrong with its last day.
    """
    if answers.get(BY, SELF) == SELF:
        return None
    until = answers.get("applicant_mandate_until")
    mandate = Mandate(
        kind=answers[BY],
        name=answers["applicant_mandate_name"],
        national_id=answers["applicant_mandate_id"],
        number=answers["applicant_mandate_number"],
        from_on=date.fromisoformat(answers["applicant_mandate_from"]),
        until_on=date.fromisoformat(until) if until else None,
    )
    if mandate.has_ended(today):
        raise Malformed(
            "mandate-ended",
            f"این نمایندگی {spoken(mandate.until_on or today)} پایان یافته است؛ با حکم تازه اقدام کنید.",
        )
    return mandate
