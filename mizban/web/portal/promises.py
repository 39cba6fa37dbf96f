"""What an office promises for a service: how long, for whom, under which agreement, and by when today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from mizban.core.agencies.models import Agency
from mizban.core.cases.models import Offering
from mizban.core.declarations.grammar import Declaration, Target
from mizban.core.kept import kept
from mizban.lib.text import compact_key
from mizban.office.agreements.models import Agreement, AgreementVersion
from mizban.office.calendar.clock import deadline_of
from mizban.office.calendar.current import calendar_of
from mizban.web.posted import only_when
from mizban.web.reasons import amount, reasons

AUDIENCES = {
    "natural": "اشخاص",
    "legal": "شرکت‌ها",
    "foreign": "اتباع خارجی",
    "agency": "دستگاه‌های اجرایی",
    "anonymous": "گزارش‌های بی‌نام",
}
NAME = "توافق‌نامهٔ سطح خدمت"
EVERYBODY = {"natural", "legal", "foreign"}


@dataclass(frozen=True, slots=True)
class Promise:
    """How long, for which requests (empty: all), and what the office says about it."""

    within: str
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class Today:
    """When the answer is due if the form is filed at this moment, and why."""

    day: date
    why: tuple[str, ...]


def if_filed_now(
    offering: Offering, *, now: datetime, answers: Mapping[str, Any] = MappingProxyType({})
) -> Today:
    """The due date of this form filed now; `answers` where some are known, for a promise that depends on them."""
    # By the minute, as it is told; everybody who opens the form in it is told the same.
    target = offering.declaration.target_of(answers)
    return _if_filed_at(offering.agency_id, target, now.replace(second=0, microsecond=0))


@kept
def _if_filed_at(agency_id: int, target: Target, at: datetime) -> Today:
    calendar = calendar_of(agency_id)
    due = deadline_of(agency_id, target, filed_at=at, stops=())
    why = reasons(due, calendar=calendar, today=calendar.day_of(at))
    return Today(calendar.day_of(due.unpaused_due_at), ("اگر همین حالا ثبت کنید: " + why[0], *why[1:]))


def promised(target: Target) -> str:
    """«۷ روز کاری»."""
    if target.unit == "working_days":
        return amount(target.within)
    return amount(timedelta(minutes=target.within))


def promises(declaration: Declaration, known: Mapping[str, Any] = MappingProxyType({})) -> list[Promise]:
    """Every promise of a service: those of some requests only, then that of all others; one where answers are known."""
    if known:
        target = declaration.target_of(known)
        return [Promise(promised(target), "", target.note)]
    some = [target for target in declaration.targets.values() if target.when]
    told = [Promise(promised(each), _when(each, declaration), each.note) for each in some]
    rest = declaration.answer_target
    return [*told, Promise(promised(rest), "برای دیگر درخواست‌ها" if some else "", rest.note)]


def _when(target: Target, declaration: Declaration) -> str:
    simple = target.when is not None and target.when.op in ("is", "in")
    return only_when(target.when, declaration.form) if simple and target.when else "در موردهای ویژه"


def shortest(declaration: Declaration) -> str:
    """What a list says of the promise: «۷ روز کاری»; where it depends on the request, «از ۱ روز کاری»."""
    targets = [target for target in declaration.targets.values() if target.when]
    if not targets:
        return promised(declaration.answer_target)
    fastest = min([*targets, declaration.answer_target], key=lambda target: (target.unit, target.within))
    return f"از {promised(fastest)}"


def audience(kinds: Sequence[str]) -> str:
    """«برای همه», «برای اشخاص و شرکت‌ها»."""
    if set(kinds) >= EVERYBODY:
        return "برای همه"
    return f"برای {' و '.join(AUDIENCES[kind] for kind in kinds)}"


@kept
def agreement_for(agency: Agency, service: str) -> Agreement | None:
    """The agreement a service runs under, its versions at hand: one in force, else None."""
    agreements = Agreement.objects.of(agency).prefetch_related("versions")
    return next((each for each in agreements if service in each.services and each.in_force), None)


def name_of(agreement: Agreement, service: str) -> str:
    """«توافق‌نامهٔ سطح خدمت «…»»; one whose text names no service is called by the service it is for."""
    return f"{NAME} «{service if _is_unnamed(agreement.title) else agreement.title}»"


@lru_cache(maxsize=1024)
def _is_unnamed(title: str) -> bool:
    return compact_key(title) in (compact_key(NAME), compact_key("توافق‌نامه سطح خدمت"))


def accepted(version_id: int | None) -> AgreementVersion | None:
    """The version that was accepted at filing."""
    if version_id is None:
        return None
    return AgreementVersion.objects.filter(pk=version_id).select_related("agreement").first()
