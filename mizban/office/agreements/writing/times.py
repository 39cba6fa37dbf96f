"""The promised times of an agreement: every figure is a declaration's target."""

from collections.abc import Iterator, Sequence
from typing import Any

from mizban.core.declarations.conditions import Condition
from mizban.core.declarations.grammar import OFFICE, Declaration, Target
from mizban.lib.text import persian_digits
from mizban.office.agreements.words import amount

from .model import Saying

MINUTES_AN_HOUR = 60
# The office's figures count answers and first steps; what runs from another step has its clock in each case.
IN_EACH_CASE = "شمار جداگانه‌ای ندارد؛ ساعت آن در هر پرونده دیده می‌شود."


def times(services: Sequence[Declaration]) -> Iterator[Saying]:
    """The answer of each service first, then what is promised of some requests only, the first step, objections."""
    for service in services:
        of = "" if len(services) == 1 else f" خدمت «{service.title}»"
        for target in _in_order(service):
            figure = figure_of(target)
            yield Saying(
                f"{service.slug}/{target.name}",
                "response-time",
                "follow-up",
                persian_digits(_sentence(target, service, of, amount(figure))),
                target=figure,
                measure="first-response" if _is_first_step(target) else "answered-in-time",
                unmeasurable=IN_EACH_CASE if target.starts else "",
            )


def figure_of(target: Target) -> dict[str, int | float | str]:
    """A target's time as clauses name it; minutes of working time are told in hours where they are whole hours."""
    if target.unit == "working_days":
        return {"value": target.within, "unit": "working_days"}
    hours, rest = divmod(target.within, MINUTES_AN_HOUR)
    return (
        {"value": target.within, "unit": "working_minutes"}
        if rest
        else {"value": hours, "unit": "working_hours"}
    )


def promises(service: Declaration) -> list[dict[str, Any]]:
    """The times of its answers: the general one first, then those of some requests only."""
    answer = service.answer_target
    others = [each for each in service.targets.values() if each.is_promise and each.when]
    return [figure_of(target) for target in (answer, *others)]


def _in_order(service: Declaration) -> list[Target]:
    """The office's own targets; what other agencies owe is asked of them and promised to nobody."""
    answer = service.answer_target
    owed = [each for each in service.targets.values() if each.owed_by == OFFICE and each is not answer]
    promises = [each for each in owed if each.is_promise and each.when]
    return [answer, *promises, *(each for each in owed if not each.is_promise)]


def _is_first_step(target: Target) -> bool:
    return bool(target.part_of) and not target.starts and not target.when


def _sentence(target: Target, service: Declaration, of: str, within: str) -> str:
    """`of` is « خدمت «…»» where the agreement is for several services."""
    if _is_first_step(target):
        return (
            f"{target.label or 'نخستین اقدام'} به هر درخواست{of} حداکثر ظرف {within} پس از ثبت انجام می‌شود."
        )
    if target.starts:
        return f"{target.label or 'پاسخ'}{of and f' در{of}'} حداکثر ظرف {within} داده می‌شود."
    told = f"حداکثر ظرف {within} پس از ثبت به متقاضی اعلام می‌گردد"
    if target.when:
        return f"پاسخ درخواست{of} برای «{_which(target.when, service)}» {told}."
    which = "درخواست‌هایی که در بندهای بعد نیامده‌اند" if _has_special(service) else "هر درخواست"
    pauses = "، و زمان تکمیل مدارک و پاسخ دستگاه‌های دیگر در آن شمرده نمی‌شود" if _stops(service) else ""
    return f"پاسخ {which}{of and f' در{of}'} {told}{pauses}."


def _has_special(service: Declaration) -> bool:
    return any(each.when and each.is_promise for each in service.targets.values())


def _stops(service: Declaration) -> bool:
    return any(state.clock_stopped for state in service.states.values())


def _which(condition: Condition, service: Declaration) -> str:
    """The options a condition speaks of, by their labels; otherwise that it is for some."""
    field = service.field(condition.name) if condition.op in ("is", "in") else None
    values = condition.wanted if isinstance(condition.wanted, tuple | list) else (condition.wanted,)
    labels = [each.label for each in field.options or () if each.value in values] if field else []
    return " یا ".join(label.replace("،", " یا") for label in labels) or "موردهای ویژه"
